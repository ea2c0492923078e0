import { ChanceryError } from '../../../shared/errors.ts';
import { keyAlgorithmFacts, type SignatureAlgorithm } from '../../../shared/model/algorithms.ts';
import type { Authority } from '../../../shared/operations/authorities.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import { newId } from '../../crypto/index.ts';
import { decodePrivateKey } from '../../keys/index.ts';
import type { NewAuthority } from '../../store/index.ts';
import {
  type ParsedCertificate,
  parseCertificate,
  readCertificates,
  readPkcs12,
  verifyCertificateSignature,
  writePem,
} from '../../x509/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { certificateRow, serialTaken } from './build-authority.ts';
import { presentAuthority } from './present-authority.ts';

interface Material {
  readonly privateKeyPkcs8: Uint8Array;
  readonly certificates: readonly Uint8Array[];
}

/** Takes over a CA that was made elsewhere: its certificate, its key, and the certificates above it. */
export async function importAuthority(
  rooms: Rooms,
  input: ParsedInput<'authorities.import'>,
  context: Context,
): Promise<Authority> {
  const { store, signer, clock } = rooms;
  const realm = await rooms.realms.choose(context.principal, input.realm);
  const now = clock();
  const { privateKeyPkcs8, certificates } = await readMaterial(input);
  const key = await signer.adopt(newId(now), privateKeyPkcs8);
  privateKeyPkcs8.fill(0);
  const parsed = certificates.map((der) => parseCertificate(der));
  const own = parsed.find((one) => Buffer.compare(one.spki, key.spki) === 0);
  if (!own) throw invalid('None of the certificates belongs to the private key.');
  requireAuthorityCertificate(own, now);
  const above = chainAbove(own, parsed);
  const isRoot = own.selfIssued && verifyCertificateSignature(own.der, own.spki);
  const parent = [...(await rooms.authorities.all()).values()].find(
    (issuer) =>
      issuer.row.realmId === realm.id &&
      !isRoot &&
      Buffer.compare(issuer.certificate.subject.der, own.issuer.der) === 0 &&
      verifyCertificateSignature(own.der, issuer.certificate.spki),
  );

  const id = newId(now);
  const certificate = certificateRow(own.der, {
    realmId: realm.id,
    authorityId: isRoot ? id : (parent?.row.id ?? null),
    isAuthority: 1,
    requestedBy: context.principal.name,
    requestedById: context.principal.id,
    now,
  });
  const row: NewAuthority = {
    id,
    realmId: realm.id,
    slug: input.slug,
    name: input.name ?? own.subject.attributes.commonName ?? input.slug,
    kind: isRoot ? 'root' : 'intermediate',
    parentId: parent?.row.id ?? null,
    keyId: key.keyId,
    signatureAlgorithm: signatureOf(own, isRoot),
    certificateId: certificate.id,
    externalChain: above.map((one) => writePem('CERTIFICATE', one.der)).join(''),
    status: 'active',
    publicationUrl: null,
    createdAt: now.getTime(),
  };
  const change = {
    statements: [
      store.keys.insert(key, now),
      store.authorities.insert(row, {
        code: 'ALREADY_EXISTS' as const,
        detail: `There is an authority '${input.slug}' already.`,
      }),
      ...store.certificates.insert(certificate, serialTaken),
    ],
    event: {
      type: 'authority.imported',
      realm: realm.id,
      subject: { kind: 'authority', id, name: input.slug },
      detail: { serialNumber: certificate.serialNumber, fingerprint: certificate.sha256Fingerprint },
    },
  };
  await finish(rooms, { ...context, idempotency: null }, change, undefined);
  rooms.authorities.refresh();
  await rooms.crls.publish(id, context);
  return presentAuthority(rooms, id);
}

async function readMaterial(input: ParsedInput<'authorities.import'>): Promise<Material> {
  if (input.pkcs12 !== undefined) {
    const { privateKeyPkcs8, certificates } = await readPkcs12(
      Buffer.from(input.pkcs12, 'base64'),
      input.passphrase ?? '',
    );
    if (!privateKeyPkcs8) throw invalid('The PKCS#12 file holds no private key.');
    return { privateKeyPkcs8, certificates };
  }
  if (input.certificate === undefined || input.privateKey === undefined) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: 'An import needs a PKCS#12 file, or a certificate and its private key.',
      violations: [
        { path: ['certificate'], rule: 'required', message: 'give certificate and privateKey, or pkcs12' },
      ],
    });
  }
  const privateKeyPkcs8 = await decodePrivateKey(input.privateKey, input.passphrase);
  return { privateKeyPkcs8, certificates: readCertificates(input.certificate) };
}

function requireAuthorityCertificate(certificate: ParsedCertificate, now: Date): void {
  if (!certificate.isCa)
    throw invalid('The certificate is not that of an authority: basicConstraints does not say CA.');
  if (certificate.keyUsages.length > 0 && !certificate.keyUsages.includes('keyCertSign')) {
    throw invalid('The certificate may not sign certificates: keyUsage lacks keyCertSign.');
  }
  if (certificate.notAfter < now)
    throw invalid(`The certificate expired at ${certificate.notAfter.toISOString()}.`);
}

/** A root goes on to sign as it signed itself, where its key still does so; null for the usual way. */
function signatureOf(own: ParsedCertificate, isRoot: boolean): SignatureAlgorithm | null {
  if (!isRoot || own.keyAlgorithm === null) return null;
  const { signatureAlgorithms } = keyAlgorithmFacts[own.keyAlgorithm];
  return signatureAlgorithms.find((one) => one === own.signatureAlgorithm) ?? null;
}

/** The certificates above, each signed by the next, as far as they were given. */
function chainAbove(own: ParsedCertificate, given: readonly ParsedCertificate[]): ParsedCertificate[] {
  const chain: ParsedCertificate[] = [];
  let current = own;
  while (!current.selfIssued && chain.length < given.length) {
    const { der, issuer } = current;
    const next = given.find(
      (one) => Buffer.compare(one.subject.der, issuer.der) === 0 && verifyCertificateSignature(der, one.spki),
    );
    if (!next) break;
    chain.push(next);
    current = next;
  }
  return chain;
}

function invalid(detail: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_CERTIFICATE', detail });
}
