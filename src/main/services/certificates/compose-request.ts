/** What a certificate will hold: a request and the fields given beside it, with the profile's defaults filled in. */
import { ChanceryError, type Violation } from '../../../shared/errors.ts';
import { type KeyAlgorithm, keyAlgorithmFacts } from '../../../shared/model/algorithms.ts';
import type { KeyUsage, Subject, SubjectAltName } from '../../../shared/model/names.ts';
import type { PolicyDefinition } from '../../../shared/model/policy.ts';
import { type AskedCertificate, canonicalSubjectAltName } from '../../domain/index.ts';
import { type CertificationRequest, readCsr, verifyCsr } from '../../x509/index.ts';
import { validityFrom } from '../authorities/build-authority.ts';

export interface IssueFields {
  readonly csr?: string | undefined;
  /** A key that is known already, with its algorithm in keyAlgorithm; instead of a request. */
  readonly spki?: Uint8Array | undefined;
  readonly subject?: Subject | undefined;
  readonly subjectAltNames?: readonly SubjectAltName[] | undefined;
  readonly keyAlgorithm?: KeyAlgorithm | undefined;
  readonly validity?: string | undefined;
}

export interface ComposedRequest {
  readonly asked: AskedCertificate;
  /** The requester's public key; null where a key is to be generated here. */
  readonly spki: Uint8Array | null;
}

export interface Defaults {
  readonly definition: PolicyDefinition;
  readonly validity: string;
  readonly keyAlgorithm: KeyAlgorithm;
  /** End of the issuer's certificate. */
  readonly issuerNotAfter: Date;
  readonly now: Date;
}

/** Throws INVALID_CSR (broken, or without proof of possession), POLICY_VIOLATION for what no policy could allow. */
export function composeRequest(fields: IssueFields, defaults: Defaults): ComposedRequest {
  const csr = fields.csr === undefined ? null : provenCsr(fields.csr);
  const keyAlgorithm = csr ? knownAlgorithm(csr) : (fields.keyAlgorithm ?? defaults.keyAlgorithm);
  const subject = fields.subject ?? csr?.subject ?? {};
  const given = fields.subjectAltNames ?? csr?.subjectAltNames ?? [];
  const { definition } = defaults;
  const named = given.length === 0 ? hostNameOf(subject, definition) : given;
  const asked: AskedCertificate = {
    subject,
    subjectAltNames: canonical(named),
    keyUsages: usagesFor(keyAlgorithm, definition, csr?.requestedKeyUsages ?? []),
    extendedKeyUsages:
      csr && csr.requestedExtendedKeyUsages.length > 0
        ? csr.requestedExtendedKeyUsages
        : [...new Set([...definition.extendedKeyUsages.required, ...definition.extendedKeyUsages.allowed])],
    keyAlgorithm,
    ...validity(fields, defaults),
    isCa: csr?.isCa ?? false,
  };
  return { asked, spki: csr?.spki ?? fields.spki ?? null };
}

/** RFC 2986 section 4.2: without its own signature a request proves nothing. */
function provenCsr(text: string): CertificationRequest {
  const csr = readCsr(text);
  if (verifyCsr(csr)) return csr;
  throw new ChanceryError({
    code: 'INVALID_CSR',
    detail:
      'The signature of the certificate request does not fit its key: possession of the key is not proved.',
    hint: 'Make the request again with the private key of the certificate.',
    violations: [
      { path: ['csr'], rule: 'csr.proof-of-possession', message: 'the signature does not verify' },
    ],
  });
}

function knownAlgorithm(csr: CertificationRequest): KeyAlgorithm {
  if (csr.keyAlgorithm) return csr.keyAlgorithm;
  throw violation(
    ['csr'],
    'keyAlgorithm.unknown',
    `The key of the request, ${csr.keyDescription}, is not of a kind that is issued for.`,
  );
}

/** Servers are found by their alternative names (RFC 9525); a request that has only a host's common name means that. */
function hostNameOf(subject: Subject, definition: PolicyDefinition): SubjectAltName[] {
  const { allowed, required } = definition.extendedKeyUsages;
  const forServers = [...allowed, ...required].includes('serverAuth');
  const host = subject.commonName;
  if (!forServers || host === undefined || /[\s@:/]/.test(host)) return [];
  return /^[0-9.]+$/.test(host) ? [{ type: 'ip', value: host }] : [{ type: 'dns', value: host }];
}

function canonical(names: readonly SubjectAltName[]): SubjectAltName[] {
  const violations: Violation[] = [];
  const result = names.map((given, index) => {
    const { type, value } = given;
    const name = canonicalSubjectAltName(given);
    if (name.problem === undefined) return { ...given, value: name.value };
    violations.push({
      path: ['subjectAltNames', index, 'value'],
      rule: 'subjectAltNames.syntax',
      message: `The ${type} name '${value.slice(0, 100)}' ${name.problem}.`,
    });
    return given;
  });
  if (violations.length > 0) throw policyViolation(violations);
  return result;
}

/**
 * Whether a key can be used so: RSA enciphers, elliptic curves of ECDSA agree on keys (RFC 8813 section 3), all
 * others only sign (RFC 8410 section 5, RFC 9881 section 5, RFC 9909 section 5).
 */
function canBeUsed(keyAlgorithm: KeyAlgorithm, usage: KeyUsage): boolean {
  const { family } = keyAlgorithmFacts[keyAlgorithm];
  if (/Encipherment$/.test(usage)) return family === 'rsa';
  return /^(?:keyAgreement|encipherOnly|decipherOnly)$/.test(usage) ? family === 'ecdsa' : true;
}

/** What was asked for as far as the key can do it: tools ask for keyEncipherment with whatever key; or the default. */
function usagesFor(
  keyAlgorithm: KeyAlgorithm,
  definition: PolicyDefinition,
  requested: readonly KeyUsage[],
): KeyUsage[] {
  const possible = (usages: readonly KeyUsage[]) => usages.filter((usage) => canBeUsed(keyAlgorithm, usage));
  const own = possible(requested);
  if (own.length > 0) return own;
  const { required, allowed } = definition.keyUsages;
  return [...new Set([...required, ...possible(allowed)])];
}

/** What was asked for, or the default; a default that would outlive the issuer ends with it. */
function validity(fields: IssueFields, defaults: Defaults): { notBefore: Date; notAfter: Date } {
  const { notBefore, notAfter } = validityFrom(defaults.now, fields.validity ?? defaults.validity);
  if (notAfter <= defaults.issuerNotAfter) return { notBefore, notAfter };
  if (fields.validity === undefined) return { notBefore, notAfter: defaults.issuerNotAfter };
  const end = defaults.issuerNotAfter.toISOString();
  throw violation(
    ['validity'],
    'validity.issuer',
    `The certificate would outlive its issuer, which ends at ${end}.`,
  );
}

function violation(path: string[], rule: string, message: string): ChanceryError {
  return policyViolation([{ path, rule, message }]);
}

/** All violations in one error, whose detail names the first. */
export function policyViolation(violations: readonly Violation[]): ChanceryError {
  const [first] = violations;
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
  return new ChanceryError({
    code: 'POLICY_VIOLATION',
    detail: `${first?.message ?? 'The policy does not allow this.'}${more}`,
    violations,
  });
}
