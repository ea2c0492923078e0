/** Lists of a large store: the 95th percentile of each kind of page against the time that it may take. */
import type { CertificateQuery, Store } from '../../src/main/store/index.ts';
import { openLargeStore } from './large-store.ts';
import { type BenchCase, lessIsBetter, median } from './result.ts';

const newestFirst = { by: 'createdAt', descending: true } as const;
const sorts = (['createdAt', 'notAfter', 'commonName'] as const).flatMap((by) => [
  { by, descending: false },
  { by, descending: true },
]);

function query(more: Partial<CertificateQuery> = {}): CertificateQuery {
  return { realmIds: null, sort: newestFirst, limit: 50, now: Date.UTC(2026, 5, 1), ...more };
}

function searchCase(name: string, limitMs: number, queries: readonly CertificateQuery[]): BenchCase {
  return {
    name,
    measure: async ({ isQuick }) => {
      const store = await openLargeStore(isQuick ? 100_000 : 1_000_000);
      try {
        const times: number[] = [];
        for (let round = -1; round < (isQuick ? 5 : 20); round += 1) {
          for (const one of queries) {
            const took = await timeOf(store, one);
            if (round >= 0) times.push(took);
          }
        }
        return lessIsBetter('ms', percentile95(times), limitMs, 1);
      } finally {
        await store.close();
      }
    },
  };
}

export const searchPage = searchCase('search-page', 20, [query()]);

export const searchSort = searchCase(
  'search-sort',
  20,
  sorts.map((sort) => query({ sort })),
);

/** From one hit to all, in names, serial numbers and fingerprints, in every order. */
export const searchSubstring = searchCase(
  'search-substring',
  50,
  ['host-4711.', 'site-123.', 'example', 'ost-99', 'nowhere', 'A1B2C3', 'e4f'].flatMap((search) =>
    sorts.map((sort) => query({ search, sort })),
  ),
);

/** Goes through four fifths of the list page by page, and compares the page there with the first one. */
export const deepPage: BenchCase = {
  name: 'deep-page',
  measure: async ({ isQuick }) => {
    const count = isQuick ? 100_000 : 1_000_000;
    const store = await openLargeStore(count);
    try {
      const sort = { by: 'notAfter', descending: false } as const;
      let cursor: string | undefined;
      for (let seen = 0; seen < count * 0.8; seen += 1000) {
        const page = await store.certificates.list(query({ sort, limit: 1000, cursor }));
        cursor = page.nextCursor ?? undefined;
      }
      const first: number[] = [];
      const deep: number[] = [];
      for (let round = 0; round < 21; round += 1) {
        first.push(await timeOf(store, query({ sort })));
        deep.push(await timeOf(store, query({ sort, cursor })));
      }
      return lessIsBetter('ms', median(deep), median(first) * 10, 1);
    } finally {
      await store.close();
    }
  },
};

export async function timeOf(store: Store, one: CertificateQuery): Promise<number> {
  const begun = performance.now();
  await store.certificates.list(one);
  const took = performance.now() - begun;
  return took;
}

export function percentile95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
}
