/** Certificates by an authority outside: the key is made here or came as a CSR, the request goes out as a file. */

import { ChanceryError } from '../../../shared/errors.ts';
import type { KeyAlgorithm } from '../../../shared/model/algorithms.ts';
import type { FileContent } from '../../../shared/model/basics.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { RequestAccepted } from '../../../shared/operations/issued-certificate.ts';
import { newId } from '../../crypto/index.ts';
import { type AskedCertificate, approvalOf } from '../../domain/index.ts';
import type { StoredKey } from '../../keys/index.ts';
import {
  assembleSigned,
  buildCertificationRequest,
  encodeName,
  readCsr,
  signatureAlgorithmFor,
  subjectKeyIdentifier,
  writePem,
} from '../../x509/index.ts';
import { composeRequest, policyViolation } from '../certificates/compose-request.ts';
import { keyInUse } from '../certificates/key-in-use.ts';
import type { Context } from '../context.ts';
import { endEntityFor } from '../end-entities/end-entity-for.ts';
import { defaultProfile, type ProfileInUse, requireProfile } from '../policies/profile-in-use.ts';
import type { Rooms } from '../rooms.ts';
import { externalLeaf } from './external-leaf.ts';
import { requireRequest } from './require-request.ts';
import { keepRequest, type Submission } from './submit-request.ts';

/**
 * Checks it by the policy, makes the key unless a CSR brings one, and keeps both until the certificate comes back.
 * Throws POLICY_VIOLATION, INVALID_CSR, LINT_FAILED for a key that is in use.
 */
export async function requestExternal(
  rooms: Rooms,
  input: ParsedInput<'requests.create'>,
  context: Context,
): Promise<RequestAccepted> {
  const now = rooms.clock();
  requireAllInCsr(input);
  const profile =
    input.profile === undefined
      ? await defaultProfile(rooms, context)
      : await requireProfile(rooms, context, input.profile, input.realm);
  const composed = composeRequest(input, {
    definition: profile.definition,
    validity: profile.row.defaultValidity,
    keyAlgorithm: profile.row.defaultKeyAlgorithm as KeyAlgorithm,
    // Nothing is filled into what somebody else has signed.
    others: input.csr === undefined ? profile.defaults : undefined,
    issuerNotAfter: null,
    now,
  });
  const prepared = externalLeaf(profile, composed);
  const { violations, commonName } = prepared;
  if (violations.length > 0 || commonName === undefined) throw policyViolation(violations);
  const made =
    input.csr === undefined
      ? await withNewKey(rooms, composed.asked, now)
      : await withGivenKey(rooms, context, profile, input.csr, commonName);
  const submission = {
    ...made,
    profile,
    prepared,
    commonName,
    fields: { csr: input.csr, metadata: input.metadata },
    approval: approvalOf(profile.definition, profile),
  };
  return keepRequest(rooms, context, submission, now);
}

/** What goes out is signed already: nothing that stands beside it would be in it. Throws INVALID_INPUT. */
function requireAllInCsr({
  csr,
  profile: _profile,
  realm: _realm,
  metadata: _metadata,
  ...beside
}: ParsedInput<'requests.create'>): void {
  const [field] = Object.entries(beside).find(([, value]) => value !== undefined) ?? [];
  if (csr === undefined || field === undefined) return;
  const message = 'The CSR goes out as it is, so nothing of the certificate can be said beside it.';
  throw new ChanceryError({
    code: 'INVALID_INPUT',
    detail: message,
    violations: [{ path: [field], rule: 'csr.alone', message }],
  });
}

type Made = Pick<Submission, 'key' | 'csr'>;

async function withNewKey(rooms: Rooms, asked: AskedCertificate, now: Date): Promise<Made> {
  const generated = await rooms.signer.generate(newId(now), asked.keyAlgorithm);
  const key = { source: 'generated', spki: generated.spki, keyId: generated.keyId, generated } as const;
  return { key, csr: await signedRequest(rooms, asked, generated) };
}

async function withGivenKey(
  rooms: Rooms,
  context: Context,
  profile: ProfileInUse,
  text: string,
  commonName: string,
): Promise<Made> {
  const { der, spki } = readCsr(text);
  const { endEntityId } = await endEntityFor(rooms, profile.realm, { commonName });
  keyInUse(rooms, context, profile, spki, endEntityId);
  return { key: { source: 'csr', spki, keyId: null }, csr: der };
}

/** The request as a file, for the authority outside. Throws CONFLICT before it is approved. */
export async function requestCsr(
  rooms: Rooms,
  { id, format }: ParsedInput<'requests.csr'>,
  context: Context,
): Promise<FileContent> {
  const row = await requireRequest(rooms, context, id);
  if (row.csr === null) {
    throw new ChanceryError({
      code: 'CONFLICT',
      detail: 'The request is not for an authority outside, so there is no file of it.',
    });
  }
  if (row.status !== 'approved' && row.status !== 'issued') {
    const reason = row.status === 'pending_approval' ? 'not approved yet' : row.status;
    throw new ChanceryError({ code: 'CONFLICT', detail: `The request is ${reason}.` });
  }
  const isDer = format === 'der';
  const name = row.commonName.replace(/[^A-Za-z0-9.-]+/g, '_').replace(/^[._]+/, '') || row.id;
  return {
    fileName: `${name}.${isDer ? 'p10' : 'csr.pem'}`,
    mediaType: isDer ? 'application/pkcs10' : 'application/x-pem-file',
    contentBase64: Buffer.from(isDer ? row.csr : writePem('CERTIFICATE REQUEST', row.csr)).toString('base64'),
  };
}

/** RFC 2986, signed by its own key. */
async function signedRequest(
  { signer }: Rooms,
  asked: AskedCertificate,
  key: StoredKey,
): Promise<Uint8Array> {
  const { subject, subjectAltNames, keyUsages, extendedKeyUsages, keyAlgorithm } = asked;
  const info = buildCertificationRequest({
    subjectDer: encodeName(subject),
    spki: key.spki,
    extensions: {
      keyUsages,
      extendedKeyUsages,
      ...(subjectAltNames.length > 0 && { subjectAltNames }),
      subjectKeyIdentifier: subjectKeyIdentifier(key.spki),
      ...(asked.isCa && { basicConstraints: { ca: true, pathLength: asked.pathLength } }),
    },
  });
  const algorithm = signatureAlgorithmFor(keyAlgorithm);
  return assembleSigned(info, algorithm, await signer.signOnce(key, info, algorithm));
}
