/** The days of a month as a calendar shows them, in UTC and in whole weeks that begin on Monday. */

const dayMs = 86_400_000;

/** A month such as `2026-12`. */
export type Month = string;

export function monthOf(moment: Date): Month {
  return moment.toISOString().slice(0, 7);
}

/** The month so many months later. */
export function monthAfter(month: Month, months: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return monthOf(new Date(Date.UTC(year, number - 1 + months, 1)));
}

/** Days such as `2026-11-30`: the whole weeks that the month lies in. */
export function weeksOf(month: Month): string[][] {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const next = Date.parse(`${monthAfter(month, 1)}-01T00:00:00Z`);
  const mondayBefore = first - ((new Date(first).getUTCDay() + 6) % 7) * dayMs;
  const weeks: string[][] = [];
  for (let monday = mondayBefore; monday < next; monday += 7 * dayMs) {
    weeks.push(
      Array.from({ length: 7 }, (_, index) => new Date(monday + index * dayMs).toISOString().slice(0, 10)),
    );
  }
  return weeks;
}

/** The moments between which a day or a month lies, the second not part of it. */
export function spanOf(day: string): { from: string; to: string } {
  const isDay = day.length === 10;
  const from = `${isDay ? day : `${day}-01`}T00:00:00.000Z`;
  const to = isDay ? Date.parse(from) + dayMs : Date.parse(`${monthAfter(day, 1)}-01T00:00:00.000Z`);
  return { from, to: new Date(to).toISOString() };
}
