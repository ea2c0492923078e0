import type { Input, Output, ParsedInput } from '../../../shared/operations/index.ts';
import { newId } from '../../crypto/index.ts';
import type { CertificateRow, Statement } from '../../store/index.ts';
import { writePem } from '../../x509/index.ts';
import { serialTaken } from '../authorities/build-authority.ts';
import type { Context } from '../context.ts';
import { endEntityFor } from '../end-entities/end-entity-for.ts';
import { finish } from '../finish.ts';
import { defaultProfile, type ProfileInUse, requireProfile } from '../policies/profile-in-use.ts';
import type { Rooms } from '../rooms.ts';
import { type IssueFields, policyViolation } from './compose-request.ts';
import { issuedRow } from './issued-row.ts';
import { keyInUse } from './key-in-use.ts';
import { prepareLeaf } from './prepare-leaf.ts';
import { signLeaf } from './sign-leaf.ts';

export type IssuedCertificate = Output<'certificates.issue'>;

/** Issues under the profile named, or the caller's default one. */
export async function issueCertificate(
  rooms: Rooms,
  input: ParsedInput<'certificates.issue'>,
  context: Context,
): Promise<IssuedCertificate> {
  const profile =
    input.profile === undefined
      ? await defaultProfile(rooms, context)
      : await requireProfile(rooms, context, input.profile, input.realm);
  return issueUnderProfile(rooms, context, profile, input);
}

/** A certificate that is renewed, and the last of its order, which the renewal follows. */
export interface Renewed {
  readonly row: CertificateRow;
  readonly last: CertificateRow;
}

/** Checks the request by the policy, signs exactly what was checked, and answers once that is on disk. */
export async function issueUnderProfile(
  rooms: Rooms,
  context: Context,
  profile: ProfileInUse,
  fields: Omit<Input<'certificates.issue'>, 'profile' | 'realm'> & Pick<IssueFields, 'spki'>,
  renewal?: Renewed,
): Promise<IssuedCertificate> {
  const { store, signer, clock } = rooms;
  const now = clock();
  const renewed = renewal?.row;
  const { issuer, request, commonName, violations } = await prepareLeaf(rooms, profile, fields, now);
  if (violations.length > 0 || commonName === undefined) throw policyViolation(violations);
  // A renewal is for whom its certificate was for.
  const endEntity = await endEntityFor(rooms, profile.realm, {
    id: renewed?.endEntityId ?? fields.endEntityId,
    commonName,
    organization: request.asked.subject.organization,
  });

  const key = request.spki === null ? await signer.generate(newId(now), request.asked.keyAlgorithm) : null;
  const spki = request.spki ?? key?.spki ?? new Uint8Array();
  // A list speaks of RSA keys only; keys made here are on none.
  const isForeignRsa = key === null && request.asked.keyAlgorithm.startsWith('rsa-');
  const warnings =
    request.spki === null || fields.spki
      ? []
      : keyInUse(rooms, context, profile, request.spki, endEntity.endEntityId);
  const leaf = await signLeaf(signer, issuer, request.asked, spki, {
    extensions: profile.definition.extensions,
    lint: profile.row.lint,
    isBlacklisted: isForeignRsa ? await rooms.weakKeys.lookup() : undefined,
  });
  for (const { rule, message } of leaf.warnings) warnings.push({ rule, message });
  const row = issuedRow(leaf, issuer, {
    realmId: profile.realm.id,
    commonName,
    profileId: profile.row.id,
    endEntityId: endEntity.endEntityId,
    endEntityName: endEntity.endEntityName,
    ...(renewal && { orderId: renewal.row.orderId, renewsId: renewal.last.id }),
    keyId: key?.keyId ?? (fields.spki && renewed ? renewed.keyId : null),
    metadata: fields.metadata ? JSON.stringify(fields.metadata) : (renewed?.metadata ?? null),
    ...requesterOf(context, renewed),
    now,
  });
  const statements: Statement[] = [
    store.authorities.mustBeActive(issuer.row),
    ...endEntity.statements,
    ...(key ? [store.keys.insert(key, now)] : []),
    ...(renewal ? [store.certificates.markRenewed(renewal.last.id, row.id, renewedMeanwhile)] : []),
    ...store.certificates.insert(row, serialTaken),
  ];
  const output: IssuedCertificate = {
    id: row.id,
    orderId: row.orderId,
    serialNumber: row.serialNumber,
    notBefore: request.asked.notBefore.toISOString(),
    notAfter: request.asked.notAfter.toISOString(),
    certificate: writePem('CERTIFICATE', leaf.der),
    chain: [...issuer.chain],
    ...(warnings.length > 0 && { warnings }),
    ...(key && { privateKey: signer.exportPrivateKey(key, 'pkcs8-pem') }),
  };
  const event = {
    type: renewed ? 'certificate.renewed' : 'certificate.issued',
    realm: profile.realm.id,
    subject: { kind: 'certificate', id: row.id, name: row.commonName },
    detail: {
      serialNumber: row.serialNumber,
      fingerprint: row.sha256Fingerprint,
      authority: issuer.row.slug,
      profile: profile.row.slug,
      policyVersion: profile.policy.version,
      keyGeneratedHere: key !== null,
      ...(renewed && { renews: renewed.id }),
    },
  };
  return finish(rooms, context, { statements, event }, output);
}

const renewedMeanwhile = {
  code: 'CONFLICT',
  detail: 'The certificate has been renewed by someone else meanwhile.',
  hint: 'Look at its order for the new one.',
} as const;

/** What Chancery renews by itself belongs to whoever asked for it at first. */
function requesterOf({ principal }: Context, renewed: CertificateRow | undefined) {
  if (renewed && principal.kind === 'system') {
    return { requestedBy: renewed.requestedBy, requestedById: renewed.requestedById };
  }
  return { requestedBy: principal.name, requestedById: principal.id };
}
