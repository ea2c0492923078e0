/** Days of '30d' or 'P30D'; undefined for a share of the lifetime and for what is no number of days. */
export function daysOf(renewBefore: string): number | undefined {
  const [, short, iso] = /^(?:(\d+)d|P(\d+)D)$/.exec(renewBefore) ?? [];
  const days = short ?? iso;
  return days === undefined ? undefined : Number(days);
}
