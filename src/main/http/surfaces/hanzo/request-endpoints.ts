/** Requests that wait for an approval, or for an authority outside. */
import { z } from 'zod';
import { ChanceryError } from '../../../../shared/errors.ts';
import { Id, Timestamp } from '../../../../shared/model/basics.ts';
import type { Output } from '../../../../shared/operations/index.ts';
import { entityTag, taggedResponse } from '../../etag.ts';
import type { Perform } from '../../perform-operation.ts';
import { endpoint, type HanzoCall } from './endpoint.ts';
import { requestStatuses, requestStatusOf } from './enumerations.ts';
import { collectByOffset } from './offset-page.ts';
import { privateKeyIfAny } from './private-key.ts';
import { BasicConstraints, MetadataEntries, none, pageByOffset } from './shapes.ts';

const tag = 'Hanzo KMS certificate requests';
const Status = z.enum(requestStatuses).meta({
  id: 'HanzoRequestStatus',
  description: 'rejected stands for cancelled and expired too, which errorMessage tells apart.',
});
const byRequestId = z.strictObject({ requestId: Id });
const text = z.string().nullable();

const Polled = z
  .strictObject({
    status: Status,
    certificate: text.describe('PEM'),
    certificateId: Id.nullable(),
    privateKey: text.describe('PEM (PKCS#8), where it was generated here and the caller may have it'),
    serialNumber: text,
    errorMessage: text,
    commonName: text,
    organization: text,
    organizationalUnit: text,
    country: text,
    state: text,
    locality: text,
    domainComponents: z.array(z.string()).nullable(),
    basicConstraints: BasicConstraints.nullable(),
    metadata: MetadataEntries,
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'HanzoCertificateRequest' });
type Polled = z.infer<typeof Polled>;

type Detail = Output<'requests.show'>;
type Call = Pick<HanzoCall<z.ZodObject, z.ZodObject, z.ZodObject>, 'perform' | 'principal' | 'request'>;

const entriesOf = (metadata: Readonly<Record<string, string>>) =>
  Object.entries(metadata).map(([key, value]) => ({ key, value }));

function subjectTexts(subject: Detail['asked']['subject']) {
  const { commonName = null, organization = null, organizationalUnit = null } = subject;
  const { country = null, state = null, locality = null, domainComponent = null } = subject;
  const domainComponents = domainComponent;
  return { commonName, organization, organizationalUnit, country, state, locality, domainComponents };
}

/** Why it was not issued; a request that was taken back or ran out says so. */
export function errorMessageOf({ status, error }: Pick<Detail, 'status' | 'error'>): string | null {
  if (status === 'cancelled')
    return error === null ? 'The request was cancelled.' : `The request was cancelled: ${error}`;
  if (status === 'expired') return error ?? 'The request has expired.';
  return error;
}

/** A certificate that was issued at once goes by its own id where a request is polled. */
async function fromCertificate(id: string, call: Call): Promise<Polled> {
  const found = await call.perform('certificates.show', { id });
  const { isCa, pathLength } = found;
  return {
    status: 'issued',
    certificate: found.certificate,
    certificateId: found.id,
    privateKey: await keyOf(found, call),
    serialNumber: found.serialNumber,
    errorMessage: null,
    ...subjectTexts(found.subjectAttributes),
    basicConstraints: { isCA: isCa, ...(pathLength !== null && { pathLength }) },
    metadata: entriesOf(found.metadata),
    createdAt: found.createdAt,
    updatedAt: found.revokedAt ?? found.createdAt,
  };
}

/** HEAD hands nothing over, so that it takes nothing away. */
async function keyOf(certificate: Output<'certificates.show'>, { perform, principal, request }: Call) {
  if (request.method !== 'GET') return null;
  return privateKeyIfAny(perform, principal, certificate, 'polled as a certificate request');
}

/** The key waits for who asked until the first answer that holds it; later ones hold it where it is kept. */
async function keyOfRequest(
  { id, privateKey, isMine }: Detail,
  certificate: Output<'certificates.show'>,
  call: Call,
) {
  if (privateKey === 'none') return null;
  if (privateKey === 'collected' || !isMine || call.request.method !== 'GET') return keyOf(certificate, call);
  return (await call.perform('requests.collect', { id })).privateKey ?? null;
}

