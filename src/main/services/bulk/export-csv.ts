import type { TextStream } from '../../../shared/model/basics.ts';
import type { CertificateSummary } from '../../../shared/model/certificate.ts';
import { csvLine } from '../../../shared/model/csv.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import { certificatesMatching, sortOf } from '../certificates/list-certificates.ts';
import { certificatePresenter } from '../certificates/present-certificate.ts';
import type { Context } from '../context.ts';
import type { Rooms } from '../rooms.ts';

const joined = (names: readonly { type: string; value: string }[]) =>
  names.map(({ type, value }) => `${type}:${value}`).join(' ');

const columns: readonly (readonly [string, (row: CertificateSummary) => string | null])[] = [
  ['id', (row) => row.id],
  ['orderId', (row) => row.orderId],
  ['realm', (row) => row.realm],
  ['commonName', (row) => row.commonName],
  ['subject', (row) => row.subject],
  ['subjectAltNames', (row) => joined(row.subjectAltNames)],
  ['issuer', (row) => row.issuer],
  ['authority', (row) => row.authority],
  ['profile', (row) => row.profile],
  ['serialNumber', (row) => row.serialNumber],
  ['keyAlgorithm', (row) => row.keyAlgorithm],
  ['notBefore', (row) => row.notBefore],
  ['notAfter', (row) => row.notAfter],
  ['status', (row) => row.status],
  ['revokedAt', (row) => row.revokedAt],
  ['revocationReason', (row) => row.revocationReason],
  ['hasPrivateKey', (row) => String(row.hasPrivateKey)],
  ['importedFrom', (row) => row.importedFrom],
  ['requestedBy', (row) => row.requestedBy],
  ['createdAt', (row) => row.createdAt],
  ['metadata', ({ metadata }) => (Object.keys(metadata).length > 0 ? JSON.stringify(metadata) : null)],
];

/** Of one read: some ten milliseconds. */
const pageRows = 1000;

/** The list as CSV, read and given page by page, so that any number of rows takes the memory of a few. */
export async function exportCsv(
  rooms: Rooms,
  { sort, ...filters }: ParsedInput<'certificates.export-csv'>,
  context: Context,
): Promise<TextStream> {
  const query = await certificatesMatching(rooms, filters, context);
  const present = await certificatePresenter(rooms);
  async function* chunks() {
    yield csvLine(columns.map(([name]) => name));
    let cursor: string | undefined;
    while (query !== null && !context.signal.aborted) {
      const by = { sort: sortOf(sort), cursor, limit: pageRows };
      const page = await rooms.store.certificates.list({ ...query, ...by });
      yield page.items
        .map((row) => {
          const item = present(row);
          return csvLine(columns.map(([, cell]) => cell(item)));
        })
        .join('');
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  }
  return { fileName: 'certificates.csv', mediaType: 'text/csv; charset=utf-8', chunks: chunks() };
}
