import type { AlertKind, AlertSeverity } from '../../../shared/model/alert.ts';

interface Told {
  readonly name: string;
  /** End of the certificate or CRL, milliseconds. */
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
};

/** One English sentence, for those who read alerts outside the window. */
export function alertText(kind: AlertKind, { name, at, reason }: Told): string {
  const end = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  switch (kind) {
    case 'certificate.expiring':
      return `The certificate ${name} ends at ${end} UTC, and nothing has renewed it.`;
    case 'certificate.expired':
      return `The certificate ${name} has ended at ${end} UTC.`;
    case 'renewal.failed':
      return `The certificate ${name}, which ends at ${end} UTC, could not be renewed: ${reason}`;
    case 'authority.expiring':
      return `The authority ${name} ends at ${end} UTC.`;
    case 'crl.overdue':
      return `The CRL of ${name} ends at ${end} UTC and should have been replaced by now.`;
    case 'client.secret-expiring':
      return `The secret of the API client ${name} ends at ${end} UTC.`;
  }
}
