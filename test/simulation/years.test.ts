import { expect, it } from 'vitest';
import { simulateYears } from './years.ts';

/** The same five years each time; `npm run test:long` lives through others, with 10,000 orders. */
const seed = 20_261_123;

it('in five years no certificate ends unnoticed, none is renewed twice, and no alert is lost or doubled', async () => {
  const report = await simulateYears({ seed, orders: 40, years: 5 });
  expect(report.faults).toEqual([]);
  // A calm life would prove little.
  expect(Math.min(report.crashes, report.jumps, report.failures)).toBeGreaterThan(5);
  expect(report.renewals).toBeGreaterThan(200);
  expect(report.alerts).toBeGreaterThan(20);
});
