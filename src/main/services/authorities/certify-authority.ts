/** CA certificates for keys that were not made with them: cross-certificates, and intermediates of somebody else. */
import { ChanceryError } from '../../../shared/errors.ts';
import type { AuthorityContent } from '../../../shared/operations/authority-content.ts';
import type { CertifiedAuthority } from '../../../shared/operations/authority-lifecycle.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { NewCertificate } from '../../store/index.ts';
import {
  encodeName,
  parseCertificate,
  readCertificates,
  readCsr,
  verifyCertificateSignature,
  verifyCsr,
  writePem,
} from '../../x509/index.ts';
import type { Context } from '../context.ts';
import { type EventFields, finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { authorityExtensions, authorityValidity, pathLengthBelow, requireRoom } from './authority-content.ts';
import type { Issuer } from './authority-directory.ts';
import { serialTaken } from './build-authority.ts';
import { invalid, requireAuthorityCertificate } from './foreign-certificate.ts';
import { signAuthority, signedBy } from './sign-authority.ts';

/** Whose key is certified. */
interface Target {
  readonly subjectDer: Uint8Array;
  readonly spki: Uint8Array;
  /** By which its own certificates call the key; the usual one where it is not known. */
  readonly subjectKeyIdentifier?: Uint8Array | undefined;
  /** How many authorities may follow below it by its own certificate; undefined for any number. */
  readonly pathLength?: number | undefined;
  readonly own?: Issuer;
}

const defaultValidity = 'P5Y';

/** Certifies another authority, of ours or from elsewhere. Throws INVALID_CERTIFICATE, INVALID_CSR, CONFLICT. */
export async function crossCertify(
  rooms: Rooms,
  issuer: Issuer,
  input: ParsedInput<'authorities.cross-certify'>,
  other: Issuer | undefined,
  context: Context,
): Promise<CertifiedAuthority> {
  const given = [input.certificate, input.csr, input.authority].filter((one) => one !== undefined);
  if (given.length !== 1) {
    const message = 'Give one of: the certificate of the other authority, its request, or its slug.';
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: message,
      violations: [{ path: ['certificate'], rule: 'required', message }],
    });
  }
  const now = rooms.clock();
  const target =
    input.csr !== undefined
      ? targetOfRequest(input.csr)
      : targetOfCertificate(other?.certificate.der ?? firstCertificate(input.certificate ?? ''), now, other);
  const pathLength = input.pathLength ?? crossPathLength(issuer, target);
  return certify(rooms, issuer, target, input, pathLength, 'authority.cross-certified', context);
}

/** Issues the certificate of somebody else's authority. Throws INVALID_CSR, CONFLICT, LINT_FAILED. */
export function issueIntermediate(
  rooms: Rooms,
  issuer: Issuer,
  input: ParsedInput<'authorities.issue-intermediate'>,
  context: Context,
): Promise<CertifiedAuthority> {
  const asked = targetOfRequest(input.csr);
  const target = input.subject === undefined ? asked : { ...asked, subjectDer: encodeName(input.subject) };
  const pathLength = input.pathLength ?? pathLengthBelow(issuer);
  return certify(rooms, issuer, target, input, pathLength, 'authority.intermediate-issued', context);
}