async function fromRequest(detail: Detail, call: Call): Promise<Polled> {
  const { asked, certificateId } = detail;
  const issued =
    certificateId === null ? null : await call.perform('certificates.show', { id: certificateId });
  return {
    status: requestStatusOf[detail.status],
    certificate: detail.certificate,
    certificateId,
    privateKey: issued && (await keyOfRequest(detail, issued, call)),
    serialNumber: issued?.serialNumber ?? null,
    errorMessage: errorMessageOf(detail),
    ...subjectTexts(asked.subject),
    basicConstraints: { isCA: asked.isCa },
    metadata: entriesOf(asked.metadata ?? {}),
    createdAt: detail.createdAt,
    updatedAt: detail.decidedAt ?? detail.createdAt,
  };
}

async function findRequest(perform: Perform, id: string): Promise<Detail | undefined> {
  try {
    return await perform('requests.show', { id });
  } catch (error) {
    if (error instanceof ChanceryError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

const poll = endpoint({
  operationId: 'hanzo.getCertificateRequest',
  tag,
  summary: 'Ask what became of a certificate request',
  description:
    'While it waits, Retry-After says when to ask again, and If-None-Match with the ETag spares the answer. The private key is in the first answer to who asked, and in later ones where it is kept here.',
  method: 'GET',
  path: '/certificates/certificate-requests/{requestId}',
  params: byRequestId,
  query: none,
  body: none,
  output: Polled,
  notFound: 'Certificate request not found',
  run: async ({ params: { requestId }, ...call }) => {
    const detail = await findRequest(call.perform, requestId);
    if (!detail) return fromCertificate(requestId, call);
    const answer = await fromRequest(detail, call);
    if (detail.retryAfterSeconds === null) return answer;
    const body = JSON.stringify(answer);
    const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    headers.set('retry-after', String(detail.retryAfterSeconds));
    return taggedResponse(call.request, body, entityTag(body), headers);
  },
});

const cancel = endpoint({
  operationId: 'hanzo.cancelCertificateRequest',
  tag,
  summary: 'Cancel a certificate request that waits',
  method: 'POST',
  path: '/certificates/certificate-requests/{requestId}/cancel',
  params: byRequestId,
  query: none,
  body: none,
  output: z.strictObject({ status: Status, cancelled: z.boolean(), errorMessage: text }),
  notFound: 'Certificate request not found',
  run: async ({ params: { requestId: id }, perform }) => {
    const request = await perform('requests.cancel', { id });
    const errorMessage = errorMessageOf(request);
    return {
      status: requestStatusOf[request.status],
      cancelled: request.status === 'cancelled',
      errorMessage,
    };
  },
});

const Listed = z.strictObject({
  id: Id,
  status: Status,
  commonName: text,
  profileName: text,
  certificateId: Id.nullable(),
  errorMessage: text,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

const search = endpoint({
  operationId: 'hanzo.searchCertificateRequests',
  tag,
  summary: 'Search certificate requests, the newest first',
  description: 'An API client finds its own. Certificates that were issued at once are no requests.',
  method: 'POST',
  path: '/certificates/certificate-requests/search',
  params: none,
  query: none,
  body: z.strictObject({
    ...pageByOffset,
    search: z.string().trim().max(200).optional(),
    status: Status.optional(),
  }),
  output: z.strictObject({ certificateRequests: z.array(Listed), totalCount: z.int() }),
  run: async ({ body: { offset, limit, search: words, status }, perform }) => {
    // Where two of our statuses are one there, all of them are looked through.
    const wanted = Object.entries(requestStatusOf).filter(([, theirs]) => theirs === status);
    const only = wanted.length === 1 ? (wanted[0]?.[0] as Detail['status']) : undefined;
    const found = await collectByOffset(
      { offset, limit },
      (page) =>
        perform('requests.list', { ...page, ...(words && { search: words }), ...(only && { status: only }) }),
      (request) => status === undefined || requestStatusOf[request.status] === status,
    );
    return {
      certificateRequests: found.items.map((request) => ({
        id: request.id,
        status: requestStatusOf[request.status],
        commonName: request.commonName,
        profileName: request.profile,
        certificateId: request.certificateId,
        errorMessage: errorMessageOf(request),
        createdAt: request.createdAt,
        updatedAt: request.decidedAt ?? request.createdAt,
      })),
      totalCount: found.total,
    };
  },
});

export const requestEndpoints = [search, poll, cancel];
