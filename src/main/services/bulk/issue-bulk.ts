import { setImmediate } from 'node:timers/promises';
import { ChanceryError } from '../../../shared/errors.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { Job } from '../../../shared/operations/jobs.ts';
import type { JobProblem, JobWork } from '../../jobs/index.ts';
import type { IssuedCertificate, RequestAccepted } from '../certificates/issue-certificate.ts';
import { issueUnderProfile } from '../certificates/issue-certificate.ts';
import { prepareLeaf } from '../certificates/prepare-leaf.ts';
import type { Context } from '../context.ts';
import { endEntityFor } from '../end-entities/end-entity-for.ts';
import { defaultProfile, type ProfileInUse, requireProfile } from '../policies/profile-in-use.ts';
import type { Rooms } from '../rooms.ts';
import { type BulkFields, bulkFields, problemsOf, violationProblems } from './bulk-fields.ts';
import { type BulkRow, readBulkFile } from './bulk-file.ts';
import { BulkResults } from './bulk-results.ts';
import { inGroups } from './in-groups.ts';
import type { JobItems } from './job-items.ts';
import { rowRefusal } from './row-refusal.ts';
import { type JobAgain, startJob } from './start-job.ts';
import { requireTakenKeys } from './taken-keys.ts';

type Input = ParsedInput<'certificates.issue-bulk'>;

interface CheckedRow {
  readonly line: number;
  readonly commonName: string;
  readonly fields: BulkFields;
}

/** Rows that are looked at between two turns of the event loop. */
const rowsAtOnce = 8;

/**
 * Starts a job that looks at every row as issuing would, and then issues. Where a row cannot be issued, nothing
 * is, unless the caller wants the others. Throws NOT_FOUND for the profile, INVALID_INPUT where keys would be lost,
 * RATE_LIMITED.
 */
export async function issueBulk(
  rooms: Rooms,
  input: Input,
  context: Context,
  again?: JobAgain,
): Promise<Job> {
  const profile =
    input.profile === undefined
      ? await defaultProfile(rooms, context)
      : await requireProfile(rooms, context, input.profile, input.realm);
  const file = readBulkFile(input.csv);
  const generates = file.rows.some(({ cells }) => !cells.has('csr'));
  if (generates && !input.dryRun) requireTakenKeys(profile, input.passphrase);
  const plan = {
    kind: 'certificates.issue-bulk',
    isDryRun: input.dryRun,
    realmId: profile.realm.id,
    detail: { profile: profile.row.slug, rows: file.rows.length, skipInvalid: input.skipInvalid },
    total: file.rows.length,
    input: { ...input, profile: profile.row.id, realm: profile.realm.slug },
  };
  const run = async (work: JobWork, items: JobItems) => {
    const results = await BulkResults.open(input.dryRun ? undefined : input.passphrase);
    try {
      // Twice: each row is looked at, then issued.
      for (const problem of file.problems) work.problem(problem);
      const rows = await rowsToDo(file.rows, items, results);
      const before = file.rows.length - rows.length;
      const checked = await checkRows(rooms, profile, rows, work, results);
      for (const { row, message } of file.problems)
        results.add({ line: row ?? 1, commonName: '', status: 'invalid', error: message });
      const invalid = rows.length - checked.length + file.problems.length;
      if (input.dryRun || work.signal.aborted) {
        const status = input.dryRun ? 'valid' : 'not issued';
        for (const { line, commonName } of checked) results.add({ line, commonName, status });
        if (!input.dryRun) work.expect(file.rows.length, before);
        return;
      }
      // Where it has begun to issue, all were good once.
      if (invalid > 0 && before === 0 && !input.skipInvalid) throw notIssued(invalid, checked, results);
      work.expect(before + checked.length, before);
      await issueRows(rooms, items, profile, checked, work, results);
    } finally {
      results.leave(work, 'issued', rooms.clock());
    }
  };
  return startJob(rooms, context, plan, run, again);
}

