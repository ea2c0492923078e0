/**
 * Where the vectors lie that are not part of this project: VECTORS_DIR, or shared/vectors beside the checkout.
 * Without them the tests are skipped and say so.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../../scripts/launch/root.mjs';

export interface Outcome {
  readonly suite: string;
  readonly id: string;
  readonly expected: 'valid' | 'invalid';
  readonly got: 'valid' | 'invalid';
  /** Why it was found invalid, for the report of a deviation. */
  readonly reasons: readonly string[];
}

export function vectorsFolder(): string {
  return process.env.VECTORS_DIR ?? fromRoot('..', 'shared', 'vectors');
}

/** The parsed file, or undefined where it is not there. */
export function readVectors<T>(folder: string, file: string): T | undefined {
  const path = join(folder, file);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;
}

export function whyMissing(folder: string, file: string): string {
  return `skipped, since ${file} is not in ${folder} (VECTORS_DIR names the place)`;
}

/** Outcomes that are not as the suite expects, with the reasons, by id. */
export function deviationsOf(outcomes: readonly Outcome[]): Map<string, Outcome> {
  return new Map(
    outcomes.filter(({ expected, got }) => expected !== got).map((outcome) => [outcome.id, outcome]),
  );
}
