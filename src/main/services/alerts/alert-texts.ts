import type { AlertKind, AlertSeverity, EventKind } from '../../../shared/model/alert.ts';

interface Told {
  readonly name: string;
  /** What `at` of the alert is, milliseconds. */
  readonly at: number;
  readonly reason?: string;
}

export const severities: Readonly<Record<AlertKind, AlertSeverity>> = {
  'certificate.expiring': 'warning',
  'certificate.expired': 'critical',
  'renewal.failed': 'critical',
  'authority.expiring': 'critical',
  'crl.overdue': 'critical',
  'client.secret-expiring': 'warning',
  'request.pending': 'warning',
  'certificate.pending': 'warning',
  'delivery.failed': 'critical',
};

/** One English sentence, for those who read alerts outside the window. */
export function alertText(kind: AlertKind, { name, at, reason }: Told): string {
  const time = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  switch (kind) {
    case 'certificate.expiring':
      return `The certificate ${name} ends at ${time} UTC, and nothing has renewed it.`;
    case 'certificate.expired':
      return `The certificate ${name} has ended at ${time} UTC.`;
    case 'renewal.failed':
      return `The certificate ${name}, which ends at ${time} UTC, could not be renewed: ${reason}`;
    case 'authority.expiring':
      return `The authority ${name} ends at ${time} UTC.`;
    case 'crl.overdue':
      return `The CRL of ${name} ends at ${time} UTC and should have been replaced by now.`;
    case 'client.secret-expiring':
      return `The secret of the API client ${name} ends at ${time} UTC.`;
    case 'request.pending':
      return `The request for ${name} waits for a decision, until ${time} UTC.`;
    case 'certificate.pending':
      return `The certificate ${name} of a device waits to be accepted since ${time} UTC.`;
    case 'delivery.failed':
      return `Alerts have not reached ${name} since ${time} UTC: ${reason}`;
  }
}

/** The same of what has happened. */
export function eventText(kind: EventKind, name: string): string {
  return `The certificate ${name} was ${kind.slice('certificate.'.length)}.`;
}
