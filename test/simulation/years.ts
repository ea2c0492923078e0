/**
 * Years of many orders by a clock that sleeps, jumps ahead and comes back, with an authority that fails and a process
 * that dies in the middle of its work: real store, real signatures, and a person who sees to some of the alerts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemContext } from '../../src/main/services/context.ts';
import { Dice } from '../fuzz/dice.ts';
import { issuedNow } from '../support/issued-now.ts';
import { Faults } from './faults.ts';
import { Office } from './office.ts';

export interface SimulationOptions {
  readonly seed: number;
  readonly orders: number;
  readonly years: number;
  readonly onProgress?: (line: string) => void;
}

export interface SimulationReport {
  readonly faults: readonly string[];
  readonly rounds: number;
  readonly crashes: number;
  readonly jumps: number;
  readonly failures: number;
  readonly renewals: number;
  readonly alerts: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const issuedAtOnce = 200;
/** Between 'nothing but a person renews it' and the quickest that a policy for servers knows. */
const validities = ['30d', '47d', '90d', '90d', '180d', '365d'] as const;
const windows = ['33%', '20%', '30d', '10d', '60%'] as const;
/** After so many faults the reason is known. */
const mostFaults = 20;

export async function simulateYears(options: SimulationOptions): Promise<SimulationReport> {
  const home = mkdtempSync(join(tmpdir(), 'chancery-years-'));
  const begin = Date.UTC(2026, 11, 1);
  const office = new Office(home, begin);
  await office.begin();
  const faults = new Faults(home);
  try {
    await issueAll(office, options);
    return await live(office, faults, options, begin + options.years * 365 * dayMs);
  } finally {
    faults.close();
    await office.shut();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Most renew themselves, in many ways; the others are left to the person. */
async function issueAll(office: Office, { seed, orders }: SimulationOptions): Promise<void> {
  for (let from = 0; from < orders; from += issuedAtOnce) {
    const length = Math.min(issuedAtOnce, orders - from);
    await Promise.all(
      Array.from({ length }, (_, index) => issueOne(office, new Dice(seed, from + index), from + index)),
    );
    office.now += 10 * 60_000;
  }
}

async function issueOne({ handlers }: Office, dice: Dice, index: number): Promise<void> {
  const { id } = issuedNow(
    await handlers['certificates.issue'](
      {
        profile: 'tls-server',
        realm: 'default',
        subject: { commonName: `host-${index}.example` },
        validity: dice.pick(validities),
      },
      systemContext,
    ),
  );
  if (dice.onceIn(5)) return;
  const settings = { id, autoRenew: true, renewBefore: dice.pick(windows) };
  await handlers['certificates.configure'](settings, systemContext);
}

async function live(
  office: Office,
  checks: Faults,
  { seed, onProgress }: SimulationOptions,
  end: number,
): Promise<SimulationReport> {
  const dice = new Dice(seed, -2);
  const counts = { rounds: 0, crashes: 0, jumps: 0, failures: 0 };
  const faults: string[] = [];
  let failingUntil = 0;
  let calmSince = office.now;
  while (office.now < end && faults.length < mostFaults) {
    const isSleep = dice.onceIn(60);
    office.now += isSleep ? (1 + dice.below(25)) * dayMs : (1 + dice.below(48)) * hourMs;
    if (isSleep) calmSince = office.now;
    if (failingUntil === 0 && dice.onceIn(50)) {
      await office.setAuthority('disabled');
      failingUntil = office.now + (1 + dice.below(10)) * dayMs;
      counts.failures += 1;
    }
    if (failingUntil !== 0 && office.now >= failingUntil) {
      await office.setAuthority('active');
      failingUntil = 0;
      calmSince = office.now;
    }
    if (dice.onceIn(100)) {
      await jumpAhead(office, dice);
      counts.jumps += 1;
      calmSince = office.now;
    }
    if (dice.onceIn(30)) {
      await office.crash(dice.below(400));
      counts.crashes += 1;
    }
    await office.round();
    counts.rounds += 1;
    const since = failingUntil === 0 ? calmSince : Number.POSITIVE_INFINITY;
    faults.push(
      ...checks.find(office.now, since).map((fault) => `${new Date(office.now).toISOString()} ${fault}`),
    );
    await actOnAlerts(office, dice);
    if (counts.rounds % 200 === 0)
      onProgress?.(`${new Date(office.now).toISOString()} ${counts.rounds} rounds`);
  }
  return {
    ...counts,
    faults: [...faults, ...checks.findDoubled()],
    renewals: checks.count('select count(*) from certificates where renewsId is not null'),
    alerts: checks.count('select count(*) from alerts'),
  };
}

/** A clock that is wrong for one round, as after the battery of a board has died. */
async function jumpAhead(office: Office, dice: Dice): Promise<void> {
  const right = office.now;
  office.now += (1 + dice.below(300)) * dayMs;
  await office.round();
  office.now = right + 60_000;
}

/** The person looks now and then, and renews, revokes or lets go. */
async function actOnAlerts({ handlers }: Office, dice: Dice): Promise<void> {
  if (!dice.onceIn(8)) return;
  const { items } = await handlers['alerts.list']({ state: 'new', limit: 500 }, systemContext);
  for (const { id, kind, detail } of items) {
    const certificateId = detail.certificateId;
    if (certificateId === undefined || dice.onceIn(3)) continue;
    await handlers['alerts.acknowledge']({ ids: [id] }, systemContext);
    // Refused where it has ended, or where the authority does not issue: then the alert stands.
    if (kind === 'certificate.expiring') {
      await handlers['certificates.renew']({ id: certificateId }, systemContext).catch(() => undefined);
    }
    if (kind === 'certificate.expired' && dice.onceIn(4)) {
      await handlers['certificates.revoke']({ id: certificateId, reason: 'superseded' }, systemContext);
    }
  }
}
