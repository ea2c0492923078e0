/** Names and addresses that nobody owns on the public Internet. */

/** RFC 2606, 6761, 6762, 7686, 8375, 9476 and ICANN's decision of 2024; and such as private networks made up. */
const reservedDomains = [
  ...['alt', 'corp', 'example', 'home', 'internal', 'intranet', 'invalid', 'lan', 'local', 'localdomain'],
  ...['localhost', 'mail', 'onion', 'private', 'test', 'home.arpa'],
];

/** Whether a host is a single label or lies in a domain that the public DNS does not have. */
export function isInternalName(host: string): boolean {
  const name = host.toLowerCase().replace(/^\*\./, '');
  return (
    !name.includes('.') || reservedDomains.some((domain) => name === domain || name.endsWith(`.${domain}`))
  );
}

/** IANA's registries of special-purpose addresses, as prefixes: the bytes, and how many bits of them count. */
const reservedPrefixes: readonly (readonly [bytes: readonly number[], bits: number])[] = [
  [[0], 8],
  [[10], 8],
  [[100, 64], 10],
  [[127], 8],
  [[169, 254], 16],
  [[172, 16], 12],
  [[192, 0, 0], 24],
  [[192, 0, 2], 24],
  [[192, 88, 99], 24],
  [[192, 168], 16],
  [[198, 18], 15],
  [[198, 51, 100], 24],
  [[203, 0, 113], 24],
  [[224], 3],
];

const reservedPrefixes6: typeof reservedPrefixes = [
  // All but 2000::/3 is not given out.
  [[0x20, 0x01, 0x00], 23],
  [[0x20, 0x01, 0x0d, 0xb8], 32],
  [[0x20, 0x02], 16],
  [[0x3f, 0xff, 0x00], 20],
];

/** Whether the 4 or 16 bytes are an address that is private, reserved or not given out. */
export function isReservedAddress(address: Uint8Array): boolean {
  if (address.length === 4) return reservedPrefixes.some((prefix) => isIn(address, ...prefix));
  if (address.length !== 16) return false;
  return !isIn(address, [0x20], 3) || reservedPrefixes6.some((prefix) => isIn(address, ...prefix));
}

function isIn(address: Uint8Array, prefix: readonly number[], bits: number): boolean {
  for (let bit = 0; bit < bits; bit++) {
    const mask = 0x80 >> (bit & 7);
    if (((address[bit >> 3] ?? 0) & mask) !== ((prefix[bit >> 3] ?? 0) & mask)) return false;
  }
  return true;
}
