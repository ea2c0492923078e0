import type { Output, ParsedInput } from '../../../shared/operations/index.ts';
import { createPublicKey } from '../../crypto/index.ts';
import { sharedFactors } from '../../lint/index.ts';
import { compareCertificates, parseCertificate, writePem } from '../../x509/index.ts';
import { itemsOf } from './items-of.ts';

/** The first certificates of both contents side by side. Throws INVALID_CERTIFICATE where one has none. */
export function compareFiles(input: ParsedInput<'inspect.compare'>): Output<'inspect.compare'> {
  const [first = new Uint8Array()] = itemsOf(input.first, 'certificate', 'first');
  const [second = new Uint8Array()] = itemsOf(input.second, 'certificate', 'second');
  const keys = [parseCertificate(first).spki, parseCertificate(second).spki] as const;
  const sameKey = Buffer.compare(...keys) === 0;
  return {
    ok: Buffer.compare(first, second) === 0,
    sameKey,
    sharedFactor: !sameKey && haveSharedFactor(keys),
    differences: compareCertificates(first, second).map(
      ({ section, name, first: before, second: after }) => ({
        section,
        name,
        first: before ?? null,
        second: after ?? null,
      }),
    ),
  };
}

function haveSharedFactor(keys: readonly Uint8Array[]): boolean {
  const moduli = keys.map(modulusOf).filter((modulus) => modulus !== undefined);
  return moduli.length === 2 && sharedFactors(moduli).some((factor) => factor > 1n);
}

/** Of an RSA key that the runtime can read; undefined for any other. */
function modulusOf(spki: Uint8Array): bigint | undefined {
  try {
    const { kty, n } = createPublicKey(writePem('PUBLIC KEY', spki)).export({ format: 'jwk' });
    return kty === 'RSA' && n !== undefined
      ? BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`)
      : undefined;
  } catch {
    return undefined;
  }
}
