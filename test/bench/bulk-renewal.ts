import { generateKeyPairSync, sign } from 'node:crypto';
import { systemContext } from '../../src/main/services/context.ts';
import { issuedNow } from '../support/issued-now.ts';
import { newCsr } from './csr.ts';
import { inOffice } from './office.ts';
import { type BenchCase, median } from './result.ts';

/** Calls that are under way at once, as many as share a transaction. */
const atOnce = 500;

/** Renewal of certificates for the keys that they have, each durable and audited, against the bare signature. */
export const bulkRenewal: BenchCase = {
  name: 'bulk-renewal',
  measure: ({ isQuick }) =>
    inOffice(async ({ handlers }) => {
      const count = isQuick ? 2_000 : 10_000;
      const csr = newCsr('a.example');
      const ids: string[] = [];
      await forEach(count, async (index) => {
        const commonName = `host-${index}.example`;
        const subjectAltNames = [{ type: 'dns' as const, value: commonName }];
        const input = {
          profile: 'tls-server',
          realm: 'default',
          csr,
          subject: { commonName },
          subjectAltNames,
        };
        const { id } = issuedNow(await handlers['certificates.issue'](input, systemContext));
        ids[index] = id;
      });
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const data = Buffer.alloc(640, 7);
      const renewals: number[] = [];
      const signatures: number[] = [];
      for (let from = 0; from < count; from += atOnce) {
        const batch = ids.slice(from, from + atOnce);
        const begun = performance.now();
        await Promise.all(
          batch.map((id) => handlers['certificates.renew']({ id, reuseKey: true }, systemContext)),
        );
        const between = performance.now();
        for (let i = 0; i < batch.length; i += 1) sign('sha256', data, privateKey);
        renewals.push(between - begun);
        signatures.push(performance.now() - between);
      }
      const value = (atOnce * 1000) / median(renewals);
      const yardstick = (atOnce * 1000) / median(signatures);
      return { unit: '1/s', value, yardstick, ratio: value / yardstick, goal: 0.35 };
    }),
};

async function forEach(count: number, work: (index: number) => Promise<void>): Promise<void> {
  for (let from = 0; from < count; from += atOnce) {
    const length = Math.min(atOnce, count - from);
    await Promise.all(Array.from({ length }, (_, index) => work(from + index)));
  }
}
