import { parseCertificate } from '../../x509/index.ts';
import type { Rooms } from '../rooms.ts';
import { newAlert } from './new-alert.ts';

/** Told of in one go; the rest follows a minute later. */
const batch = 500;

/** Tells of what waits for a decision, of each once, and resolves what has been decided on. */
export async function watchPending({ store, clock }: Rooms): Promise<void> {
  const now = clock();
  const requests = (await store.requests.untold(batch)).map(({ id, realmId, commonName, expiresAt }) => {
    const about = { subjectKind: 'request', subjectId: id, about: id } as const;
    return newAlert({ ...about, kind: 'request.pending', realmId, name: commonName, at: expiresAt }, now);
  });
  const certificates = (await store.pending.untold(batch)).map(({ id, realmId, der, firstSeenAt }) => {
    const { subject } = parseCertificate(der);
    const name = subject.attributes.commonName ?? subject.text;
    const about = { subjectKind: 'pending', subjectId: id, about: id } as const;
    return newAlert({ ...about, kind: 'certificate.pending', realmId, name, at: firstSeenAt }, now);
  });
  const statements = [
    ...store.alerts.resolveDecided(now.getTime()),
    ...[...requests, ...certificates].flatMap((alert) => store.alerts.raise(alert)),
  ];
  if (statements.length > 0) await store.commit({ statements, events: [] });
}
