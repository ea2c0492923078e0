import { readFileSync, writeFileSync } from 'node:fs';
import { publicationOf } from '../../src/main/services/publication.ts';
import type { Office } from './office.ts';
import { inOffice } from './office.ts';
import { newOpensslAuthority } from './openssl-ca.ts';
import { type BenchCase, lessIsBetter, median } from './result.ts';

const quickCount = 50_000;
const rounds = 5;

/** Certificates of the issuing authority that are all revoked, added behind the services' back: by a rule of SQL. */
async function addRevoked({ rooms }: Office, count: number): Promise<string> {
  const authority = await rooms.store.authorities.find('issuing');
  if (!authority) throw new Error('the quick start made no issuing authority');
  const insert = `with recursive n (i) as (select 1 union all select i + 1 from n where i < ?)
    insert into certificates (id, orderId, realmId, authorityId, isAuthority, serialNumber, commonName, subject,
      subjectAltNames, issuer, keyAlgorithm, notBefore, notAfter, requestedBy, revokedAt, revocationReason, createdAt)
    select 'bench-' || i, 'bench-' || i, ?, ?, 0, printf('5A%030X', i * 7919), 'host', 'CN=host', '[]', 'CN=CA',
      'ecdsa-p256', 0, 1, 'bench', 1767225600000 + i * 1000, iif(i % 3 = 0, 'superseded', 'unspecified'), 0 from n`;
  const statements = [
    { sql: insert, parameters: [count, authority.realmId, authority.id] },
    ...rooms.store.crlSegments.reset(authority.id),
  ];
  await rooms.store.commit({ statements, events: [] });
  return authority.id;
}

async function medianMs(times: number, work: () => unknown): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const begun = performance.now();
    await work();
    taken.push(performance.now() - begun);
  }
  return median(taken);
}

/** A CRL of so many entries, numbered, signed and durable, against `openssl ca -gencrl` of the same list. */
function listCase(name: string, count: number, goal: number): BenchCase {
  return {
    name,
    measure: ({ isQuick }) =>
      inOffice(async (office) => {
        const entries = isQuick ? Math.min(count, quickCount) : count;
        const authorityId = await addRevoked(office, entries);
        const openssl = newOpensslAuthority([]);
        try {
          openssl.fillIndex(entries);
          await office.rooms.crls.publish(authorityId);
          const value = await medianMs(rounds, () => office.rooms.crls.publish(authorityId));
          const yardstick = await medianMs(count > 100_000 ? 1 : rounds, () => openssl.listRevoked());
          return { unit: 'ms', value, yardstick, ratio: yardstick / value, goal };
        } finally {
          openssl.remove();
        }
      }),
  };
}

export const crl10k = listCase('crl-10k', 10_000, 10);
export const crl1m = listCase('crl-1m', 1_000_000, 30);

/** One more revocation in a CRL of a million, against encoding them all. */
export const crlIncrement: BenchCase = {
  name: 'crl-increment',
  measure: ({ isQuick }) =>
    inOffice(async (office) => {
      const { store, crls } = office.rooms;
      const authorityId = await addRevoked(office, isQuick ? quickCount : 1_000_000);
      const yardstick = await medianMs(isQuick ? 3 : 1, async () => {
        await store.commit({ statements: store.crlSegments.reset(authorityId), events: [] });
        await crls.publish(authorityId);
      });
      let index = 0;
      const value = await medianMs(rounds, async () => {
        index += 1;
        const revoked = {
          sql: `insert into certificates (id, orderId, realmId, authorityId, isAuthority, serialNumber, commonName,
            subject, subjectAltNames, issuer, keyAlgorithm, notBefore, notAfter, requestedBy, revokedAt,
            revocationReason, createdAt) select 'more-' || ?, 'more', realmId, id, 0, printf('6A%030X', ?), 'host',
            'CN=host', '[]', 'CN=CA', 'ecdsa-p256', 0, 1, 'bench', 1767225600000, 'superseded', 0
            from authorities where id = ?`,
          parameters: [index, index, authorityId],
        };
        const pending = {
          sql: `insert into crl_pending (authorityId, rowId, revision)
            select authorityId, rowId, 0 from certificates where id = 'more-' || ?`,
          parameters: [index],
        };
        await store.commit({ statements: [revoked, pending], events: [] });
        await crls.publish(authorityId);
      });
      return { unit: 'ms', value, yardstick, ratio: yardstick / value, goal: 20 };
    }),
};

/** How many MiB of memory a line of /proc/self/status names. */
function memoryMiB(line: 'VmRSS' | 'VmHWM'): number {
  const kiB = new RegExp(`^${line}:\\s*(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kiB) / 1024;
}

/** The peak of memory above what is in use, while a CRL of a million entries is encoded, signed, and sent. */
export const crl1mMemory: BenchCase = {
  name: 'crl-1m-memory',
  measure: ({ isQuick }) =>
    inOffice(async ({ rooms, handlers }) => {
      const authorityId = await addRevoked({ rooms, handlers }, isQuick ? quickCount : 1_000_000);
      const before = memoryMiB('VmRSS');
      // The kernel's way to forget the peak so far (man 5 proc).
      writeFileSync('/proc/self/clear_refs', '5');
      await rooms.crls.publish(authorityId);
      await rooms.crls.publish(authorityId);
      const crl = await publicationOf(rooms).crl('issuing', '');
      const sent = crl?.read().reduce((sum, { length }) => sum + length, 0);
      if (sent === undefined || sent !== crl?.bytes) throw new Error(`${sent} bytes of the CRL were sent`);
      return lessIsBetter('MiB', memoryMiB('VmHWM') - before, 200, 1);
    }),
};