async function certify(
  rooms: Rooms,
  issuer: Issuer,
  target: Target,
  content: AuthorityContent,
  pathLength: number | undefined,
  type: string,
  context: Context,
): Promise<CertifiedAuthority> {
  const { store, clock } = rooms;
  const now = clock();
  const { row } = issuer;
  if (Buffer.compare(target.spki, issuer.certificate.spki) === 0) {
    throw new ChanceryError({
      code: 'CONFLICT',
      detail: `The key is that of ${row.slug} itself.`,
      hint: 'An authority gets another certificate for its own key by renewing it.',
    });
  }
  if (target.subjectDer.length <= 2) {
    throw new ChanceryError({
      code: 'INVALID_CSR',
      detail: 'An authority needs a name, and the request has none.',
    });
  }
  const validity = withinIssuer(issuer, content, now);
  requireRoom(issuer, validity, pathLength);
  const { subjectDer, spki, subjectKeyIdentifier, own } = target;
  const plan = {
    subjectDer,
    spki,
    subjectKeyIdentifier,
    ...validity,
    extensions: authorityExtensions(content, pathLength),
  };
  const event: EventFields = {
    type: `${type}-begun`,
    realm: row.realmId,
    subject: { kind: 'authority', id: row.id, name: row.slug },
  };
  const statements = [store.authorities.mustBeActive(row)];
  const signed = await signAuthority(rooms, context, signedBy(issuer), plan, row.realmId, {
    statements,
    event,
  });
  const change = {
    statements: [
      ...store.certificates.insert(signed, serialTaken),
      ...(own ? [store.authorityLine.addCertificate(signed.id, own.row.id, 'cross', now)] : []),
    ],
    event: {
      ...event,
      type,
      subject: { kind: 'certificate', id: signed.id, name: signed.commonName },
      detail: {
        authority: row.slug,
        serialNumber: signed.serialNumber,
        fingerprint: signed.sha256Fingerprint,
        ...(own && { certified: own.row.slug }),
      },
    },
  };
  return finish(rooms, context, change, presentCertified(signed, issuer));
}

/** What was asked for; a validity that nobody asked for ends with the issuer. */
function withinIssuer(issuer: Issuer, content: AuthorityContent, now: Date) {
  const validity = authorityValidity(content, defaultValidity, now);
  const isAsked = content.validity !== undefined || content.notAfter !== undefined;
  const limit = issuer.certificate.notAfter;
  return !isAsked && validity.notAfter > limit ? { ...validity, notAfter: limit } : validity;
}

/** As many as below its own certificate, as far as the issuer allows it. */
function crossPathLength(issuer: Issuer, { pathLength }: Target): number | undefined {
  if (issuer.certificate.pathLength === undefined) return pathLength;
  const limit = pathLengthBelow(issuer);
  return pathLength === undefined ? limit : Math.min(pathLength, limit);
}

function firstCertificate(content: string): Uint8Array {
  const [first] = readCertificates(content);
  if (first) return first;
  throw invalid('There is no certificate in it.');
}

function targetOfCertificate(der: Uint8Array, now: Date, own: Issuer | undefined): Target {
  const certificate = parseCertificate(der);
  requireAuthorityCertificate(certificate, now);
  // Only a root can be asked for a proof; what stands below one is taken at its administrator's word.
  if (certificate.selfIssued && !verifyCertificateSignature(certificate.der, certificate.spki))
    throw invalid('The certificate names itself as its issuer, but its signature is not of its own key.');
  const { subject, spki, subjectKeyIdentifier, pathLength } = certificate;
  return {
    subjectDer: subject.der,
    spki,
    subjectKeyIdentifier:
      subjectKeyIdentifier === undefined ? undefined : Buffer.from(subjectKeyIdentifier, 'hex'),
    pathLength,
    ...(own && { own }),
  };
}

function targetOfRequest(text: string): Target {
  const csr = readCsr(text);
  if (!verifyCsr(csr)) {
    throw new ChanceryError({
      code: 'INVALID_CSR',
      detail: 'The signature of the request does not fit its key: possession of the key is not proved.',
      hint: 'Make the request again with the private key of the authority.',
    });
  }
  if (csr.isCa === false) {
    throw new ChanceryError({
      code: 'INVALID_CSR',
      detail: 'The request says that it is not for an authority: its basicConstraints has no CA.',
    });
  }
  // Without a certificate nothing is known of what is below it; the usual issuing authority has none.
  return { subjectDer: csr.subjectDer, spki: csr.spki, pathLength: 0 };
}

function presentCertified(signed: NewCertificate, issuer: Issuer): CertifiedAuthority {
  return {
    id: signed.id,
    subject: signed.subject,
    serialNumber: signed.serialNumber,
    notBefore: new Date(signed.notBefore).toISOString(),
    notAfter: new Date(signed.notAfter).toISOString(),
    certificate: writePem('CERTIFICATE', signed.der),
    chain: [...issuer.chain],
  };
}
