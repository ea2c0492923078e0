import type { Diagnosis } from '../../../shared/operations/system.ts';
import { sharedFactors } from '../../lint/index.ts';
import { certificateKey, parseCertificate, publicKeyParts } from '../../x509/index.ts';
import type { Rooms } from '../rooms.ts';

/** So many moduli are compared in some seconds. */
const mostKeys = 10_000;

/**
 * Whether RSA keys in the store share a prime factor, so that anyone can compute both private keys (Heninger et
 * al., Mining your Ps and Qs, 2012): devices that made them with too little randomness.
 */
export async function sharedFactorFinding({ store }: Rooms): Promise<Diagnosis['findings'][number]> {
  const check = 'keys';
  const holders = new Map<bigint, Uint8Array>();
  for (const der of await store.certifiedKeys.newest('rsa', mostKeys)) {
    const parts = publicKeyParts(certificateKey(der));
    if (parts?.kind !== 'rsa') continue;
    holders.set(BigInt(`0x${Buffer.from(parts.modulus).toString('hex')}`), der);
  }
  const moduli = [...holders.keys()];
  const broken = sharedFactors(moduli).flatMap((factor, index) =>
    factor === 1n ? [] : [holders.get(moduli[index] ?? 0n) ?? new Uint8Array()],
  );
  if (broken.length === 0) {
    return { status: 'ok', check, message: `No two of ${moduli.length} RSA keys share a prime factor.` };
  }
  return {
    status: 'error',
    check,
    message: `${broken.length} RSA keys share a prime factor with another one: the certificates ${serialsOf(broken)}.`,
    hint: 'Revoke these certificates for keyCompromise, and have their keys made anew on another machine.',
  };
}

function serialsOf(ders: readonly Uint8Array[]): string {
  const shown = ders.slice(0, 10).map((der) => parseCertificate(der).serialNumber);
  return shown.join(', ') + (ders.length > shown.length ? ' and more' : '');
}
