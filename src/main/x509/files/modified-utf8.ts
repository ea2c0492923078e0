/** Java's modified UTF-8 (java.io.DataInput): UTF-16 units in one to three bytes each, and NUL in two. */

/** The text, or undefined when the bytes are not in this form. */
export function decodeModifiedUtf8(bytes: Uint8Array): string | undefined {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i++] as number;
    const count = first < 0x80 ? 0 : first >> 5 === 6 ? 1 : first >> 4 === 14 ? 2 : -1;
    if (count < 0 || i + count > bytes.length) return undefined;
    let unit = count === 0 ? first : first & (count === 1 ? 0x1f : 0x0f);
    for (const end = i + count; i < end; i++) {
      const next = bytes[i] as number;
      if (next >> 6 !== 2) return undefined;
      unit = (unit << 6) | (next & 0x3f);
    }
    text += String.fromCharCode(unit);
  }
  return text;
}

export function encodeModifiedUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0 && unit < 0x80) bytes.push(unit);
    else if (unit < 0x800) bytes.push(0xc0 | (unit >> 6), 0x80 | (unit & 0x3f));
    else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
  }
  return Uint8Array.from(bytes);
}
