/** Reads OCSP responses strictly (RFC 6960 section 4.2); whom to believe is decided in validation/. */

import { type CrlReason, crlReasons } from '../crl/reason-flags.ts';
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { contextGroup, contextValue, tags } from '../der/der-tags.ts';
import { readTime } from '../der/der-time.ts';
import { readExtensions } from '../extensions/read-extensions.ts';
import { canonicalKey, canonicalName } from '../names/canonical-name.ts';
import { readName } from '../names/parse-name.ts';
import { readAlgorithmIdentifier } from '../public-key/algorithm-identifier.ts';
import { type CertId, readCertId } from './cert-id.ts';
import { readNonce } from './nonce.ts';
import { type OcspErrorStatus, ocspStatuses } from './ocsp-status.ts';

export interface SingleResponse {
  readonly certId: CertId;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revokedAt: Date | undefined;
  readonly reason: CrlReason | undefined;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly unknownCriticalOid: string | undefined;
}

export interface BasicOcspResponse {
  /** The part that the responder signed. */
  readonly tbs: Uint8Array;
  /** By name (its key, see canonicalKeyOf) or by the SHA-1 of its key. */
  readonly responder: { readonly nameKey: string } | { readonly keyHash: Uint8Array };
  readonly producedAt: Date;
  readonly responses: readonly SingleResponse[];
  readonly nonce: Uint8Array | undefined;
  readonly unknownCriticalOid: string | undefined;
  readonly signatureAlgorithmDer: Uint8Array;
  readonly signature: Uint8Array;
  /** Certificates in DER that came with it, unchecked. */
  readonly certificates: readonly Uint8Array[];
}

export type OcspResponse =
  | { readonly status: 'successful'; readonly basic: BasicOcspResponse }
  | { readonly status: OcspErrorStatus };

const format: DerFormat = { code: 'INVALID_INPUT', name: 'OCSP response', maxBytes: 1_048_576 };
const basicResponseOid = '1.3.6.1.5.5.7.48.1.1';

/** Reads a response; throws INVALID_INPUT, saying what is wrong and where. */
export function readOcspResponse(der: Uint8Array): OcspResponse {
  const root = DerReader.open(der, format);
  const outer = root.enter(tags.sequence, 'response');
  root.finish('the response');
  outer.checkStructure();
  const code = outer.smallInteger('status', tags.enumerated);
  const status = ocspStatuses.get(code) ?? outer.fail(`its status ${code} does not exist`);
  const holder = outer.enterIf(contextGroup(0), 'response bytes');
  outer.finish('the response');
  if (status !== 'successful') return { status };
  if (holder === undefined) return outer.fail('it is successful but says nothing');
  const bytes = holder.enter(tags.sequence, 'response bytes');
  const type = bytes.objectIdentifier('response type');
  if (type !== basicResponseOid) bytes.fail(`its type ${type} is not known`);
  const content = bytes.enter(tags.octetString, 'basic response');
  const basic = content.enter(tags.sequence, 'basic response');
  content.finish('basic response');
  basic.checkStructure();
  return { status, basic: readBasicResponse(basic) };
}

function readBasicResponse(basic: DerReader): BasicOcspResponse {
  const tbs = basic.enter(tags.sequence, 'response data');
  const algorithm = readAlgorithmIdentifier(basic, 'signature algorithm');
  const signature = basic.bitString('signature');
  const certificates: Uint8Array[] = [];
  const holder = basic.enterIf(contextGroup(0), 'certificates');
  const list = holder?.enter(tags.sequence, 'certificates');
  while (list !== undefined && !list.isEmpty) certificates.push(list.element('a certificate'));
  basic.finish('the basic response');

  const version = tbs.enterIf(contextGroup(0), 'version');
  if (version !== undefined && version.smallInteger('version') !== 0) tbs.fail('its version is not 1');
  const responder = readResponder(tbs);
  const producedAt = readGeneralizedTime(tbs, 'producedAt');
  const items = tbs.enter(tags.sequence, 'responses');
  const responses: SingleResponse[] = [];
  while (!items.isEmpty) responses.push(readSingleResponse(items.enter(tags.sequence, 'a single response')));
  const extensions = tbs.enterIf(contextGroup(1), 'extensions');
  tbs.finish('the response data');
  return {
    tbs: tbs.encoded,
    responder,
    producedAt,
    responses,
    ...readNonce(extensions === undefined ? [] : readExtensions(extensions)),
    signatureAlgorithmDer: algorithm.encoded,
    signature,
    certificates,
  };
}

function readResponder(tbs: DerReader): BasicOcspResponse['responder'] {
  const byName = tbs.enterIf(contextGroup(1), 'responder');
  if (byName !== undefined) return { nameKey: canonicalKey(canonicalName(readName(byName, 'responder'))) };
  const byKey = tbs.enter(contextGroup(2), 'responder');
  const keyHash = byKey.octetString('responder');
  byKey.finish('responder');
  return { keyHash };
}

function readSingleResponse(item: DerReader): SingleResponse {
  const certId = readCertId(item);
  const status = readStatus(item);
  const thisUpdate = readGeneralizedTime(item, 'thisUpdate');
  const next = item.enterIf(contextGroup(0), 'nextUpdate');
  const nextUpdate = next && readGeneralizedTime(next, 'nextUpdate');
  const holder = item.enterIf(contextGroup(1), 'extensions');
  const extensions = holder === undefined ? [] : readExtensions(holder);
  item.finish('a single response');
  const unknownCriticalOid = extensions.find(({ critical }) => critical)?.oid;
  return { certId, ...status, thisUpdate, nextUpdate, unknownCriticalOid };
}

function readStatus(item: DerReader): Pick<SingleResponse, 'status' | 'revokedAt' | 'reason'> {
  const unrevoked = item.peek() === contextValue(0) ? 'good' : 'unknown';
  if (item.peek() !== contextGroup(1)) {
    const tag = contextValue(unrevoked === 'good' ? 0 : 2);
    if (item.content(tag, 'status').length > 0) item.fail('a status has content');
    return { status: unrevoked, revokedAt: undefined, reason: undefined };
  }
  const revoked = item.enter(contextGroup(1), 'status');
  const revokedAt = readGeneralizedTime(revoked, 'revocationTime');
  const holder = revoked.enterIf(contextGroup(0), 'revocationReason');
  const reason = holder && crlReasons.get(holder.smallInteger('revocationReason', tags.enumerated));
  if (holder !== undefined && reason === undefined) holder.fail('a reason is none of RFC 5280');
  revoked.finish('status');
  return { status: 'revoked', revokedAt, reason };
}

function readGeneralizedTime(reader: DerReader, what: string): Date {
  if (reader.peek() !== tags.generalizedTime) reader.fail(`${what} is not a GeneralizedTime`);
  return readTime(reader, what);
}
