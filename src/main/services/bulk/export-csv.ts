import type { TextStream } from '../../../shared/model/basics.ts';
import { certificateCsvHeader, certificateCsvLine } from '../../../shared/model/certificate-csv.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import { certificatesMatching, sortOf } from '../certificates/list-certificates.ts';
import { certificatePresenter } from '../certificates/present-certificate.ts';
import type { Context } from '../context.ts';
import type { Rooms } from '../rooms.ts';

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
    yield certificateCsvHeader;
    let cursor: string | undefined;
    while (query !== null && !context.signal.aborted) {
      const by = { sort: sortOf(sort), cursor, limit: pageRows };
      const page = await rooms.store.certificates.list({ ...query, ...by });
      yield page.items.map((row) => certificateCsvLine(present(row))).join('');
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  }
  return { fileName: 'certificates.csv', mediaType: 'text/csv; charset=utf-8', chunks: chunks() };
}
