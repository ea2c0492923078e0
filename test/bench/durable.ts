import { systemContext } from '../../src/main/services/context.ts';
import { newCsr } from './csr.ts';
import { interleaved } from './interleaved.ts';
import { inOffice, type Office } from './office.ts';
import { newOpensslAuthority } from './openssl-ca.ts';
import type { BenchCase } from './result.ts';

const requestCount = 200;

function durableCase(name: string, atOnce: number, goal: number): BenchCase {
  return {
    name,
    measure: ({ isQuick }) =>
      inOffice(async (office) => {
        const csrs = Array.from({ length: requestCount }, (_, index) => newCsr(`host-${index}.example`));
        const openssl = newOpensslAuthority(csrs);
        try {
          const rates = await interleaved({
            ours: () => issueAll(office, csrs, atOnce),
            yardstick: () => openssl.issueAll(),
            rounds: isQuick ? 3 : 15,
            timesPerRound: requestCount,
          });
          return { unit: '1/s', ...rates, ratio: rates.value / rates.yardstick, goal };
        } finally {
          openssl.remove();
        }
      }),
  };
}

async function issueAll({ handlers }: Office, csrs: readonly string[], atOnce: number): Promise<void> {
  for (let from = 0; from < csrs.length; from += atOnce) {
    const batch = csrs.slice(from, from + atOnce);
    await Promise.all(
      batch.map((csr) =>
        handlers['certificates.issue']({ profile: 'tls-server', realm: 'default', csr }, systemContext),
      ),
    );
  }
}

/** Certificates from requests, checked by a policy, durable and audited, 50 under way at once. */
export const durableBatch = durableCase('durable-batch', 50, 2.5);

/** The same one by one, a flush of the disk for each. */
export const durableSingle = durableCase('durable-single', 1, 1.2);
