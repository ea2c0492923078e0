/** Serials and fingerprints in their readable form. */

/** Hexadecimal digits alone, upper case; whatever separators and prefixes a tool printed are dropped. */
export function bareHex(text: string): string {
  return text
    .replace(/^.*(?:fingerprint|sha-?256|sha-?1)\s*[=:]\s*/i, '')
    .replaceAll(/[^0-9a-f]/gi, '')
    .toUpperCase();
}

/** Pairs of digits joined by colons, as openssl prints them. */
export function colonHex(text: string): string {
  return (bareHex(text).match(/.{1,2}/g) ?? []).join(':');
}
