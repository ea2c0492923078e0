/** CA certificates: what goes into one, and the row that records it. */
import type { SignatureAlgorithm } from '../../../shared/model/algorithms.ts';
import { newId, pooledRandomBytes } from '../../crypto/index.ts';
import { addDuration, parseDuration, readValidityInterval } from '../../domain/index.ts';
import { factsOf, type NewCertificate } from '../../store/index.ts';
import {
  assembleSigned,
  buildTbsCertificate,
  type CertificateExtensions,
  newSerialNumber,
  parseCertificate,
  subjectKeyIdentifier,
} from '../../x509/index.ts';
import { requireNoErrors } from '../certificates/lint-before-signing.ts';

/** Who signs: the issuer's name and key, or the authority itself where there is none. */
export interface AuthoritySigner {
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly sign: (tbs: Uint8Array) => Promise<Uint8Array> | Uint8Array;
  readonly issuer?: {
    readonly subjectDer: Uint8Array;
    readonly subjectKeyIdentifier: Uint8Array;
    readonly publication: Pick<CertificateExtensions, 'crlDistributionPoints' | 'ocspUrls' | 'caIssuersUrls'>;
  };
}

export interface AuthorityPlan {
  readonly serialNumber: Uint8Array;
  /** DER of its name. */
  readonly subjectDer: Uint8Array;
  readonly spki: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Without the identifiers of the keys and where the issuer publishes, which are added. */
  readonly extensions: CertificateExtensions;
  /** The identifier by which what the key has signed already calls it; the usual one where it is absent. */
  readonly subjectKeyIdentifier?: Uint8Array | undefined;
}

/** Clocks of other machines are behind by some seconds; a certificate is good from a minute ago. */
const backdatingMs = 60_000;

/**
 * Start and end of a validity: whole seconds, both ends included (RFC 5280 section 4.1.2.5). It lasts as long as the
 * duration from now, or is the interval given; none begins before it is issued.
 */
export function validityFrom(now: Date, duration: string): { notBefore: Date; notAfter: Date } {
  const startMs = Math.floor((now.getTime() - backdatingMs) / 1000) * 1000;
  const interval = readValidityInterval(duration);
  if (interval) {
    const notBefore = interval.start ? Math.max(startMs, wholeSecond(interval.start)) : startMs;
    return { notBefore: new Date(notBefore), notAfter: new Date(wholeSecond(interval.end)) };
  }
  if (last.startMs !== startMs || last.duration !== duration) {
    const end = addDuration(new Date(startMs), parseDuration(duration));
    last = { startMs, duration, endMs: end.getTime() - 1000 };
  }
  return { notBefore: new Date(startMs), notAfter: new Date(last.endMs) };
}

const wholeSecond = (date: Date) => Math.floor(date.getTime() / 1000) * 1000;

/** Many certificates of one second have the same validity. */
let last = { startMs: Number.NaN, duration: '', endMs: Number.NaN };

export function newRandomSerialNumber(): Uint8Array {
  return newSerialNumber(pooledRandomBytes(16));
}

/** The TBSCertificate of a CA, about to be signed. Throws LINT_FAILED for one that breaks a rule. */
export function authorityToBeSigned(
  plan: AuthorityPlan,
  { issuer, signatureAlgorithm }: Omit<AuthoritySigner, 'sign'>,
): Uint8Array {
  const { serialNumber, subjectDer, spki, notBefore, notAfter, extensions } = plan;
  const ownKeyIdentifier = plan.subjectKeyIdentifier ?? subjectKeyIdentifier(spki);
  const tbs = buildTbsCertificate({
    serialNumber,
    signatureAlgorithm,
    issuerDer: issuer?.subjectDer ?? subjectDer,
    notBefore,
    notAfter,
    subjectDer,
    spki,
    extensions: {
      ...extensions,
      subjectKeyIdentifier: ownKeyIdentifier,
      authorityKeyIdentifier: issuer?.subjectKeyIdentifier ?? ownKeyIdentifier,
      ...issuer?.publication,
    },
  });
  requireNoErrors(tbs);
  return tbs;
}

/** The signed CA certificate, DER. Throws LINT_FAILED. */
export async function buildAuthority(plan: AuthorityPlan, signer: AuthoritySigner): Promise<Uint8Array> {
  const tbs = authorityToBeSigned(plan, signer);
  return assembleSigned(tbs, signer.signatureAlgorithm, await signer.sign(tbs));
}

/** The row of a certificate that was just made or read; what is not given is empty. */
export function certificateRow(
  der: Uint8Array,
  fields: Pick<NewCertificate, 'realmId' | 'authorityId' | 'requestedBy'> &
    Partial<NewCertificate> & { readonly now: Date },
): NewCertificate {
  const { now, ...given } = fields;
  const certificate = parseCertificate(der);
  const id = given.id ?? newId(now);
  return {
    id,
    orderId: id,
    endEntityId: null,
    profileId: null,
    isAuthority: 0,
    serialNumber: certificate.serialNumber,
    commonName: certificate.subject.attributes.commonName ?? certificate.subjectAltNames[0]?.value ?? '',
    subject: certificate.subject.text,
    subjectAltNames: JSON.stringify(certificate.subjectAltNames),
    issuer: certificate.issuer.text,
    keyAlgorithm: certificate.keyAlgorithm ?? certificate.keyDescription,
    notBefore: certificate.notBefore.getTime(),
    notAfter: certificate.notAfter.getTime(),
    keyId: null,
    metadata: null,
    requestedById: null,
    createdAt: now.getTime(),
    der,
    spki: certificate.spki,
    sha256Fingerprint: certificate.sha256Fingerprint,
    facts: factsOf(certificate),
    ...given,
  };
}

/** What a serial number that is there already means: never a caller's fault. */
export const serialTaken = {
  code: 'CONFLICT',
  detail: 'The serial number is taken.',
  hint: 'Repeat the request: another number will be drawn.',
} as const;
