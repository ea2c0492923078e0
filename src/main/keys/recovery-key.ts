/**
 * The recovery key that a person writes down: 160 bits in Crockford's base32 with his check character (modulo 37,
 * which notices every single wrong character and every swapped pair), in groups of four.
 */
import { randomBytes } from '../crypto/index.ts';

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const checks = `${digits}*~$=U`;
const length = 32;

function checkCharacter(text: string): string {
  let rest = 0;
  for (const character of text) rest = (rest * 32 + digits.indexOf(character)) % 37;
  return checks.charAt(rest);
}

/** A new recovery key: its 20 bytes, and the text to be written down. */
export function newRecoveryKey(): { readonly bytes: Buffer; readonly text: string } {
  const bytes = randomBytes(20);
  let value = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let i = 0; i < length; i += 1) {
    text = digits.charAt(Number(value & 31n)) + text;
    value >>= 5n;
  }
  return { bytes, text: `${text.replace(/.{4}/g, '$&-')}${checkCharacter(text)}` };
}

/**
 * The 20 bytes behind a typed recovery key, or undefined when it is not one. Case, spaces and hyphens do not
 * matter, and O reads as 0, I and L as 1.
 */
export function parseRecoveryKey(typed: string): Buffer | undefined {
  if (typed.length > 256) return undefined;
  const plain = typed
    .replace(/[\s\u2010-\u2015-]/g, '')
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  const text = plain.slice(0, length);
  if (plain.length !== length + 1 || [...text].some((character) => !digits.includes(character)))
    return undefined;
  if (plain.charAt(length) !== checkCharacter(text)) return undefined;
  let value = 0n;
  for (const character of text) value = (value << 5n) | BigInt(digits.indexOf(character));
  return Buffer.from(value.toString(16).padStart(40, '0'), 'hex');
}
