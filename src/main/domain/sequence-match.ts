/** One step of a pattern over a sequence: takes one item that it accepts or, if `many`, any number of them. */
export interface PatternStep<Item> {
  readonly many: boolean;
  accepts(item: Item): boolean;
}

/**
 * Whether the steps take the whole sequence. All positions are followed at once, so the time is at most the product
 * of both lengths, whatever the pattern; there is no backtracking to exploit.
 */
export function sequenceMatches<Item>(steps: readonly PatternStep<Item>[], items: Iterable<Item>): boolean {
  let live = reachable(steps, new Set([0]));
  for (const item of items) {
    const next = new Set<number>();
    for (const position of live) {
      const step = steps[position];
      if (step?.accepts(item)) next.add(step.many ? position : position + 1);
    }
    if (next.size === 0) return false;
    live = reachable(steps, next);
  }
  return live.has(steps.length);
}

/** Adds the positions that lie behind a `many` step, which may take nothing. A Set also visits what is added. */
function reachable<Item>(steps: readonly PatternStep<Item>[], positions: Set<number>): Set<number> {
  for (const position of positions) if (steps[position]?.many) positions.add(position + 1);
  return positions;
}

/** A text pattern as steps over characters: `*` takes any run without a character of `stops`, `**` any run at all. */
export function textSteps(pattern: string, stops = ''): readonly PatternStep<string>[] {
  return (pattern.match(/\*+|[^*]/gu) ?? []).map((part) => {
    if (!part.startsWith('*')) return { many: false, accepts: (character) => character === part };
    return { many: true, accepts: part.length > 1 ? () => true : (character) => !stops.includes(character) };
  });
}
