/** A long PEM text in pieces that each fit into a call. */
const begin = '-----BEGIN ';
const end = '-----END ';

/**
 * The bytes in pieces of at most `maxBytes`, cut behind the ends of PEM blocks; as they are where they are not
 * PEM, or where a single block is longer than that.
 */
export function pemPieces(bytes: Uint8Array, maxBytes: number): Uint8Array[] {
  if (bytes.length <= maxBytes) return [bytes];
  // Byte by byte, so that places in the text are places in the bytes.
  const text = new TextDecoder('latin1').decode(bytes);
  if (!text.includes(begin)) return [bytes];
  const pieces: Uint8Array[] = [];
  let start = 0;
  let cut = 0;
  for (let at = text.indexOf(end); at !== -1; at = text.indexOf(end, at + end.length)) {
    const line = text.indexOf('\n', at);
    const next = line === -1 ? text.length : line + 1;
    if (next - start > maxBytes && cut > start) {
      pieces.push(bytes.subarray(start, cut));
      start = cut;
    }
    cut = next;
  }
  pieces.push(bytes.subarray(start));
  return pieces;
}
