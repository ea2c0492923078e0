/**
 * Decryption with RC2 (RFC 2268) in CBC mode, for PKCS#12 files of the years before 2010 only: it is broken in
 * the 40 bits that they use, and the runtime no longer has it.
 */

/** PITABLE, section 2: a permutation of the bytes, from the digits of pi. */
const pi = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32' +
    'bd8f40eb86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a' +
    '961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2e' +
    'c5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);

/** Section 2: 64 words from a key, with as many bits of effect. */
function expandKey(key: Uint8Array, effectiveBits: number): Uint16Array {
  const bytes = new Uint8Array(128);
  bytes.set(key);
  const at = (i: number) => bytes[i] as number;
  for (let i = key.length; i < 128; i++) bytes[i] = pi[(at(i - 1) + at(i - key.length)) & 0xff] as number;
  const effectiveBytes = (effectiveBits + 7) >> 3;
  const first = 128 - effectiveBytes;
  bytes[first] = pi[at(first) & (0xff >> (8 * effectiveBytes - effectiveBits))] as number;
  for (let i = first - 1; i >= 0; i--) bytes[i] = pi[at(i + 1) ^ at(i + effectiveBytes)] as number;
  return Uint16Array.from({ length: 64 }, (_, i) => at(2 * i) | (at(2 * i + 1) << 8));
}

const rotations = [1, 2, 3, 5] as const;

/** Section 4: one block of four words, in place. */
function decryptBlock(words: Uint16Array, key: Uint16Array): void {
  const word = (i: number) => words[i & 3] as number;
  let next = 63;
  for (let round = 15; round >= 0; round--) {
    for (let i = 3; i >= 0; i--) {
      const rotation = rotations[i] as number;
      const turned = (word(i) >> rotation) | (word(i) << (16 - rotation));
      const mixed = (word(i + 3) & word(i + 2)) + (~word(i + 3) & word(i + 1));
      words[i] = turned - (key[next--] as number) - mixed;
    }
    // A mashing round comes after the fifth and the eleventh of the mixing rounds, counted from the front.
    if (round !== 11 && round !== 5) continue;
    for (let i = 3; i >= 0; i--) words[i] = word(i) - (key[word(i + 3) & 63] as number);
  }
}

/** The plaintext with its padding taken off, or undefined when that is not as PKCS#7 has it. */
export function decryptRc2Cbc(
  ciphertext: Uint8Array,
  key: Uint8Array,
  iv: Uint8Array,
  effectiveBits = key.length * 8,
): Uint8Array | undefined {
  if (ciphertext.length === 0 || ciphertext.length % 8 !== 0) return undefined;
  const expanded = expandKey(key, effectiveBits);
  const plaintext = new Uint8Array(ciphertext.length);
  const words = new Uint16Array(4);
  for (let start = 0; start < ciphertext.length; start += 8) {
    for (let i = 0; i < 4; i++) {
      words[i] = (ciphertext[start + 2 * i] as number) | ((ciphertext[start + 2 * i + 1] as number) << 8);
    }
    decryptBlock(words, expanded);
    for (let i = 0; i < 8; i++) {
      const before = start === 0 ? (iv[i] as number) : (ciphertext[start - 8 + i] as number);
      plaintext[start + i] = (((words[i >> 1] as number) >> (8 * (i & 1))) & 0xff) ^ before;
    }
  }
  const padding = plaintext.at(-1) as number;
  const isPadded =
    padding >= 1 && padding <= 8 && plaintext.subarray(-padding).every((byte) => byte === padding);
  return isPadded ? plaintext.subarray(0, -padding) : undefined;
}
