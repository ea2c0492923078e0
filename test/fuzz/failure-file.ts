/** Inputs that failed, as files that can be run again on any machine: the corpus holds fresh keys each time. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fromRoot, root } from '../../scripts/launch/root.mjs';
import type { Failure } from './campaign.ts';
import { runInput } from './run-input.ts';
import type { Kind } from './sample.ts';

interface FailureFile extends Omit<Failure, 'bytes'> {
  readonly seed: number;
  /** Base64. */
  readonly input: string;
}

/** Writes the input and answers a sentence with the command that runs it again. */
export function keepFailure({ bytes, ...failure }: Failure, seed: number): string {
  const folder = fromRoot('.cache', 'fuzz');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${failure.kind}-${seed}-${failure.index}.json`);
  const content: FailureFile = { seed, ...failure, input: Buffer.from(bytes).toString('base64') };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  const [what] = failure.error.split('\n');
  const made = `${failure.sample}: ${failure.trail.join(', ')}`;
  return `${what}\n  input ${failure.index} of seed ${seed} (${made})\n  npm run test:long -- --replay ${relative(root, file)}`;
}

/** Reads the input of a file again; throws what its readers throw. */
export async function replayFailure(file: string): Promise<void> {
  const { kind, input, reader } = JSON.parse(readFileSync(file, 'utf8')) as {
    kind: Kind;
    input: string;
    reader: number;
  };
  await runInput(kind, Uint8Array.from(Buffer.from(input, 'base64')), reader);
}
