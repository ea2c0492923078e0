import { describe, expect, it } from 'vitest';
import { randomBytes } from '../../../../src/main/crypto/index.ts';
import { openBytes, sealBytes } from '../../../../src/main/keys/seal.ts';

const key = randomBytes(32);
const plaintext = Buffer.from('confidential');

describe('sealing', () => {
  it('gives back what was sealed, even nothing', () => {
    expect(openBytes(key, 'p', sealBytes(key, 'p', plaintext))).toEqual(plaintext);
    expect(openBytes(key, 'p', sealBytes(key, 'p', Buffer.alloc(0)))).toEqual(Buffer.alloc(0));
  });

  it('never gives the same bytes twice', () => {
    expect(sealBytes(key, 'p', plaintext)).not.toEqual(sealBytes(key, 'p', plaintext));
  });

  it('notices a change of any single byte', () => {
    const sealed = sealBytes(key, 'p', plaintext);
    for (let i = 0; i < sealed.length; i += 1) {
      const changed = Buffer.from(sealed);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(openBytes(key, 'p', changed), `byte ${i}`).toBeUndefined();
    }
  });

  it('notices every cut', () => {
    const sealed = sealBytes(key, 'p', plaintext);
    for (let length = 0; length < sealed.length; length += 1)
      expect(openBytes(key, 'p', sealed.subarray(0, length)), `${length} bytes`).toBeUndefined();
  });

  it('opens neither for another purpose nor with another key', () => {
    const sealed = sealBytes(key, 'key:a', plaintext);
    expect(openBytes(key, 'key:b', sealed)).toBeUndefined();
    expect(openBytes(randomBytes(32), 'key:a', sealed)).toBeUndefined();
  });
});
