import { ChanceryError } from '../../../shared/errors.ts';
import type { OrderRenewal } from '../../../shared/model/renewal.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { CertificateRow } from '../../store/index.ts';
import { requireCertificate } from '../certificates/require-certificate.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { newestOf } from './order-line.ts';
import { objectionToRenewingItself, presentRenewal } from './renewal-settings.ts';

/** Sets for the whole order whether and when Chancery renews it. Throws CONFLICT where it cannot. */
export async function configureRenewal(
  rooms: Rooms,
  input: ParsedInput<'certificates.configure'>,
  context: Context,
): Promise<OrderRenewal> {
  const row = await requireCertificate(rooms, context, input.id);
  if (row.isAuthority === 1) throw refused(row, 'it is that of an authority; see authorities renew');
  const newest = await newestOf(rooms, row);
  const profile = newest.profileId === null ? undefined : await rooms.profiles.byId(newest.profileId);
  const objection = input.autoRenew ? objectionToRenewingItself(newest, profile) : null;
  if (objection !== null) throw refused(row, objection);
  const before = rooms.store.renewals.find(row.orderId);
  const { autoRenew = before?.autoRenew == null ? null : before.autoRenew === 1 } = input;
  const { renewBefore = before?.renewBefore ?? null } = input;
  const own = { autoRenew: autoRenew === null ? null : Number(autoRenew), renewBefore };
  const target = { orderId: row.orderId, realmId: row.realmId, certificateId: newest.id };
  const untouched = { dueAt: null, isAutomatic: 0, nextAttemptAt: 0, lastRenewedAt: null };
  const after = { ...untouched, ...before, ...target, ...own, attempts: 0, lastError: null };
  return finish(
    rooms,
    context,
    {
      statements: [rooms.store.renewals.configure({ ...target, ...own })],
      event: {
        type: 'certificate.configured',
        realm: row.realmId,
        subject: { kind: 'certificate', id: row.id, name: row.commonName },
        detail: { orderId: row.orderId, autoRenew, renewBefore },
      },
    },
    presentRenewal(after, profile, newest),
  );
}

function refused({ serialNumber }: CertificateRow, objection: string): ChanceryError {
  return new ChanceryError({
    code: 'CONFLICT',
    detail: `Chancery cannot renew the certificate ${serialNumber} by itself: ${objection}.`,
    hint: 'Somebody renews it by certificates renew, where it was issued here.',
  });
}
