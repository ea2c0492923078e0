import type { BenchResult } from './result.ts';

const heads = ['case', 'value', 'yardstick', 'unit', 'ratio', 'goal', ''];

/** The results as a table for people. */
export function tableOf(results: readonly BenchResult[]): string {
  const rows = results.map((result) => [
    result.case,
    result.value.toFixed(1),
    result.yardstick.toFixed(1),
    result.unit,
    result.ratio.toFixed(3),
    result.goal.toFixed(3),
    result.ratio >= result.goal ? '' : 'missed',
  ]);
  const all = [heads, ...rows];
  const widths = heads.map((_head, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return `${all.map(line).join('\n')}\n`;
}
