import { Dice } from './dice.ts';
import { mutate } from './mutate.ts';
import type { Sample } from './sample.ts';

/** One input of a run, with what was done to which file. */
export interface FuzzInput {
  readonly sample: Sample;
  readonly bytes: Uint8Array;
  readonly trail: readonly string[];
  /** Of the readers behind the first, the one to run: this number modulo their count. */
  readonly reader: number;
}

/** Made from the seed and the number alone, so that any input of a run can be made again without the others. */
export function makeInput(corpus: readonly Sample[], seed: number, index: number): FuzzInput {
  const dice = new Dice(seed, index);
  const kinds = [...new Set(corpus.map(({ kind }) => kind))];
  // Certificates, requests and CRLs are most of what comes from outside, and have the most readers.
  const kind = dice.onceIn(3) ? dice.pick(['certificate', 'csr', 'crl'] as const) : dice.pick(kinds);
  const sample = dice.pick(corpus.filter((candidate) => candidate.kind === kind));
  const other = dice.pick(corpus).bytes;
  return { sample, ...mutate(sample.bytes, other, dice), reader: dice.below(1 << 16) };
}
