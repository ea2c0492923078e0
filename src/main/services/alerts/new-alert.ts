import type { Alert, AlertKind } from '../../../shared/model/alert.ts';
import { newId } from '../../crypto/index.ts';
import type { NewAlert } from '../../store/index.ts';
import { alertText, severities } from './alert-texts.ts';

interface Cause {
  readonly kind: AlertKind;
  readonly realmId: string;
  readonly subjectKind: Alert['subjectKind'];
  readonly subjectId: string;
  /** What the alert is about within its kind: nobody is told of it twice. */
  readonly about: string;
  readonly name: string;
  /** End of the certificate, CRL or request, or since when something waits; milliseconds. */
  readonly at: number;
  readonly certificateId?: string;
  readonly reason?: string;
}

/** The alert for a cause. */
export function newAlert({ about, name, at, certificateId, reason, ...cause }: Cause, now: Date): NewAlert {
  const detail: Alert['detail'] = {
    name,
    at: new Date(at).toISOString(),
    ...(certificateId !== undefined && { certificateId }),
    ...(reason !== undefined && { reason }),
  };
  return {
    ...cause,
    id: newId(now),
    severity: severities[cause.kind],
    dedupKey: `${cause.kind}:${about}`,
    message: alertText(cause.kind, { name, at, ...(reason !== undefined && { reason }) }),
    detail: JSON.stringify(detail),
    createdAt: now.getTime(),
  };
}
