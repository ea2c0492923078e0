/** Builds OCSP responses (RFC 6960 section 4.2): the part to be signed, and the whole around its signature. */
import { ChanceryError } from '../../../shared/errors.ts';
import type { RevocationReason } from '../../../shared/model/names.ts';
import { crlReasons } from '../crl/reason-flags.ts';
import { contextGroup, contextValue, tags } from '../der/der-tags.ts';
import { writeGeneralizedTime } from '../der/der-time.ts';
import { DerWriter, putHeader, withHeader, writeDer } from '../der/der-writer.ts';
import { type SignatureAlgorithm, signatureAlgorithmIdentifiers } from '../public-key/signature-algorithm.ts';
import { writeNonce } from './nonce.ts';
import { type OcspErrorStatus, ocspStatuses } from './ocsp-status.ts';

export interface CertificateStatus {
  /** The CertID as the client wrote it, so that it finds it again. */
  readonly certIdDer: Uint8Array;
  readonly status:
    | 'good'
    | 'unknown'
    | { readonly revokedAt: Date; readonly reason?: RevocationReason | undefined };
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date | undefined;
}

export interface OcspResponseFields {
  /** By which the responder names itself; see responderKeyHash. */
  readonly responderKeyHash: Uint8Array;
  readonly producedAt: Date;
  readonly statuses: readonly CertificateStatus[];
  readonly nonce?: Uint8Array | undefined;
}

const encodedBasicOid = writeDer((writer) => writer.objectIdentifier('1.3.6.1.5.5.7.48.1.1'));
const reasonCodes = new Map([...crlReasons].map(([code, reason]) => [reason, code]));

/** Kept between calls: nothing here waits, so no two are ever written at once. */
const kept = new DerWriter(4096);

/** DER of a ResponseData, which is what the responder signs; throws INVALID_INPUT when it would say nothing. */
export function buildTbsOcspResponse(fields: OcspResponseFields): Uint8Array {
  const { statuses, nonce } = fields;
  if (statuses.length === 0) {
    throw new ChanceryError({ code: 'INVALID_INPUT', detail: 'An OCSP response holds at least one status.' });
  }
  const writer = kept.clear();
  return writer
    .sequence(() => {
      writer.group(contextGroup(2), () => writer.octetString(fields.responderKeyHash));
      writer.raw(encodedTime(fields.producedAt));
      writer.sequence(() => {
        for (const status of statuses) writeStatus(writer, status);
      });
      if (nonce !== undefined) {
        writer.group(contextGroup(1), () => writer.sequence(() => writeNonce(writer, nonce)));
      }
    })
    .finish();
}

function writeStatus(
  writer: DerWriter,
  { certIdDer, status, thisUpdate, nextUpdate }: CertificateStatus,
): void {
  writer.sequence(() => {
    writer.raw(certIdDer);
    if (status === 'good') writer.raw(good);
    else if (status === 'unknown') writer.raw(unknown);
    else {
      const code = status.reason === undefined ? 0 : (reasonCodes.get(status.reason) ?? 0);
      writer.group(contextGroup(1), () => {
        writeGeneralizedTime(writer, status.revokedAt);
        // As in CRLs, unspecified is not written (RFC 5280 section 5.3.1).
        if (code !== 0) writer.group(contextGroup(0), () => writer.integer(code, tags.enumerated));
      });
    }
    writer.raw(encodedTime(thisUpdate));
    if (nextUpdate !== undefined) writer.group(contextGroup(0), () => writer.raw(encodedTime(nextUpdate)));
  });
}

const good = Uint8Array.of(contextValue(0), 0);
const unknown = Uint8Array.of(contextValue(2), 0);

/** Answers of the same second have the same times. */
const recentTimes = new Map<number, Uint8Array>();
const mostRecentTimes = 8;

function encodedTime(time: Date): Uint8Array {
  const known = recentTimes.get(time.getTime());
  if (known) return known;
  const encoded = writeDer((writer) => writeGeneralizedTime(writer, time));
  if (recentTimes.size >= mostRecentTimes) recentTimes.clear();
  recentTimes.set(time.getTime(), encoded);
  return encoded;
}

/**
 * The DER of a successful OCSPResponse around what was signed, with the delegated signer's certificate. The
 * lengths of its six levels are known from the inside out, so that nothing is moved.
 */
export function assembleOcspResponse(
  tbs: Uint8Array,
  algorithm: SignatureAlgorithm,
  signature: Uint8Array,
  certificates: readonly Uint8Array[] = [],
): Uint8Array {
  const algorithmDer = signatureAlgorithmIdentifiers[algorithm];
  const certificateBytes = bytesOf(certificates);
  const list = certificateBytes === 0 ? 0 : withHeader(certificateBytes);
  const signatureBytes = signature.length + 1;
  const basicContent =
    tbs.length + algorithmDer.length + withHeader(signatureBytes) + (list === 0 ? 0 : withHeader(list));
  const basic = withHeader(basicContent);
  const typed = encodedBasicOid.length + withHeader(basic);
  const whole = successful.length + withHeader(withHeader(typed));
  const response = Buffer.allocUnsafe(withHeader(whole));
  let at = 0;
  const header = (tag: number, length: number) => {
    at = putHeader(response, at, tag, length);
  };
  const raw = (bytes: Uint8Array) => {
    response.set(bytes, at);
    at += bytes.length;
  };
  header(tags.sequence, whole);
  raw(successful);
  header(contextGroup(0), withHeader(typed));
  header(tags.sequence, typed);
  raw(encodedBasicOid);
  header(tags.octetString, basic);
  header(tags.sequence, basicContent);
  raw(tbs);
  raw(algorithmDer);
  header(tags.bitString, signatureBytes);
  // Of the last byte of a signature all bits count.
  response[at] = 0;
  at += 1;
  raw(signature);
  if (list > 0) {
    header(contextGroup(0), list);
    header(tags.sequence, certificateBytes);
    for (const certificate of certificates) raw(certificate);
  }
  return response;
}

const successful = Uint8Array.of(tags.enumerated, 1, 0);

function bytesOf(parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts) sum += part.length;
  return sum;
}

/** The DER of a response that only says why there is none; it is not signed (section 2.3). */
export function buildOcspError(status: OcspErrorStatus): Uint8Array {
  const code = [...ocspStatuses].find(([, name]) => name === status)?.[0] ?? 2;
  return writeDer((writer) => writer.sequence(() => writer.integer(code, tags.enumerated)));
}
