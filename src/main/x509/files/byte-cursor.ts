/** Reads and writes the length-prefixed big-endian fields that Java's key stores and SSH keys are made of. */
import { ChanceryError } from '../../../shared/errors.ts';

export class ByteCursor {
  readonly #bytes: Uint8Array;
  readonly #name: string;
  #position: number;

  constructor(bytes: Uint8Array, name: string, position = 0) {
    this.#bytes = bytes;
    this.#name = name;
    this.#position = position;
  }

  get position(): number {
    return this.#position;
  }

  get isEmpty(): boolean {
    return this.#position >= this.#bytes.length;
  }

  fail(problem: string): never {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: `The ${this.#name} cannot be read: ${problem} (at byte ${this.#position}).`,
    });
  }

  take(count: number): Uint8Array {
    if (count > this.#bytes.length - this.#position) this.fail(`it is cut off: ${count} bytes are due`);
    this.#position += count;
    return this.#bytes.subarray(this.#position - count, this.#position);
  }

  number(bytes: 2 | 4): number {
    return this.take(bytes).reduce((value, byte) => value * 256 + byte, 0);
  }

  /** Milliseconds since 1970 in eight bytes; throws beyond what a Date holds. */
  time(): Date {
    const milliseconds = Buffer.from(this.take(8)).readBigInt64BE();
    const time = new Date(Number(milliseconds));
    return Number.isNaN(time.getTime()) ? this.fail('it holds a time that does not exist') : time;
  }

  /** Bytes after their length in two or four bytes. */
  field(lengthBytes: 2 | 4): Uint8Array {
    return this.take(this.number(lengthBytes));
  }
}

/** The bytes after their length. */
export function lengthPrefixed(bytes: Uint8Array, lengthBytes: 2 | 4): Buffer {
  return Buffer.concat([bigEndian(bytes.length, lengthBytes), bytes]);
}

export function bigEndian(value: number, bytes: 2 | 4): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}
