import { ChanceryError } from '../../../shared/errors.ts';
import type { Output } from '../../../shared/operations/index.ts';
import type { SealedKey, StoredKey } from '../../keys/index.ts';
import type { CertificateRow } from '../../store/index.ts';
import { writePem } from '../../x509/index.ts';
import { serialTaken } from '../authorities/build-authority.ts';
import type { Context, Principal } from '../context.ts';
import { endEntityFor } from '../end-entities/end-entity-for.ts';
import type { Change } from '../finish.ts';
import type { ProfileInUse } from '../policies/profile-in-use.ts';
import type { Rooms } from '../rooms.ts';
import { issuedRow } from './issued-row.ts';
import { keyInUse } from './key-in-use.ts';
import { onlyOne } from './only-one.ts';
import type { PreparedLeaf } from './prepare-leaf.ts';
import { signLeaf } from './sign-leaf.ts';

/** The key that a certificate is for. */
export interface SubjectKey {
  readonly source: 'generated' | 'csr' | 'reused';
  /** SubjectPublicKeyInfo in DER. */
  readonly spki: Uint8Array;
  /** Where its private half is kept; null where that is elsewhere. */
  readonly keyId: string | null;
  /** One that is not in the store yet. */
  readonly generated?: StoredKey;
}

/** A certificate that is renewed, and the last of its order, which the renewal follows. */
export interface Renewed {
  readonly row: CertificateRow;
  readonly last: CertificateRow;
}

export interface LeafToSign {
  readonly profile: ProfileInUse;
  readonly prepared: PreparedLeaf;
  readonly commonName: string;
  readonly key: SubjectKey;
  readonly renewal?: Renewed | undefined;
  readonly endEntityId?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly requester: Pick<Principal, 'id' | 'name'>;
  readonly now: Date;
}

export interface SignedChange {
  /** To be committed before anybody sees the certificate. */
  readonly change: Change;
  /** Without a private key. */
  readonly output: Output<'certificates.issue'>;
}

/** Signs what was prepared and found without violations. Throws LINT_FAILED, NOT_FOUND (end entity), LOCKED. */
export async function signPrepared(rooms: Rooms, context: Context, leaf: LeafToSign): Promise<SignedChange> {
  const { store, signer } = rooms;
  const { profile, key, renewal, commonName, now, requester } = leaf;
  const renewed = renewal?.row;
  const { issuer, request } = leaf.prepared;
  // A renewal is for whom its certificate was for.
  const endEntity = await endEntityFor(rooms, profile.realm, {
    id: renewed?.endEntityId ?? leaf.endEntityId,
    commonName,
    organization: request.asked.subject.organization,
  });
  // A list speaks of RSA keys only; keys made here are on none.
  const isForeignRsa = key.source !== 'generated' && request.asked.keyAlgorithm.startsWith('rsa-');
  const warnings =
    key.source === 'csr' ? keyInUse(rooms, context, profile, key.spki, endEntity.endEntityId) : [];
  const signed = await signLeaf(signer, issuer ?? (await ownKey(rooms, key)), request.asked, key.spki, {
    extensions: profile.definition.extensions,
    nameConstraints: profile.definition.nameConstraints,
    lint: profile.row.lint,
    isBlacklisted: isForeignRsa ? await rooms.weakKeys.lookup() : undefined,
  });
  for (const { rule, message } of signed.warnings) warnings.push({ rule, message });
  const isKept = key.source !== 'generated' || profile.keyRetention === 'sealed';
  const row = issuedRow(signed, issuer, {
    realmId: profile.realm.id,
    commonName,
    profileId: profile.row.id,
    endEntityId: endEntity.endEntityId,
    endEntityName: endEntity.endEntityName,
    ...(renewal && { orderId: renewal.row.orderId, renewsId: renewal.last.id }),
    keyId: isKept ? key.keyId : null,
    metadata: leaf.metadata ? JSON.stringify(leaf.metadata) : (renewed?.metadata ?? null),
    requestedBy: requester.name,
    requestedById: requester.id,
    now,
  });
  const statements = [
    ...(issuer ? [store.authorities.mustBeActive(issuer.row)] : []),
    ...onlyOne(rooms, profile, commonName, now, renewed),
    ...endEntity.statements,
    ...(key.generated && isKept ? [store.keys.insert(key.generated, now)] : []),
    ...(renewal ? [store.certificates.markRenewed(renewal.last.id, row.id, renewedMeanwhile)] : []),
    ...store.certificates.insert(row, serialTaken),
  ];
  const event = {
    type: renewed ? 'certificate.renewed' : 'certificate.issued',
    realm: profile.realm.id,
    subject: { kind: 'certificate', id: row.id, name: row.commonName },
    detail: {
      serialNumber: row.serialNumber,
      fingerprint: row.sha256Fingerprint,
      authority: issuer?.row.slug ?? null,
      profile: profile.row.slug,
      policyVersion: profile.policy.version,
      keyGeneratedHere: key.source === 'generated',
      ...(!isKept && { keyKept: false }),
      ...(renewed && { renews: renewed.id }),
    },
  };
  const output = {
    id: row.id,
    orderId: row.orderId,
    serialNumber: row.serialNumber,
    notBefore: request.asked.notBefore.toISOString(),
    notAfter: request.asked.notAfter.toISOString(),
    certificate: writePem('CERTIFICATE', signed.der),
    chain: [...(issuer?.chain ?? [])],
    ...(warnings.length > 0 && { warnings }),
  };
  return { change: { statements, event }, output };
}

const renewedMeanwhile = {
  code: 'CONFLICT',
  detail: 'The certificate has been renewed by someone else meanwhile.',
  hint: 'Look at its order for the new one.',
} as const;

/** The key of a certificate that signs itself: the new one, or the one of the certificate that is renewed. */
async function ownKey({ store }: Rooms, { generated, keyId }: SubjectKey): Promise<SealedKey> {
  if (generated) return generated;
  const kept = keyId === null ? undefined : await store.keys.find(keyId);
  if (kept) return { keyId: kept.id, sealed: kept.sealed };
  throw new ChanceryError({
    code: 'CONFLICT',
    detail: 'The certificate signs itself, and its private key is not here.',
    hint: 'Renew it with a new key.',
  });
}
