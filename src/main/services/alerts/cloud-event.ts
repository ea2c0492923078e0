import type { Alert, EventKind, NoticeKind } from '../../../shared/model/alert.ts';
import type { AuditEntry } from '../../audit/index.ts';
import type { NoticeRow } from '../../store/index.ts';
import { eventText } from './alert-texts.ts';

/** What is told, in the same shape whether it stands or has happened. */
export interface Notice {
  readonly severity: Alert['severity'] | 'info';
  readonly about: { readonly kind: string; readonly id: string; readonly name: string };
  /** One English sentence. */
  readonly message: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** CloudEvents 1.0, as its JSON event format has it. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: `chancery.${NoticeKind | 'test'}`;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Notice & { readonly realm: string | null };
}

export const cloudEventType = 'application/cloudevents+json; charset=utf-8';

type AlertFacts = Pick<Alert, 'severity' | 'subjectKind' | 'subjectId' | 'message' | 'detail'>;

function noticeOf({ kind, facts }: Pick<NoticeRow, 'kind' | 'facts'>): Notice {
  const told = JSON.parse(facts) as AlertFacts | AuditEntry;
  if ('severity' in told) {
    const { severity, subjectKind, subjectId, message, detail } = told;
    const { name, ...rest } = detail;
    return { severity, about: { kind: subjectKind, id: subjectId, name }, message, detail: rest };
  }
  const { subject, actor, detail } = told;
  const about = { kind: subject?.kind ?? '', id: subject?.id ?? '', name: subject?.name ?? '' };
  const message = eventText(kind as EventKind, about.name);
  return { severity: 'info', about, message, detail: { ...detail, by: actor.name } };
}

/** The event that tells of a notice; `realm` is the slug. */
export function cloudEventOf(row: NoticeRow, realm: string | null): CloudEvent {
  const notice = noticeOf(row);
  return {
    specversion: '1.0',
    id: row.eventId,
    source: realm === null ? '/' : `/realms/${realm}`,
    type: `chancery.${row.kind}`,
    subject: `${notice.about.kind}/${notice.about.id}`,
    time: new Date(row.createdAt).toISOString(),
    datacontenttype: 'application/json',
    data: { realm, ...notice },
  };
}

/** The event by which someone sees that a destination is reached. */
export function testEvent(
  id: string,
  destination: { readonly id: string; readonly name: string },
  now: Date,
): CloudEvent {
  return {
    specversion: '1.0',
    id,
    source: '/',
    type: 'chancery.test',
    subject: `destination/${destination.id}`,
    time: now.toISOString(),
    datacontenttype: 'application/json',
    data: {
      realm: null,
      severity: 'info',
      about: { kind: 'destination', id: destination.id, name: destination.name },
      message: 'This is a test: alerts of Chancery reach this place.',
      detail: {},
    },
  };
}