/** What a job that goes on has not done yet; what it has done is in the results again. */
async function rowsToDo(
  rows: readonly BulkRow[],
  items: JobItems,
  results: BulkResults,
): Promise<readonly BulkRow[]> {
  const toDo: BulkRow[] = [];
  for (const row of rows) {
    const issued = await items.done<IssuedCertificate | RequestAccepted>(row.line);
    if (issued) results.addIssued(row.line, row.cells.get('commonName') ?? '', issued);
    else toDo.push(row);
  }
  return toDo;
}

function notIssued(invalid: number, checked: readonly CheckedRow[], results: BulkResults): ChanceryError {
  for (const { line, commonName } of checked) results.add({ line, commonName, status: 'not issued' });
  return new ChanceryError({
    code: 'POLICY_VIOLATION',
    detail: `Nothing was issued, since ${invalid} of the rows cannot be.`,
    hint: 'Mend them, or have them skipped.',
  });
}

async function checkRows(
  rooms: Rooms,
  profile: ProfileInUse,
  rows: readonly BulkRow[],
  work: JobWork,
  results: BulkResults,
): Promise<CheckedRow[]> {
  const checked: CheckedRow[] = [];
  work.expect(rows.length);
  for (const [index, row] of rows.entries()) {
    if (work.signal.aborted) {
      const commonName = row.cells.get('commonName') ?? '';
      results.add({ line: row.line, commonName, status: 'not issued' });
      continue;
    }
    if (index % rowsAtOnce === 0) await setImmediate();
    const found = await checkRow(rooms, profile, row);
    work.step('problems' in found);
    if (!('problems' in found)) {
      checked.push(found);
      continue;
    }
    for (const problem of found.problems) work.problem(problem);
    const error = found.problems.map(({ column, message }) => (column ? `${column}: ${message}` : message));
    const commonName = row.cells.get('commonName') ?? '';
    results.add({ line: row.line, commonName, status: 'invalid', error: error.join(' ') });
  }
  return checked;
}

/** All that keeps a row from being issued as far as it can be known without signing. */
async function checkRow(
  rooms: Rooms,
  profile: ProfileInUse,
  row: BulkRow,
): Promise<CheckedRow | { readonly problems: readonly JobProblem[] }> {
  const read = bulkFields(row);
  if (read.problems) return { problems: read.problems };
  const { fields } = read;
  const { line } = row;
  try {
    const leaf = await prepareLeaf(rooms, profile, fields, rooms.clock());
    const { commonName, violations } = leaf;
    if (violations.length > 0 || commonName === undefined)
      return { problems: violationProblems(violations, line, fields) };
    await endEntityFor(rooms, profile.realm, { commonName });
    return { line, commonName, fields };
  } catch (error) {
    return { problems: problemsOf(rowRefusal(error), line, fields) };
  }
}

async function issueRows(
  rooms: Rooms,
  items: JobItems,
  profile: ProfileInUse,
  rows: readonly CheckedRow[],
  work: JobWork,
  results: BulkResults,
): Promise<void> {
  const waiting = new Set(rows);
  try {
    await inGroups(rows, work.signal, async (row) => {
      const { line, commonName, fields } = row;
      waiting.delete(row);
      try {
        const issued = await issueUnderProfile(rooms, items.contextOf(line), profile, fields);
        results.addIssued(line, commonName, issued);
        work.step(false);
      } catch (error) {
        // What went wrong with it is known to the result file even where it ends the job.
        const detail = error instanceof ChanceryError ? error.detail : 'Something went wrong inside.';
        results.add({ line, commonName, status: 'failed', error: detail });
        work.step(true);
        for (const problem of problemsOf(rowRefusal(error), line, fields)) work.problem(problem);
      }
    });
  } finally {
    for (const { line, commonName } of waiting) results.add({ line, commonName, status: 'not issued' });
  }
}
