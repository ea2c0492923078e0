import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Output } from '../../src/shared/operations/index.ts';
import { type ApiClient, openApiClient } from '../support/api-client.ts';
import { prepareHome, type RunningConsole, startConsole } from '../support/chancery-process.ts';
import { askToken } from '../support/curl.ts';
import { auditEvents, faultsOf, readRows } from '../support/database-reader.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const rounds = 6;
const issuers = 8;
const home = join(temporaryFolder('kill'), 'home');

/** What callers hold in their hands: the whole truth that a killed process may not forget. */
const received = new Map<string, string>();
const revoked = new Set<string>();
const authorities = new Set<string>();
let newestCrl = 0;
let running: RunningConsole;
let client: { clientId: string; clientSecret: string };

beforeAll(async () => {
  client = await prepareHome(home);
  running = await startConsole(home);
});

afterAll(async () => {
  await running?.stop();
});

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function crl(api: ApiClient): Promise<{ number: number; text: string }> {
  const der = await api.bytes('/crl/issuing.crl');
  const ran = await runProgram('openssl', ['crl', '-inform', 'DER', '-text', '-noout'], { input: der });
  const [, hex = ''] = /CRL Number:\s+(?:0x)?([0-9A-Fa-f]+)/.exec(ran.stdout) ?? [];
  return { number: Number.parseInt(hex, 16), text: ran.stdout };
}

/** Callers who work until the process is gone, each noting down what they were answered. */
async function workUntilKilled(round: number, afterMs: number): Promise<void> {
  const api = openApiClient(running);
  const token = (await askToken(running, client)).json.access_token;
  const session = await api.ask<{ token: string }>('/api/v1/sessions/redeem', null, {
    ticket: running.ticket,
  });
  let isGone = false;
  const repeat = async (work: (count: number) => Promise<void>) => {
    for (let count = 0; !isGone; count += 1) {
      await work(count).catch((error: Error) => {
        if (!isGone) throw error;
      });
    }
  };
  const issue = (name: string) =>
    repeat(async (count) => {
      const subject = { commonName: `${name}-${count}.example.com` };
      const { status, body } = await api.ask<Output<'certificates.issue'>>('/api/v1/certificates', token, {
        subject,
      });
      expect(status, body.code).toBe(201);
      received.set(body.serialNumber, body.certificate);
    });
  const revoke = () =>
    repeat(async () => {
      const [serial] = [...received.keys()].filter((one) => !revoked.has(one));
      if (serial === undefined) return void (await sleep(5));
      const [row] = readRows<{ id: string }>(
        home,
        'select id from certificates where serialNumber = ?',
        serial,
      );
      const { status, body } = await api.ask(`/api/v1/certificates/${row?.id}/revoke`, token, {});
      // One whose answer was lost with an earlier process is revoked already.
      expect([200, 409], body.code).toContain(status);
      revoked.add(serial);
    });
  const found = () =>
    repeat(async (count) => {
      const slug = `round-${round}-${count}`;
      const body = { slug, realm: 'default', parent: 'root', keyAlgorithm: 'rsa-2048' };
      const answer = await api.ask<{ code: string }>('/api/v1/authorities', session.body.token, body);
      expect(answer.status, answer.body.code).toBe(201);
      authorities.add(slug);
    });
  const fetchCrls = () =>
    repeat(async () => {
      newestCrl = Math.max(newestCrl, (await crl(api)).number);
    });
  const callers = Array.from({ length: issuers }, (_, number) => issue(`r${round}-c${number}`));
  const all = Promise.all([...callers, revoke(), found(), fetchCrls()]);
  await Promise.race([all, sleep(afterMs)]);
  isGone = true;
  await running.kill();
  api.close();
  await all;
}

describe('kill -9 while callers issue, revoke and found authorities', () => {
  const random = seeded(20_261_121);

  it.each(Array.from({ length: rounds }, (_, round) => round))(
    'loses nothing that anybody was told, round %i',
    async (round) => {
      await workUntilKilled(round, 150 + Math.floor(random() * 900));
      // The killed process gives its lock back by itself: this start does not wait.
      running = await startConsole(home);
      const api = openApiClient(running);

      const stored = new Set(
        readRows<{ serialNumber: string }>(home, 'select serialNumber from certificates').map(
          (row) => row.serialNumber,
        ),
      );
      const logged = new Map(
        auditEvents(home).map((event) => [`${event.type} ${event.detail.serialNumber}`, event.outcome]),
      );
      for (const serial of received.keys()) {
        expect([serial, stored.has(serial), logged.get(`certificate.issued ${serial}`)]).toEqual([
          serial,
          true,
          'success',
        ]);
      }
      // And the other way round: no certificate without its event, no event without its certificate.
      const leaves = readRows<{ serialNumber: string }>(
        home,
        'select serialNumber from certificates where profileId is not null',
      );
      const issuedEvents = [...logged.keys()].filter((key) => key.startsWith('certificate.issued '));
      expect(issuedEvents.sort()).toEqual(
        leaves.map((row) => `certificate.issued ${row.serialNumber}`).sort(),
      );

      await vi.waitFor(async () => {
        const { number, text } = await crl(api);
        expect(number).toBeGreaterThanOrEqual(newestCrl);
        newestCrl = number;
        const inStore = readRows<{ serialNumber: string }>(
          home,
          'select serialNumber from certificates where revokedAt is not null',
        );
        expect(inStore.map((row) => row.serialNumber)).toEqual(expect.arrayContaining([...revoked]));
        for (const { serialNumber } of inStore) expect(text).toContain(serialNumber);
      }, 10_000);
      const slugs = readRows<{ slug: string }>(home, 'select slug from authorities').map((row) => row.slug);
      expect(slugs).toEqual(expect.arrayContaining([...authorities]));
      await vi.waitFor(() => expect(faultsOf(home)).toEqual([]), 10_000);
      api.close();
    },
  );

  it('had enough to lose, and never gave out a CRL number twice', () => {
    expect(received.size).toBeGreaterThan(50);
    expect(revoked.size).toBeGreaterThan(5);
    const numbers = auditEvents(home)
      .filter(({ type, subject }) => type === 'crl.issued' && subject?.name === 'issuing')
      .map(({ detail }) => detail.number as number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });
});
