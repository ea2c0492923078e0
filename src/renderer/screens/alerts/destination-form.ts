import { alertKinds, type NoticeKind } from '../../../shared/model/alert.ts';
import type { AlertDestination, smtpSecurities } from '../../../shared/operations/alert-destinations.ts';
import type { Input } from '../../../shared/operations/index.ts';

type Security = (typeof smtpSecurities)[number];

/** What the form edits, of both kinds. */
export interface DestinationForm {
  kind: AlertDestination['kind'];
  name: string;
  notices: NoticeKind[];
  /** None for all. */
  realms: string[];
  enabled: boolean;
  trust: string;
  url: string;
  host: string;
  /** A text while nothing is in the field. */
  port: number | string;
  security: Security;
  username: string;
  password: string;
  sender: string;
  recipients: string[];
}

/** The usual ports: RFC 8314 section 3.3, RFC 6409 section 3.1, RFC 5321 section 4.5.4.2. */
export const usualPort: Readonly<Record<Security, number>> = { tls: 465, starttls: 587, none: 25 };

/** The form of a destination that is there, or of a new one, which is told of all that needs a person. */
export function formOf(destination: AlertDestination | null): DestinationForm {
  const security = destination?.security ?? 'tls';
  return {
    kind: destination?.kind ?? 'webhook',
    name: destination?.name ?? '',
    notices: [...(destination?.notices ?? alertKinds)],
    realms: [...(destination?.realms ?? [])],
    enabled: destination?.enabled ?? true,
    trust: destination?.trust ?? '',
    url: destination?.url ?? '',
    host: destination?.host ?? '',
    port: destination?.port ?? usualPort[security],
    security,
    username: destination?.username ?? '',
    password: '',
    sender: destination?.sender ?? '',
    recipients: [...(destination?.recipients ?? [])],
  };
}

/** What the form says of its kind; a password that is not typed is left as it is. */
export function settingsOf(form: DestinationForm) {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  const { kind, notices, realms, enabled, port, security, password, recipients } = form;
  const shared = {
    name: form.name.trim(),
    notices,
    realms: realms.length === 0 ? null : realms,
    enabled,
    trust: orNull(form.trust),
  };
  const address =
    kind === 'webhook'
      ? { url: form.url.trim() }
      : {
          host: form.host.trim(),
          ...(typeof port === 'number' && { port }),
          security,
          username: orNull(form.username),
          ...(password !== '' && { password }),
          sender: form.sender.trim(),
          recipients,
        };
  return { ...shared, ...address } satisfies Partial<Input<'alert-destinations.update'>>;
}
