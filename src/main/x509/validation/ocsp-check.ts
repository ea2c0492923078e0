/** A certificate's status by the OCSP responses at hand (RFC 6960 sections 3.2 and 4.2.2.2). */

import { extensionOids } from '../extensions/extension-oids.ts';
import { type CertIdFields, isCertIdOf, responderKeyHash } from '../ocsp/cert-id.ts';
import type { BasicOcspResponse, SingleResponse } from '../ocsp/read-ocsp-response.ts';
import { type PathCertificate, readPathCertificate } from './path-certificate.ts';
import type { RevocationStatus } from './revocation-status.ts';
import type { SignatureChecks } from './signature-checks.ts';
import type { PathIssuer } from './validate-path.ts';

export interface OcspCheckContext {
  readonly responses: readonly BasicOcspResponse[];
  readonly time: Date;
  readonly signatures: SignatureChecks;
  /** Whether a delegated responder's certificate, which itself may be revoked, is known not to be. */
  readonly isResponderUnrevoked: (responder: PathCertificate) => boolean;
}

/** A response that names no end counts for this long: its issuer always has newer news (section 4.2.2.1). */
const openEndedMs = 86_400_000;

/** Certificates that a response may bring along; one is usual. */
const maxCertificates = 8;

export function statusByOcsp(
  certificate: PathCertificate,
  issuer: PathIssuer,
  context: OcspCheckContext,
): RevocationStatus {
  const fields: CertIdFields = {
    issuerNameDer: issuer.name.der,
    issuerSpki: issuer.spki,
    serialNumber: certificate.serialNumber,
  };
  let problem: string | undefined;
  let isGood = false;
  for (const response of context.responses) {
    const single = response.responses.find(({ certId }) => isCertIdOf(certId, fields));
    if (single === undefined) continue;
    const hindrance = problemOf(response, single, issuer, context);
    if (hindrance !== undefined) problem ??= `The OCSP response for it cannot be used: ${hindrance}.`;
    else if (single.status === 'revoked') return { kind: 'revoked', message: revokedMessage(single) };
    else if (single.status === 'good') isGood = true;
    else problem ??= 'The OCSP responder does not know it.';
  }
  if (isGood) return { kind: 'good' };
  if (problem !== undefined) return { kind: 'unusable', message: problem };
  return { kind: 'unknown', message: 'No OCSP response at hand is about it.' };
}

function revokedMessage({ revokedAt, reason }: SingleResponse): string {
  return `It was revoked at ${revokedAt?.toISOString()}${reason === undefined ? '' : ` (${reason})`}.`;
}

function problemOf(
  response: BasicOcspResponse,
  single: SingleResponse,
  issuer: PathIssuer,
  context: OcspCheckContext,
): string | undefined {
  const { time } = context;
  const unknownOid = response.unknownCriticalOid ?? single.unknownCriticalOid;
  if (unknownOid !== undefined) return `it has the critical extension ${unknownOid}, which is not known here`;
  if (time < single.thisUpdate) return `it is of a later time (${single.thisUpdate.toISOString()})`;
  const end = single.nextUpdate ?? new Date(single.thisUpdate.getTime() + openEndedMs);
  if (time > end) return `it counted until ${end.toISOString()}`;
  return isSigned(response, issuer, context)
    ? undefined
    : 'its signature is not of a responder of the issuer';
}

/** Section 4.2.2.2: signed by the issuer itself, or by whom the issuer directly gave the purpose OCSPSigning. */
function isSigned(response: BasicOcspResponse, issuer: PathIssuer, context: OcspCheckContext): boolean {
  const verify = (spki: Uint8Array) =>
    context.signatures.verify(response.tbs, response.signatureAlgorithmDer, response.signature, spki);
  if (isResponder(response, issuer.name.key, issuer.spki)) return verify(issuer.spki);
  return response.certificates.slice(0, maxCertificates).some((der) => {
    const delegate = readDelegate(der);
    return (
      delegate !== undefined &&
      isResponder(response, delegate.subject.key, delegate.parsed.spki) &&
      isDelegated(delegate, issuer, context) &&
      verify(delegate.parsed.spki)
    );
  });
}

function isResponder({ responder }: BasicOcspResponse, nameKey: string, spki: Uint8Array): boolean {
  return 'nameKey' in responder
    ? responder.nameKey === nameKey
    : responderKeyHash(spki).equals(responder.keyHash);
}

function isDelegated(delegate: PathCertificate, issuer: PathIssuer, context: OcspCheckContext): boolean {
  const { time, signatures } = context;
  const { notBefore, notAfter, extendedKeyUsages } = delegate.parsed;
  return (
    delegate.issuer.key === issuer.name.key &&
    extendedKeyUsages.includes('OCSPSigning') &&
    time >= notBefore &&
    time <= notAfter &&
    signatures.isSignedBy(delegate, issuer.spki) &&
    (delegate.extensions.some(({ oid }) => oid === extensionOids.ocspNoCheck) ||
      context.isResponderUnrevoked(delegate))
  );
}

function readDelegate(der: Uint8Array): PathCertificate | undefined {
  try {
    return readPathCertificate(der);
  } catch {
    return undefined;
  }
}
