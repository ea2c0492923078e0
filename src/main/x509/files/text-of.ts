/** Text from bytes in the encodings that files of certificates come in. */

/** The text of UTF-8, UTF-16 in both orders (with a mark or without), or Latin-1; undefined for binary data. */
export function textOf(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return utf16(bytes.subarray(2), false);
  if (first === 0xfe && second === 0xff) return utf16(bytes.subarray(2), true);
  // What certificates are written in is ASCII, so that every second byte of UTF-16 is 0.
  if (second === 0 && first !== 0) return utf16(bytes, false);
  if (first === 0 && second !== 0) return utf16(bytes, true);
  const hasMark = first === 0xef && second === 0xbb && bytes[2] === 0xbf;
  return binaryFree(Buffer.from(hasMark ? bytes.subarray(3) : bytes).toString('latin1'));
}

function utf16(bytes: Uint8Array, isBigEndian: boolean): string | undefined {
  const whole = Buffer.from(bytes.subarray(0, bytes.length & ~1));
  return binaryFree((isBigEndian ? whole.swap16() : whole).toString('utf16le'));
}

function binaryFree(text: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary data.
  return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? undefined : text;
}
