/** An ECDSA P-256 signature in the fixed form of JOSE (RFC 7518 section 3.4) from its DER (RFC 3279). */
export function derToJose(der: Uint8Array): Uint8Array {
  const result = new Uint8Array(64);
  let offset = 2;
  for (let half = 0; half < 2; half += 1) {
    const length = der[offset + 1] ?? 0;
    const value = der.subarray(offset + 2, offset + 2 + length);
    const digits = value[0] === 0 ? value.subarray(1) : value;
    result.set(digits, (half + 1) * 32 - digits.length);
    offset += 2 + length;
  }
  return result;
}
