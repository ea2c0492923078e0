import { ChanceryError } from '../../src/shared/errors.ts';
import { readers } from './readers.ts';
import type { Kind } from './sample.ts';

/** How many inputs of a kind were read and how many were refused. */
export interface Tally {
  read: number;
  refused: number;
}

/**
 * Runs the kind's first reader and one of its others over the bytes. A refusal is a ChanceryError of any code but
 * INTERNAL; everything else that is thrown is the failure that is looked for, and is thrown on. Answers whether
 * the first reader took the input.
 */
export async function runInput(kind: Kind, bytes: Uint8Array, reader: number): Promise<boolean> {
  const [first, ...others] = readers[kind];
  if (first === undefined) throw new Error(`Nothing reads ${kind}.`);
  const isTaken = await survives(() => first(bytes));
  const other = others[reader % Math.max(others.length, 1)];
  if (other !== undefined) await survives(() => other(bytes));
  return isTaken;
}

async function survives(read: () => unknown): Promise<boolean> {
  try {
    const result = read();
    if (result instanceof Promise) await result;
    return true;
  } catch (error) {
    if (error instanceof ChanceryError && error.code !== 'INTERNAL') return false;
    throw error;
  }
}
