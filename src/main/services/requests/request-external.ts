/** Certificates by an authority outside: the key is made here, the request goes out as a file. */

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
  signatureAlgorithmFor,
  subjectKeyIdentifier,
  writePem,
} from '../../x509/index.ts';
import { composeRequest, policyViolation } from '../certificates/compose-request.ts';
import type { Context } from '../context.ts';
import { defaultProfile, requireProfile } from '../policies/profile-in-use.ts';
import type { Rooms } from '../rooms.ts';
import { externalLeaf } from './external-leaf.ts';
import { requireRequest } from './require-request.ts';
import { keepRequest } from './submit-request.ts';

/** Checks it by the policy, makes the key, and keeps both until the certificate comes back. Throws POLICY_VIOLATION. */
export async function requestExternal(
  rooms: Rooms,
  input: ParsedInput<'requests.create'>,
  context: Context,
): Promise<RequestAccepted> {
  const { signer } = rooms;
  const now = rooms.clock();
  const profile =
    input.profile === undefined
      ? await defaultProfile(rooms, context)
      : await requireProfile(rooms, context, input.profile, input.realm);
  const composed = composeRequest(input, {
    definition: profile.definition,
    validity: profile.row.defaultValidity,
    keyAlgorithm: profile.row.defaultKeyAlgorithm as KeyAlgorithm,
    others: profile.defaults,
    issuerNotAfter: null,
    now,
  });
  const prepared = externalLeaf(profile, composed);
  const { violations, commonName } = prepared;
  if (violations.length > 0 || commonName === undefined) throw policyViolation(violations);
  const generated = await signer.generate(newId(now), composed.asked.keyAlgorithm);
  const key = { source: 'generated', spki: generated.spki, keyId: generated.keyId, generated } as const;
  const submission = {
    profile,
    prepared,
    commonName,
    key,
    fields: { metadata: input.metadata },
    approval: approvalOf(profile.definition, profile),
    csr: await signedRequest(rooms, composed.asked, generated),
  };
  return keepRequest(rooms, context, submission, now);
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
