/** OBJECT IDENTIFIER contents (X.690 section 8.19) and their dotted form. */
import { ChanceryError } from '../../../shared/errors.ts';

/** Longest content that is read: no identifier in use comes near, and arcs of any size stay cheap. */
const maxBytes = 64;

/** The dotted form of an OBJECT IDENTIFIER's content, or undefined when it is not one in DER. */
export function decodeObjectIdentifier(content: Uint8Array): string | undefined {
  const { length } = content;
  if (length === 0 || length > maxBytes || (content[length - 1] as number) >= 0x80) return undefined;
  let text = '';
  let value = 0;
  let large: bigint | undefined;
  let atStart = true;
  for (let i = 0; i < length; i++) {
    const byte = content[i] as number;
    if (atStart && byte === 0x80) return undefined;
    if (large === undefined && value > 2 ** 45) large = BigInt(value);
    if (large === undefined) value = value * 128 + (byte & 0x7f);
    else large = large * 128n + BigInt(byte & 0x7f);
    atStart = byte < 0x80;
    if (!atStart) continue;
    if (text !== '') text += `.${large ?? value}`;
    else if (large !== undefined) text = `2.${large - 80n}`;
    else text = value < 80 ? `${Math.floor(value / 40)}.${value % 40}` : `2.${value - 80}`;
    value = 0;
    large = undefined;
  }
  return text;
}

/** The content bytes of a dotted identifier; throws INVALID_INPUT when it is not one. */
export function encodeObjectIdentifier(dotted: string): Uint8Array {
  const valid = dotted.length <= 256 && /^[0-2](\.(0|[1-9]\d*))+$/.test(dotted);
  const [root = 0n, second = 0n, ...rest] = valid ? dotted.split('.').map(BigInt) : [];
  if (!valid || (root < 2n && second > 39n)) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: `'${dotted.slice(0, 64)}' is not an object identifier.`,
    });
  }
  const bytes: number[] = [];
  for (const arc of [root * 40n + second, ...rest]) {
    const digits = [Number(arc & 0x7fn)];
    for (let left = arc >> 7n; left > 0n; left >>= 7n) digits.push(Number(left & 0x7fn) | 0x80);
    bytes.push(...digits.reverse());
  }
  return Uint8Array.from(bytes);
}
