import type { ChanceryError, Violation } from '../../../shared/errors.ts';
import { KeyAlgorithm } from '../../../shared/model/algorithms.ts';
import { Metadata } from '../../../shared/model/basics.ts';
import { type SubjectAltName as Name, Subject, SubjectAltName } from '../../../shared/model/names.ts';
import type { JobProblem } from '../../jobs/index.ts';
import type { BulkRow } from './bulk-file.ts';

const subjectColumns = [
  'commonName',
  'organization',
  'organizationalUnit',
  'country',
  'state',
  'locality',
  'serialNumber',
  'emailAddress',
] as const;

const nameColumns = ['dns', 'ip', 'email', 'uri', 'upn'] as const;

/** What is asked for by a row. */
export interface BulkFields {
  readonly csr?: string;
  readonly subject?: Subject;
  readonly subjectAltNames?: Name[];
  readonly keyAlgorithm?: KeyAlgorithm;
  readonly validity?: string;
  readonly metadata?: Metadata;
}

export type ReadFields =
  | { readonly fields: BulkFields; readonly problems?: undefined }
  | { readonly fields?: undefined; readonly problems: readonly JobProblem[] };

/** The fields of a row, by the same shapes as of a single certificate. */
export function bulkFields({ line, cells, metadata }: BulkRow): ReadFields {
  const problems: JobProblem[] = [];
  const refuse = (column: string, message: string) => problems.push({ row: line, column, message });
  const subject = Object.fromEntries(
    subjectColumns.flatMap((name) => (cells.has(name) ? [[name, cells.get(name)]] : [])),
  );
  const checked = Subject.safeParse(subject);
  for (const issue of checked.error?.issues ?? []) refuse(String(issue.path[0]), issue.message);
  const names = namesOf(cells);
  for (const name of names) {
    const { error } = SubjectAltName.safeParse(name);
    if (error) refuse(name.type, error.issues[0]?.message ?? 'It is not valid.');
  }
  const algorithm = cells.get('keyAlgorithm');
  const keyAlgorithm = algorithm === undefined ? undefined : KeyAlgorithm.safeParse(algorithm.toLowerCase());
  if (keyAlgorithm?.error) refuse('keyAlgorithm', `There is no key algorithm '${algorithm}'.`);
  const notes = Metadata.safeParse(metadata);
  if (notes.error) refuse('metadata', notes.error.issues[0]?.message ?? 'It is not valid.');
  const csr = cells.get('csr');
  const validity = cells.get('validity');
  if (problems.length > 0) return { problems };
  return {
    fields: {
      ...(csr !== undefined && { csr }),
      // Beside a request, what is not given stays as the request has it.
      ...((csr === undefined || Object.keys(subject).length > 0) && { subject: checked.data ?? {} }),
      ...(names.length > 0 && { subjectAltNames: names }),
      ...(keyAlgorithm?.data && { keyAlgorithm: keyAlgorithm.data }),
      ...(validity !== undefined && { validity }),
      ...(Object.keys(metadata).length > 0 && { metadata }),
    },
  };
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

function columnOf([first, second]: Violation['path'], fields: BulkFields): string | null {
  if (first === 'subject') return typeof second === 'string' ? second : 'commonName';
  if (first === 'subjectAltNames')
    return typeof second === 'number' ? (fields.subjectAltNames?.[second]?.type ?? 'commonName') : 'dns';
  return first === undefined ? null : String(first);
}

function namesOf(cells: BulkRow['cells']): Name[] {
  return nameColumns.flatMap((type) =>
    (cells.get(type) ?? '')
      .split(/[\s;]+/)
      .filter((value) => value !== '')
      .map((value) => ({ type, value })),
  );
}
