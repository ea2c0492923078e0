/** Builds OCSP responses (RFC 6960 section 4.2): the part to be signed, and the whole around its signature. */
import { ChanceryError } from '../../../shared/errors.ts';
import type { RevocationReason } from '../../../shared/model/names.ts';
import { crlReasons } from '../crl/reason-flags.ts';
import { contextGroup, contextValue, tags } from '../der/der-tags.ts';
import { writeGeneralizedTime } from '../der/der-time.ts';
import { type DerWriter, writeDer } from '../der/der-writer.ts';
import { type SignatureAlgorithm, signatureAlgorithmIdentifiers } from '../public-key/signature-algorithm.ts';
import { responderKeyHash } from './cert-id.ts';
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
  /** The responder's key, by whose hash it names itself. */
  readonly responderSpki: Uint8Array;
  readonly producedAt: Date;
  readonly statuses: readonly CertificateStatus[];
  readonly nonce?: Uint8Array | undefined;
}

const encodedBasicOid = writeDer((writer) => writer.objectIdentifier('1.3.6.1.5.5.7.48.1.1'));
const reasonCodes = new Map([...crlReasons].map(([code, reason]) => [reason, code]));

/** DER of a ResponseData, which is what the responder signs; throws INVALID_INPUT when it would say nothing. */
export function buildTbsOcspResponse(fields: OcspResponseFields): Uint8Array {
  if (fields.statuses.length === 0) {
    throw new ChanceryError({ code: 'INVALID_INPUT', detail: 'An OCSP response holds at least one status.' });
  }
  return writeDer((writer) =>
    writer.sequence(() => {
      writer.group(contextGroup(2), () => writer.octetString(responderKeyHash(fields.responderSpki)));
      writeGeneralizedTime(writer, fields.producedAt);
      writer.sequence(() => {
        for (const status of fields.statuses) writeStatus(writer, status);
      });
      const { nonce } = fields;
      if (nonce !== undefined) {
        writer.group(contextGroup(1), () => writer.sequence(() => writeNonce(writer, nonce)));
      }
    }),
  );
}

function writeStatus(
  writer: DerWriter,
  { certIdDer, status, thisUpdate, nextUpdate }: CertificateStatus,
): void {
  writer.sequence(() => {
    writer.raw(certIdDer);
    if (status === 'good') writer.value(contextValue(0), new Uint8Array());
    else if (status === 'unknown') writer.value(contextValue(2), new Uint8Array());
    else {
      const code = status.reason === undefined ? 0 : (reasonCodes.get(status.reason) ?? 0);
      writer.group(contextGroup(1), () => {
        writeGeneralizedTime(writer, status.revokedAt);
        // As in CRLs, unspecified is not written (RFC 5280 section 5.3.1).
        if (code !== 0) writer.group(contextGroup(0), () => writer.integer(code, tags.enumerated));
      });
    }
    writeGeneralizedTime(writer, thisUpdate);
    if (nextUpdate !== undefined) {
      writer.group(contextGroup(0), () => writeGeneralizedTime(writer, nextUpdate));
    }
  });
}

/** The DER of a successful OCSPResponse around what was signed, with the delegated signer's certificate. */
export function assembleOcspResponse(
  tbs: Uint8Array,
  algorithm: SignatureAlgorithm,
  signature: Uint8Array,
  certificates: readonly Uint8Array[] = [],
): Uint8Array {
  return writeDer((writer) =>
    writer.sequence(() => {
      writer.integer(0, tags.enumerated);
      writer.group(contextGroup(0), () =>
        writer.sequence(() => {
          writer.raw(encodedBasicOid);
          writer.group(tags.octetString, () =>
            writer.sequence(() => {
              writer.raw(tbs).raw(signatureAlgorithmIdentifiers[algorithm]).bitString(signature);
              if (certificates.length === 0) return;
              writer.group(contextGroup(0), () =>
                writer.sequence(() => {
                  for (const certificate of certificates) writer.raw(certificate);
                }),
              );
            }),
          );
        }),
      );
    }),
  );
}

/** The DER of a response that only says why there is none; it is not signed (section 2.3). */
export function buildOcspError(status: OcspErrorStatus): Uint8Array {
  const code = [...ocspStatuses].find(([, name]) => name === status)?.[0] ?? 2;
  return writeDer((writer) => writer.sequence(() => writer.integer(code, tags.enumerated)));
}
