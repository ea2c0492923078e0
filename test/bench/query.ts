/** Queries of a large store in the query language, as scripts written for Keyfactor Command ask them. */
import { parseQuery } from '../../src/shared/query/parse-query.ts';
import { openLargeStore } from './large-store.ts';
import { type BenchCase, lessIsBetter } from './result.ts';
import { percentile95, timeOf } from './search.ts';

/** In the middle of the certificates' time. */
const now = new Date(Date.UTC(2026, 6, 1, 12));

/** Those of Keyfactor's own documentation, with names that are there, and some that no index knows anything of. */
export const exampleQueries = [
  'CN -contains "host-4711.site"',
  'CN -contains "example.com"',
  'CN -contains "nowhere.keyexample.com"',
  '(IssuedDate -ge "%TODAY-7%" AND TemplateShortName -ne NULL) OR (IssuedDate -ge "%TODAY-7%" AND IssuerDN -contains "example")',
  'IssuedDate -ge "%TODAY-1%" AND IssuedDate -le "%TODAY%" AND TemplateShortName -eq "web-server"',
  'CertState -eq "1" AND ExpirationDate -le "%TODAY+7%"',
  'CertState -eq "1" AND ExpirationDate -ge "%TODAY%" AND ExpirationDate -le "%TODAY+7%"',
  'CertState -eq "Active" AND KeyType -eq "ECC"',
  'Thumbprint -eq "6B86B273FF34FCE19D6B804EFF5A3F5747ADA4EA"',
  'SAN -contains "site-123.example.com" AND HasPrivateKey -eq false',
];

export const certificateQuery: BenchCase = {
  name: 'query',
  measure: async ({ isQuick }) => {
    const store = await openLargeStore(isQuick ? 100_000 : 1_000_000);
    const options = { now, me: 'bench', findNote: () => undefined };
    const queries = exampleQueries.flatMap((text) =>
      (['createdAt', 'notAfter', 'commonName'] as const).map((by) => ({
        ...{ realmIds: ['realm'], limit: 50, now: now.getTime() },
        sort: { by, descending: by === 'createdAt' },
        matching: parseQuery(text, options),
      })),
    );
    try {
      const times: number[] = [];
      for (let round = -1; round < (isQuick ? 3 : 10); round += 1) {
        for (const [index, query] of queries.entries()) {
          const took = await timeOf(store, query);
          if (round >= 0) times.push(took);
          if (process.env.BENCH_EACH === 'yes' && round === 1) {
            process.stderr.write(
              `  ${took.toFixed(1)} ms  ${query.sort.by}  ${exampleQueries[Math.floor(index / 3)]}\n`,
            );
          }
        }
      }
      return lessIsBetter('ms', percentile95(times), 100, 1);
    } finally {
      await store.close();
    }
  },
};
