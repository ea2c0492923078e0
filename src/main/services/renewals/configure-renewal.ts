import { ChanceryError } from '../../../shared/errors.ts';
import type { OrderRenewal } from '../../../shared/model/renewal.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import { requireCertificate } from '../certificates/require-certificate.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { newestOf } from './order-line.ts';
import { presentRenewal } from './renewal-settings.ts';

/** Sets for the whole order whether and when Chancery renews it. Throws CONFLICT where the key is not here. */
export async function configureRenewal(
  rooms: Rooms,
  input: ParsedInput<'certificates.configure'>,
  context: Context,
): Promise<OrderRenewal> {
  const row = await requireCertificate(rooms, context, input.id);
  const newest = await newestOf(rooms, row);
  const profile = row.profileId === null ? undefined : await rooms.profiles.byId(row.profileId);
  if (input.autoRenew) requireOwnKey(newest.keyId !== null, row.serialNumber);
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
    presentRenewal(after, profile, newest.keyId !== null),
  );
}

function requireOwnKey(isHere: boolean, serialNumber: string): void {
  if (isHere) return;
  throw new ChanceryError({
    code: 'CONFLICT',
    detail: `Chancery cannot renew the certificate ${serialNumber} by itself: its key is not kept here.`,
    hint: 'Whoever has the key renews it, with a new request.',
  });
}
