/** Files as text for the service: PEM stays as it is, DER is wrapped, other bytes become base64. */

/** Base64 of bytes. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  // In pieces, since a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** PEM of DER bytes under a label, RFC 7468: lines of 64 characters. */
export function pemOf(bytes: Uint8Array, label: string): string {
  const lines = base64Of(bytes).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** A file's text, wrapped as PEM where it begins like DER (a SEQUENCE, 0x30 0x8_), as base64 where it is no text. */
export async function readAsPem(file: Blob, derLabel: string): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isDer = bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80;
  if (isDer) return pemOf(bytes, derLabel);
  return bytes.includes(0) ? base64Of(bytes) : new TextDecoder().decode(bytes);
}
