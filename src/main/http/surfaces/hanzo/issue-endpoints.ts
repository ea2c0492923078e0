/** Issuing and renewing. */
import { z } from 'zod';
import { ChanceryError } from '../../../../shared/errors.ts';
import { keyAlgorithmFacts, type SignatureAlgorithm } from '../../../../shared/model/algorithms.ts';
import { Id } from '../../../../shared/model/basics.ts';
import type { Perform } from '../../perform-operation.ts';
import { issueFieldsOf } from './attributes.ts';
import { endpoint } from './endpoint.ts';
import { keyAlgorithmWords, requestStatuses, signatureAlgorithmWords } from './enumerations.ts';
import { badRequest, forbidden } from './hanzo-error.ts';
import { IssuedFields, issuedFields } from './issued.ts';
import { Attributes, byId, isTrue, MetadataEntries, none, RemoveRoots } from './shapes.ts';

const tag = 'Hanzo KMS certificates';
const waiting = 'Certificate request is pending approval';
const requestId = Id.describe('To be polled; of a certificate that was issued at once, its own id');

/** The issuer signs as it does: what asks for another way is refused, for it could not be had. */
async function requireSignature(
  perform: Perform,
  profileId: string,
  { signatureAlgorithm, keyAlgorithm }: Attributes,
): Promise<void> {
  if (!signatureAlgorithm) return;
  const profile = await perform('profiles.show', { id: profileId });
  const ownKey = keyAlgorithm ? keyAlgorithmWords.ours(keyAlgorithm) : profile.defaultKeyAlgorithm;
  const used: SignatureAlgorithm =
    profile.issuer === null
      ? keyAlgorithmFacts[ownKey].signatureAlgorithms[0]
      : (await perform('authorities.show', { id: profile.issuer })).signatureAlgorithm;
  if (used === signatureAlgorithmWords.ours(signatureAlgorithm)) return;
  const signs = signatureAlgorithmWords.theirs(used);
  throw badRequest(`The issuer of this profile signs with ${signs}, not with ${signatureAlgorithm}.`);
}

const issue = endpoint({
  operationId: 'hanzo.createCertificate',
  tag,
  summary: 'Issue a certificate',
  description:
    'With a key generated here, or for the key of a request (PKCS#10). Where somebody has to approve it, certificate is null and certificateRequestId is to be polled. What is given beside a request replaces what it asks for.',
  method: 'POST',
  path: '/certificates',
  params: none,
  query: none,
  body: z.strictObject({
    profileId: Id,
    csr: z.string().trim().min(1).max(100_000).optional().describe('PKCS#10 as PEM'),
    attributes: Attributes.optional(),
    removeRootsFromChain: RemoveRoots,
    metadata: MetadataEntries.optional(),
  }),
  output: z.strictObject({
    certificate: IssuedFields.nullable(),
    certificateRequestId: requestId,
    status: z.enum(requestStatuses),
    message: z.string().optional(),
  }),
  notFound: 'Certificate profile not found',
  run: async ({ body, perform }) => {
    const { profileId, csr, attributes = {}, metadata } = body;
    await requireSignature(perform, profileId, attributes);
    const answer = await perform('certificates.issue', {
      ...issueFieldsOf(attributes),
      profile: profileId,
      csr,
      metadata: metadata && Object.fromEntries(metadata.map(({ key, value }) => [key, value])),
    });
    if ('requestId' in answer) {
      const { requestId: certificateRequestId } = answer;
      return {
        certificate: null,
        certificateRequestId,
        status: 'pending_approval' as const,
        message: waiting,
      };
    }
    const certificate = issuedFields(answer, isTrue(body.removeRootsFromChain));
    return { certificate, certificateRequestId: answer.id, status: 'issued' as const };
  },
});

/** How long a renewal lasts: as long as its certificate, to the second. */
function sameSpan({
  notBefore,
  notAfter,
}: {
  readonly notBefore: string;
  readonly notAfter: string;
}): string {
  // Both ends are part of the validity (RFC 5280 section 4.1.2.5).
  return `PT${(Date.parse(notAfter) - Date.parse(notBefore)) / 1000 + 1}S`;
}

const renew = endpoint({
  operationId: 'hanzo.renewCertificate',
  tag,
  summary: 'Renew a certificate that was issued without a request',
  description:
    'A new key, which is answered; the same names, for as long. The old certificate stays valid. One that was issued for the key of a request cannot be renewed here: issue a new one, or renew it by /api/v1/certificates/{id}/renew. Where somebody has to approve it, the texts are empty and certificateRequestId is to be polled.',
  method: 'POST',
  path: '/certificates/{id}/renew',
  params: byId,
  query: none,
  body: z.strictObject({ removeRootsFromChain: RemoveRoots }),
  output: z.strictObject({
    ...IssuedFields.shape,
    certificateId: z.union([Id, z.literal('')]),
    certificateRequestId: requestId,
    status: z.enum(requestStatuses),
    message: z.string().optional(),
  }),
  notFound: 'Certificate not found',
  run: async ({ params: { id }, body, perform }) => {
    const renewed = await perform('certificates.show', { id });
    if (renewed.profile === null) throw forbidden('Only certificates issued from a profile can be renewed');
    if (!renewed.hasPrivateKey) {
      throw forbidden(
        'Certificate is not eligible for renewal: certificates issued from CSR (external private key) cannot be renewed',
      );
    }
    const answer = await perform('certificates.renew', { id, validity: sameSpan(renewed) }).catch(
      notEligible,
    );
    if ('requestId' in answer) {
      return {
        ...{ certificate: '', issuingCaCertificate: '', certificateChain: '', serialNumber: '' },
        ...{ certificateId: '', certificateRequestId: answer.requestId },
        ...{ status: 'pending_approval' as const, message: waiting },
      };
    }
    const fields = issuedFields(answer, isTrue(body.removeRootsFromChain));
    return { ...fields, certificateRequestId: answer.id, status: 'issued' as const };
  },
});

/** The reasons that a refused renewal names, after the words that scripts look for. */
function notEligible(error: unknown): never {
  if (!(error instanceof ChanceryError) || error.code !== 'CONFLICT') throw error;
  const { reasons } = error.data ?? {};
  const all = Array.isArray(reasons) ? reasons.map(({ message }: { message: string }) => message) : [];
  throw badRequest(
    `Certificate is not eligible for renewal: ${all.length > 0 ? all.join(', ') : error.detail}`,
  );
}

export const issueEndpoints = [issue, renew];
