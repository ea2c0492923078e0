import { ChanceryError } from '../../../shared/errors.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { Job } from '../../../shared/operations/jobs.ts';
import type { JobWork } from '../../jobs/index.ts';
import type { CertificateRow } from '../../store/index.ts';
import type { IssuedCertificate, RequestAccepted } from '../certificates/issue-certificate.ts';
import { renewCertificate, requireRenewable } from '../certificates/renew-certificate.ts';
import { requireCertificate } from '../certificates/require-certificate.ts';
import { requireRevocable, revokeCertificate } from '../certificates/revoke-certificate.ts';
import type { Context } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { BulkResults } from './bulk-results.ts';
import { chosenCertificates } from './chosen-certificates.ts';
import { inGroups } from './in-groups.ts';
import type { JobItems } from './job-items.ts';
import { rowRefusal } from './row-refusal.ts';
import { type JobAgain, startJob } from './start-job.ts';
import { requireTakenKeys } from './taken-keys.ts';

interface Change {
  readonly kind: 'certificates.renew-bulk' | 'certificates.revoke-bulk';
  readonly isDryRun: boolean;
  readonly passphrase?: string | undefined;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly input: object;
  /** What keeps it from being changed; throws that. */
  check(row: CertificateRow, context: Context): Promise<unknown>;
  /** Does it, and gives what is told of it. */
  change(row: CertificateRow, context: Context): Promise<unknown>;
  /** Notes what was done, now or before. */
  note(row: CertificateRow, line: number, done: unknown, results: BulkResults): void;
}

/** Revokes many, each with its own audit event, and each on the CRL before it counts as done. */
export async function revokeBulk(
  rooms: Rooms,
  input: ParsedInput<'certificates.revoke-bulk'>,
  context: Context,
  again?: JobAgain,
): Promise<Job> {
  const { dryRun, reason, comment, invalidityDate, ...choice } = input;
  const ids = await chosenCertificates(rooms, choice, context);
  const change: Change = {
    kind: 'certificates.revoke-bulk',
    isDryRun: dryRun,
    input: { ids, dryRun, reason, comment, invalidityDate },
    detail: { certificates: ids.length, reason, comment },
    check: async (row, { principal }) => requireRevocable(row, principal, reason),
    change: (row, inItem) =>
      revokeCertificate(rooms, { id: row.id, reason, comment, invalidityDate }, inItem),
    note: (row, line, _done, results) => results.add({ ...summaryOf(row, line), status: 'revoked' }),
  };
  return changeMany(rooms, context, ids, change, again);
}

/** Renews many with new keys; the old ones stay valid. */
export async function renewBulk(
  rooms: Rooms,
  input: ParsedInput<'certificates.renew-bulk'>,
  context: Context,
  again?: JobAgain,
): Promise<Job> {
  const { dryRun, passphrase, validity, ...choice } = input;
  const ids = await chosenCertificates(rooms, choice, context);
  const change: Change = {
    kind: 'certificates.renew-bulk',
    isDryRun: dryRun,
    input: { ids, dryRun, passphrase, validity },
    passphrase,
    detail: { certificates: ids.length },
    check: async (row) => {
      const { profile } = await requireRenewable(rooms, row);
      if (!dryRun) requireTakenKeys(profile, passphrase);
    },
    change: (row, inItem) => renewCertificate(rooms, { id: row.id, validity }, inItem),
    note: (row, line, done, results) =>
      results.addIssued(line, row.commonName, done as IssuedCertificate | RequestAccepted),
  };
  return changeMany(rooms, context, ids, change, again);
}

function summaryOf(row: CertificateRow, line: number) {
  const { id, orderId, commonName, serialNumber } = row;
  return { line, id, orderId, commonName, serialNumber, notAfter: new Date(row.notAfter).toISOString() };
}

function changeMany(
  rooms: Rooms,
  context: Context,
  ids: readonly string[],
  change: Change,
  again: JobAgain | undefined,
): Promise<Job> {
  const { kind, isDryRun, detail, input } = change;
  const run = async (work: JobWork, items: JobItems) => {
    const results = await BulkResults.open(isDryRun ? undefined : change.passphrase);
    const lines = new Map(ids.map((id, index) => [id, index + 1]));
    work.expect(ids.length);
    try {
      for (const [id, line] of lines) {
        const done = await items.done(line);
        if (done === undefined) continue;
        change.note(await requireCertificate(rooms, context, id), line, done, results);
        work.step(false);
        lines.delete(id);
      }
      await inGroups([...lines.keys()], work.signal, async (id) => {
        const line = lines.get(id) ?? 0;
        lines.delete(id);
        let row: CertificateRow | undefined;
        try {
          const inItem = items.contextOf(line);
          row = await requireCertificate(rooms, inItem, id);
          await change.check(row, inItem);
          if (isDryRun) results.add({ ...summaryOf(row, line), status: 'possible' });
          else change.note(row, line, await change.change(row, inItem), results);
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
  };
  return startJob(
    rooms,
    context,
    { kind, isDryRun, realmId: null, detail, total: ids.length, input },
    run,
    again,
  );
}
