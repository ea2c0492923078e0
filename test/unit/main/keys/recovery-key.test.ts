import { describe, expect, it } from 'vitest';
import { newRecoveryKey, parseRecoveryKey } from '../../../../src/main/keys/recovery-key.ts';

describe('the recovery key', () => {
  it('is written in groups and reads back', () => {
    for (let i = 0; i < 200; i += 1) {
      const { bytes, text } = newRecoveryKey();
      expect(text).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z*~$=U]$/);
      expect(parseRecoveryKey(text)).toEqual(bytes);
    }
  });

  it('has the check character of Crockford’s definition', () => {
    const zeros = Buffer.alloc(20);
    expect(parseRecoveryKey(`${'0'.repeat(32)}0`)).toEqual(zeros);
    // 31 modulo 37 is 31, whose character is Z; 32 needs the first of the five further check characters.
    expect(parseRecoveryKey(`${'0'.repeat(31)}ZZ`)?.at(-1)).toBe(31);
    expect(parseRecoveryKey(`${'0'.repeat(30)}10*`)?.at(-1)).toBe(32);
  });

  it.each<[string, (text: string) => string]>([
    ['lower case', (text) => text.toLowerCase()],
    ['no hyphens', (text) => text.replaceAll('-', '')],
    ['spaces and line ends', (text) => `  ${text.replaceAll('-', ' ')}\r\n`],
    ['typographic hyphens', (text) => text.replaceAll('-', '\u2013')],
    ['the letter O', (text) => text.replaceAll('0', 'O')],
    ['the letters o and l', (text) => text.replaceAll('0', 'o').replaceAll('1', 'l')],
    ['the letter I', (text) => text.replaceAll('1', 'I')],
  ])('is read with %s', (_, typed) => {
    for (let i = 0; i < 20; i += 1) {
      const { bytes, text } = newRecoveryKey();
      expect(parseRecoveryKey(typed(text))).toEqual(bytes);
    }
  });

  it('notices every single wrong character and every swapped pair', () => {
    const text = newRecoveryKey().text.replaceAll('-', '');
    for (let i = 0; i < 32; i += 1) {
      for (const wrong of '0123456789ABCDEFGHJKMNPQRSTVWXYZ')
        if (wrong !== text[i])
          expect(parseRecoveryKey(text.slice(0, i) + wrong + text.slice(i + 1))).toBeUndefined();
      const [a = '', b = ''] = text.slice(i, i + 2);
      if (i < 31 && a !== b)
        expect(parseRecoveryKey(text.slice(0, i) + b + a + text.slice(i + 2))).toBeUndefined();
    }
  });

  it.each(
    [
      '',
      '-',
      '0'.repeat(32),
      '0'.repeat(34),
      `${'0'.repeat(31)}U0`,
      `${'0'.repeat(31)}é0`,
      '0'.repeat(100_000),
    ].map((text) => [text.length, text]),
  )('refuses %i characters of something else', (_, text) =>
    expect(parseRecoveryKey(String(text))).toBeUndefined(),
  );
});
