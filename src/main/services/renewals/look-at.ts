import { ChanceryError } from '../../../shared/errors.ts';
import { backOffMs, lookAtOrder, type OrderLook } from '../../domain/index.ts';
import type { CertificateRow, NewAlert, RenewalRow, Statement } from '../../store/index.ts';
import { keepAlerts } from '../alerts/keep-alerts.ts';
import { newAlert } from '../alerts/new-alert.ts';
import { renewCertificate } from '../certificates/renew-certificate.ts';
import { systemContext } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { newestOf, standingOf } from './order-line.ts';
import { lifetimeOf } from './renewal-facts.ts';
import { objectionToRenewingItself, settingsOf } from './renewal-settings.ts';

/** Looks at one order, renews it where that is due, and gives the statements that note what was found. */
export async function lookAt(rooms: Rooms, row: RenewalRow): Promise<Statement[]> {
  const { store, clock } = rooms;
  const now = clock();
  const known = await store.certificates.find(row.certificateId);
  if (!known) return [store.renewals.keep(row, nothingLeft(row))];
  const newest = await newestOf(rooms, known);
  const { row: standing, nextBegins } = await standingOf(rooms, newest, now);
  const isNewest = nextBegins === null;
  const profile = newest.profileId === null ? undefined : await rooms.profiles.byId(newest.profileId);
  const { autoRenew, renewBefore } = settingsOf(row, profile);
  const isClosed = (await rooms.realms.archived()).has(row.realmId);
  const isAutomatic =
    autoRenew && isNewest && !isClosed && objectionToRenewingItself(newest, profile) === null;
  const look = lookAtOrder(
    {
      lifetime: lifetimeOf(standing),
      automatic: isAutomatic ? { renewBefore } : null,
      cameEnded: standing.notAfter < standing.createdAt,
    },
    now,
  );
  const isSame = row.certificateId === newest.id;
  const before = isSame
    ? { attempts: row.attempts, lastError: row.lastError }
    : { attempts: 0, lastError: null };
  // While the vault is locked, or the renewal waits for an approval, nothing has failed.
  const isTried = look.renew && rooms.vault.isOpen && !awaitsApproval(rooms, newest, now);
  const after = isTried ? await renew(rooms, newest, before.attempts) : isAutomatic ? before : noFailure;
  const alerts = alertsFor(row, standing, look, after, now);
  return [
    store.renewals.keep(row, {
      certificateId: newest.id,
      dueAt: look.dueAt,
      isAutomatic: Number(isAutomatic),
      nextAttemptAt: nextAt(look, nextBegins, after, newest, rooms.clock()),
      ...after,
    }),
    ...keepAlerts(rooms, { subjectKind: 'order', subjectId: row.orderId }, alerts, now),
  ];
}

interface Failures {
  readonly attempts: number;
  readonly lastError: string | null;
}
/** A round of the scheduler. */
const patienceMs = 60_000;
const noFailure: Failures = { attempts: 0, lastError: null };

const nothingLeft = (row: RenewalRow) => ({ ...row, dueAt: null, isAutomatic: 0, nextAttemptAt: null });

function awaitsApproval({ store }: Rooms, { id }: CertificateRow, now: Date): boolean {
  return store.requests.openRenewal(id, now.getTime()) !== undefined;
}

/** With a new key, which stays here; the next round of following finds the new certificate. */
async function renew(rooms: Rooms, { id }: CertificateRow, attempts: number): Promise<Failures> {
  try {
    const answer = await renewCertificate(rooms, { id }, systemContext);
    // A request that is rejected is made again, but not at once.
    return 'requestId' in answer ? { attempts: attempts + 1, lastError: null } : noFailure;
  } catch (error) {
    const lastError = error instanceof ChanceryError ? error.detail : 'Something went wrong inside.';
    return { attempts: attempts + 1, lastError };
  }
}

function nextAt(
  look: OrderLook,
  nextBegins: number | null,
  { attempts }: Failures,
  { id, notAfter }: CertificateRow,
  now: Date,
): number | null {
  const at = now.getTime();
  const waitMs = attempts > 0 ? backOffMs(attempts, id, notAfter - at) : patienceMs;
  const tryAgain = look.renew ? at + waitMs : null;
  const steps = [look.nextAt, nextBegins, tryAgain].filter((step) => step !== null);
  return steps.length === 0 ? null : Math.min(...steps);
}

function alertsFor(
  { realmId, orderId }: RenewalRow,
  standing: CertificateRow,
  look: OrderLook,
  { attempts, lastError }: Failures,
  now: Date,
): NewAlert[] {
  const cause = {
    realmId,
    subjectKind: 'order',
    subjectId: orderId,
    about: standing.id,
    name: standing.commonName,
    at: standing.notAfter,
    certificateId: standing.id,
  } as const;
  const failed = look.renew && attempts > 0 && lastError !== null;
  return [
    ...(look.alert ? [newAlert({ ...cause, kind: look.alert }, now)] : []),
    ...(failed ? [newAlert({ ...cause, kind: 'renewal.failed', reason: lastError }, now)] : []),
  ];
}
