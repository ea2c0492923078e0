/** Which CRLs of an authority are issued together: the whole list always, its delta, and shards that are behind. */
import type { CrlSettings } from '../../../shared/model/crl-settings.ts';
import type { CrlSummary, SegmentSummary } from '../../store/index.ts';

export const wholePart = '';
export const deltaPart = 'delta';
const hourMs = 3_600_000;

/** The complete CRL that a delta continues. */
export interface DeltaBase {
  readonly number: number;
  readonly revision: number;
  /** From when on the delta continues a newer one, since CRLs as old as this one are at their end. */
  readonly dueAt: number;
}

/** When the next CRL is due, the overlap before this one ends. */
export function dueAt({ nextUpdate }: Pick<CrlSummary, 'nextUpdate'>, settings: CrlSettings): number {
  return nextUpdate - settings.overlapHours * hourMs;
}

/**
 * What the next delta continues: the base of the last delta while its time lasts, then the complete CRL before the
 * one that is issued along with the delta. There is none with the first CRL of all.
 */
export function deltaBase(
  issued: ReadonlyMap<string, CrlSummary>,
  settings: CrlSettings,
  now: number,
): DeltaBase | undefined {
  const whole = issued.get(wholePart);
  if (!settings.deltas || !whole) return undefined;
  const { baseNumber, baseRevision, baseDueAt } = issued.get(deltaPart) ?? {};
  if (baseNumber != null && baseRevision != null && baseDueAt != null && now < baseDueAt)
    return { number: baseNumber, revision: baseRevision, dueAt: baseDueAt };
  return { number: whole.number, revision: whole.revision, dueAt: dueAt(whole, settings) };
}

/** The shards whose entries are others than in their last CRL, or whose CRL is due or missing. */
export function shardsBehind(
  issued: ReadonlyMap<string, CrlSummary>,
  segments: readonly SegmentSummary[],
  settings: CrlSettings,
  now: number,
): number[] {
  const wanted = settings.shards > 1 ? Array.from({ length: settings.shards }, (_, index) => index + 1) : [];
  const known = [...issued.keys()].map(Number).filter((shard) => shard > 0);
  const used = segments.map(({ shard }) => shard).filter((shard) => shard > 0);
  return [...new Set([...wanted, ...known, ...used])]
    .sort((a, b) => a - b)
    .filter((shard) => {
      const last = issued.get(String(shard));
      return !last || now >= dueAt(last, settings) || last.segments !== numbersOf(segments, shard);
    });
}

/** JSON, the numbers of a shard's segments; of all of them where none is named. */
export function numbersOf(segments: readonly SegmentSummary[], shard?: number): string {
  const own = shard === undefined ? segments : segments.filter((segment) => segment.shard === shard);
  return JSON.stringify(own.map(({ number }) => number));
}
