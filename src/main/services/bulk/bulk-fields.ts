import type { z } from 'zod';
import type { ChanceryError, Violation } from '../../../shared/errors.ts';
import type { SubjectAltName } from '../../../shared/model/names.ts';
import { issueCertificate } from '../../../shared/operations/certificates.ts';
import { bulkNameColumns, bulkSubjectColumns } from '../../../shared/operations/certificates-bulk.ts';
import type { JobProblem } from '../../jobs/index.ts';
import type { BulkRow } from './bulk-file.ts';

/** What a row can say of a certificate, within the limits that hold for a single one. */
const RowFields = issueCertificate.input.pick({
  csr: true,
  subject: true,
  subjectAltNames: true,
  keyAlgorithm: true,
  validity: true,
  metadata: true,
});
export type BulkFields = z.output<typeof RowFields>;

export type ReadFields =
  | { readonly fields: BulkFields; readonly problems?: undefined }
  | { readonly fields?: undefined; readonly problems: readonly JobProblem[] };

/** What is asked for by a row. */
export function bulkFields({ line, cells, metadata }: BulkRow): ReadFields {
  const subject = Object.fromEntries(
    bulkSubjectColumns.flatMap((name) => (cells.has(name) ? [[name, cells.get(name)]] : [])),
  );
  const csr = cells.get('csr');
  const names = namesOf(cells);
  const given = {
    csr,
    validity: cells.get('validity'),
    // Beside a request, what is not given stays as the request has it.
    subject: csr === undefined || Object.keys(subject).length > 0 ? subject : undefined,
    subjectAltNames: names.length > 0 ? names : undefined,
    keyAlgorithm: cells.get('keyAlgorithm')?.toLowerCase(),
    metadata: Object.keys(metadata).length > 0 ? metadata : undefined,
  };
  const { data, error } = RowFields.safeParse(given);
  if (!error) return { fields: data };
  const problems = error.issues.map(({ path, message }) => {
    const places = path.map((place) => (typeof place === 'number' ? place : String(place)));
    return { row: line, column: columnOf(places, { subjectAltNames: names }), message };
  });
  return { problems };
}

/** What a violation of the policy, or another refusal, says about which column. */
export function problemsOf(error: ChanceryError, line: number, fields: BulkFields): JobProblem[] {
  const violations = error.violations ?? [];
  const column = error.code === 'INVALID_CSR' ? 'csr' : null;
  if (violations.length === 0) return [{ row: line, column, message: error.detail }];
  return violationProblems(violations, line, fields);
}

export function violationProblems(
  violations: readonly Violation[],
  line: number,
  fields: BulkFields,
): JobProblem[] {
  return violations.map(({ path, message }) => ({ row: line, column: columnOf(path, fields), message }));
}

function columnOf(
  [first, second]: Violation['path'],
  fields: Pick<BulkFields, 'subjectAltNames'>,
): string | null {
  if (first === 'metadata' && second !== undefined) return `metadata.${second}`;
  if (first === 'subject') return typeof second === 'string' ? second : 'commonName';
  if (first === 'subjectAltNames')
    return typeof second === 'number' ? (fields.subjectAltNames?.[second]?.type ?? 'commonName') : 'dns';
  // A file says how long, and what is checked is the end.
  if (first === 'notAfter') return 'validity';
  return first === undefined ? null : String(first);
}

function namesOf(cells: BulkRow['cells']): SubjectAltName[] {
  return bulkNameColumns.flatMap((type) =>
    (cells.get(type) ?? '')
      .split(/[\s;]+/)
      .filter((value) => value !== '')
      .map((value) => ({ type, value })),
  );
}
