import type { CampaignReport } from './campaign.ts';

/** More than this stays behind only where something is kept per input. */
export const maxGrowthBytes = 16 * 2 ** 20;

/** By how much what is in use after a collection grew, in the worker where it grew most. */
export function growthBytes({ reports }: CampaignReport): number {
  return Math.max(...reports.map(({ bytesBefore, bytesAfter }) => bytesAfter - bytesBefore));
}
