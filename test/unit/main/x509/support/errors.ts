import { expect } from 'vitest';
import { ChanceryError } from '../../../../../src/shared/errors.ts';

/** The ChanceryError that the call throws; fails the test when it throws nothing or anything else. */
export function thrownBy(call: () => unknown): ChanceryError {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(ChanceryError);
    if (error instanceof ChanceryError) return error;
  }
  throw new Error('The call was expected to throw a ChanceryError.');
}
