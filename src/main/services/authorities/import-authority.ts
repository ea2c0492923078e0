import { ChanceryError } from '../../../shared/errors.ts';
import type { Authority } from '../../../shared/operations/authorities.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import { newId } from '../../crypto/index.ts';
import { decodePrivateKey } from '../../keys/index.ts';
import type { NewAuthority } from '../../store/index.ts';
import { parseCertificate, readCertificates, readPkcs12 } from '../../x509/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { certificateRow, serialTaken } from './build-authority.ts';
import {
  invalid,
  isSelfSigned,
  pemAbove,
  requireAuthorityCertificate,
  signatureOf,
  signerOf,
} from './foreign-certificate.ts';
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
  const key = await signer.adopt(newId(now), privateKeyPkcs8).finally(() => privateKeyPkcs8.fill(0));
  const parsed = certificates.map((der) => parseCertificate(der));
  const own = parsed.find((one) => Buffer.compare(one.spki, key.spki) === 0);
  if (!own) throw invalid('None of the certificates belongs to the private key.');
  requireAuthorityCertificate(own, now);
  const isRoot = isSelfSigned(own);
  const parent = await signerOf(own, realm.id, rooms.authorities);

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
    externalChain: pemAbove(own, parsed),
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
