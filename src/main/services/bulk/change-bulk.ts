import { ChanceryError } from '../../../shared/errors.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { Job } from '../../../shared/operations/jobs.ts';
import type { CertificateRow } from '../../store/index.ts';
import { renewCertificate, requireRenewable } from '../certificates/renew-certificate.ts';
import { requireCertificate } from '../certificates/require-certificate.ts';
import { requireRevocable, revokeCertificate } from '../certificates/revoke-certificate.ts';
import type { Context } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { BulkResults } from './bulk-results.ts';
import { chosenCertificates } from './chosen-certificates.ts';
import { inGroups } from './in-groups.ts';
import { rowRefusal } from './row-refusal.ts';
import { startJob } from './start-job.ts';
import { requireTakenKeys } from './taken-keys.ts';

interface Change {
  readonly kind: 'certificates.renew-bulk' | 'certificates.revoke-bulk';
  readonly isDryRun: boolean;
  readonly passphrase?: string | undefined;
  readonly detail: Readonly<Record<string, unknown>>;
  /** What keeps it from being changed; throws that. */
  check(row: CertificateRow, context: Context): Promise<unknown>;
  change(row: CertificateRow, line: number, results: BulkResults, context: Context): Promise<void>;
}

/** Revokes many, each with its own audit event, and each on the CRL before it counts as done. */
export async function revokeBulk(
  rooms: Rooms,
  input: ParsedInput<'certificates.revoke-bulk'>,
  context: Context,
): Promise<Job> {
  const { dryRun, reason, comment, invalidityDate, ...choice } = input;
  const ids = await chosenCertificates(rooms, choice, context);
  return changeMany(rooms, context, ids, {
    kind: 'certificates.revoke-bulk',
    isDryRun: dryRun,
    detail: { certificates: ids.length, reason, comment },
    check: async (row, { principal }) => requireRevocable(row, principal, reason),
    change: async (row, line, results, inJob) => {
      await revokeCertificate(rooms, { id: row.id, reason, comment, invalidityDate }, inJob);
      results.add({ ...summaryOf(row, line), status: 'revoked' });
    },
  });
}

/** Renews many with new keys; the old ones stay valid. */
export async function renewBulk(
  rooms: Rooms,
  input: ParsedInput<'certificates.renew-bulk'>,
  context: Context,
): Promise<Job> {
  const { dryRun, passphrase, validity, ...choice } = input;
  const ids = await chosenCertificates(rooms, choice, context);
  return changeMany(rooms, context, ids, {
    kind: 'certificates.renew-bulk',
    isDryRun: dryRun,
    passphrase,
    detail: { certificates: ids.length },
    check: async (row) => {
      const { profile } = await requireRenewable(rooms, row);
      if (!dryRun) requireTakenKeys(profile, passphrase);
    },
    change: async (row, line, results, inJob) => {
      results.addIssued(line, row.commonName, await renewCertificate(rooms, { id: row.id, validity }, inJob));
    },
  });
}

function summaryOf(row: CertificateRow, line: number) {
  const { id, orderId, commonName, serialNumber } = row;
  return { line, id, orderId, commonName, serialNumber, notAfter: new Date(row.notAfter).toISOString() };
}

function changeMany(rooms: Rooms, context: Context, ids: readonly string[], change: Change): Promise<Job> {
  const { kind, isDryRun, detail } = change;
  return startJob(rooms, context, { kind, isDryRun, realmId: null, detail }, async (work, inJob) => {
    const results = await BulkResults.open(isDryRun ? undefined : change.passphrase);
    work.expect(ids.length);
    const lines = new Map(ids.map((id, index) => [id, index + 1]));
    try {
      await inGroups(ids, work.signal, async (id) => {
        const line = lines.get(id) ?? 0;
        lines.delete(id);
        let row: CertificateRow | undefined;
        try {
          row = await requireCertificate(rooms, inJob, id);
          await change.check(row, inJob);
          if (isDryRun) results.add({ ...summaryOf(row, line), status: 'possible' });
          else await change.change(row, line, results, inJob);
          work.step(false);
        } catch (error) {
          const message = error instanceof ChanceryError ? error.detail : 'Something went wrong inside.';
          const known = row ? summaryOf(row, line) : { line, id, commonName: '' };
          results.add({ ...known, status: isDryRun ? 'not possible' : 'failed', error: message });
          work.step(true);
          rowRefusal(error);
          work.problem({ row: line, column: null, message: row ? `${row.commonName}: ${message}` : message });
        }
      });
    } finally {
      for (const [id, line] of lines) results.add({ line, id, commonName: '', status: 'not done' });
      results.leave(work, kind === 'certificates.renew-bulk' ? 'renewed' : 'revoked', rooms.clock());
    }
  });
}
