import { ChanceryError } from '../../../shared/errors.ts';
import { bulkLimits } from '../../../shared/operations/certificates-bulk.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import { type CertificateFilters, certificatesMatching } from '../certificates/list-certificates.ts';
import type { Context } from '../context.ts';
import type { Rooms } from '../rooms.ts';

type Chosen = Pick<ParsedInput<'certificates.revoke-bulk'>, 'ids' | 'expected' | keyof CertificateFilters>;

/** Of a page of a choice: a few milliseconds. */
const pageRows = 1000;

/**
 * Ids of the certificates that are chosen, by themselves or by filters. Throws INVALID_INPUT where both or neither
 * are given (all of a realm is never meant by leaving something away), CONFLICT where not as many match as the
 * caller expects.
 */
export async function chosenCertificates(
  rooms: Rooms,
  { ids, expected, ...filters }: Chosen,
  context: Context,
): Promise<readonly string[]> {
  const { realm: _realm, archived: _archived, ...narrowing } = filters;
  const isFiltered = Object.values(narrowing).some((one) => one !== undefined);
  if ((ids === undefined) === !isFiltered) {
    const message =
      'Name the certificates by their ids, or give at least one filter beside the realm and the archive.';
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: message,
      violations: [{ path: ['ids'], rule: 'choice', message }],
    });
  }
  const chosen = ids ? [...new Set(ids)] : await matching(rooms, filters, context);
  if (expected === undefined || expected === chosen.length) return chosen;
  throw new ChanceryError({
    code: 'CONFLICT',
    detail: `${chosen.length} certificates match, and ${expected} were expected.`,
    hint: 'Look at them again with a dry run.',
  });
}

async function matching(rooms: Rooms, filters: CertificateFilters, context: Context): Promise<string[]> {
  const query = await certificatesMatching(rooms, filters, context);
  const ids: string[] = [];
  if (query === null) return ids;
  const sort = { by: 'createdAt', descending: false } as const;
  for (let cursor: string | undefined; ; ) {
    const page = await rooms.store.certificates.list({ ...query, sort, cursor, limit: pageRows });
    ids.push(...page.items.map(({ id }) => id));
    if (page.nextCursor === null) return ids;
    if (ids.length > bulkLimits.matching) {
      throw new ChanceryError({
        code: 'CONFLICT',
        detail: `More than ${bulkLimits.matching} certificates match.`,
        hint: 'Narrow the filters, and do it in parts.',
      });
    }
    cursor = page.nextCursor;
  }
}
