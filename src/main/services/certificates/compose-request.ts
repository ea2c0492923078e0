/** What a certificate will hold: a request and the fields given beside it, with the profile's defaults filled in. */
import { ChanceryError, type Violation } from '../../../shared/errors.ts';
import { type KeyAlgorithm, keyAlgorithmFacts } from '../../../shared/model/algorithms.ts';
import type { CustomExtension } from '../../../shared/model/extensions.ts';
import type { KeyUsage, Subject, SubjectAltName, SubjectFields } from '../../../shared/model/names.ts';
import type { PolicyDefinition } from '../../../shared/model/policy.ts';
import type { ProfileDefaults, RequestedBasicConstraints } from '../../../shared/model/profile.ts';
import { type AskedCertificate, canonicalSubjectAltName, caRuleOf } from '../../domain/index.ts';
import { type CertificationRequest, readCsr, verifyCsr } from '../../x509/index.ts';
import { validityFrom } from '../authorities/build-authority.ts';

/** What is absent is as in the request or else the profile's default; null is none of it. */
export interface IssueFields {
  readonly csr?: string | undefined;
  /** A key that is known already, with its algorithm in keyAlgorithm; instead of a request. */
  readonly spki?: Uint8Array | undefined;
  readonly subject?: SubjectFields | null | undefined;
  readonly subjectAltNames?: readonly SubjectAltName[] | null | undefined;
  readonly keyAlgorithm?: KeyAlgorithm | null | undefined;
  readonly keyUsages?: readonly KeyUsage[] | null | undefined;
  /** By name or object identifier. */
  readonly extendedKeyUsages?: readonly string[] | null | undefined;
  readonly basicConstraints?: RequestedBasicConstraints | null | undefined;
  readonly extensions?: readonly CustomExtension[] | undefined;
  readonly validity?: string | null | undefined;
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
  /** The other ones of the profile. */
  readonly others?: ProfileDefaults | undefined;
  /** End of the issuer's certificate; null where it is none's or not known. */
  readonly issuerNotAfter: Date | null;
  readonly now: Date;
}

/** Throws INVALID_CSR (broken, or without proof of possession), POLICY_VIOLATION for what no policy could allow. */
export function composeRequest(fields: IssueFields, defaults: Defaults): ComposedRequest {
  const csr = fields.csr === undefined ? null : provenCsr(fields.csr);
  const { definition, others = {} } = defaults;
  const keyAlgorithm = csr ? knownAlgorithm(csr) : wantedAlgorithm(fields.keyAlgorithm, defaults);
  const subject =
    fields.subject === null ? {} : subjectOf(fields.subject ?? csr?.subject ?? {}, others.subject);
  const given = fields.subjectAltNames === null ? [] : (fields.subjectAltNames ?? csr?.subjectAltNames ?? []);
  const named =
    given.length === 0 && fields.subjectAltNames !== null ? hostNameOf(subject, definition) : given;
  const asked: AskedCertificate = {
    subject,
    subjectAltNames: canonical(named),
    keyUsages: keyUsagesFor(fields.keyUsages, csr, keyAlgorithm, defaults),
    extendedKeyUsages: extendedKeyUsagesFor(fields.extendedKeyUsages, csr, defaults),
    keyAlgorithm,
    ...validityOf(fields, defaults),
    ...basicConstraints(fields.basicConstraints, csr, defaults),
    ...(fields.extensions && fields.extensions.length > 0 && { extensions: fields.extensions }),
  };
  return { asked, spki: csr?.spki ?? fields.spki ?? null };
}

function wantedAlgorithm(given: IssueFields['keyAlgorithm'], defaults: Defaults): KeyAlgorithm {
  if (given === null) return defaults.definition.keyAlgorithms[0] ?? defaults.keyAlgorithm;
  return given ?? defaults.keyAlgorithm;
}

/** The attributes given, and where nothing is said of one, the default. */
function subjectOf(given: SubjectFields, defaults: Subject | undefined): Subject {
  if (!defaults && !Object.values(given).includes(null)) return given as Subject;
  const merged = defaults ? { ...defaults, ...given } : given;
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== null && value !== undefined),
  );
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

/**
 * What was asked for; in a request as far as the key can do it, since tools ask for keyEncipherment with whatever
 * key; or the default.
 */
function keyUsagesFor(
  given: IssueFields['keyUsages'],
  csr: CertificationRequest | null,
  keyAlgorithm: KeyAlgorithm,
  { definition, others }: Defaults,
): KeyUsage[] {
  if (given !== undefined) return [...new Set(given ?? [])];
  const possible = (usages: readonly KeyUsage[]) => usages.filter((usage) => canBeUsed(keyAlgorithm, usage));
  const own = possible(csr?.requestedKeyUsages ?? []);
  if (own.length > 0) return own;
  const { required, allowed, denied } = definition.keyUsages;
  const usual = others?.keyUsages ?? (denied ? allowed.filter((usage) => !denied.includes(usage)) : allowed);
  return [...new Set([...required, ...possible(usual)])];
}

function extendedKeyUsagesFor(
  given: IssueFields['extendedKeyUsages'],
  csr: CertificationRequest | null,
  { definition, others }: Defaults,
): string[] {
  if (given !== undefined) return [...new Set(given ?? [])];
  if (csr && csr.requestedExtendedKeyUsages.length > 0) return csr.requestedExtendedKeyUsages;
  const { required, allowed, denied } = definition.extendedKeyUsages;
  const usual =
    others?.extendedKeyUsages ?? (denied ? allowed.filter((one) => !denied.includes(one)) : allowed);
  return [...new Set([...required, ...usual])];
}

/** Whether it is one of an authority: what was asked for, else the default, else what the policy requires. */
function basicConstraints(
  given: IssueFields['basicConstraints'],
  csr: CertificationRequest | null,
  { definition, others }: Defaults,
): Pick<AskedCertificate, 'isCa' | 'pathLength'> {
  if (given === null) return { isCa: false };
  const asked = given ?? (csr?.isCa === undefined ? others?.basicConstraints : csr);
  if (asked === undefined) {
    const isCa = caRuleOf(definition) === 'required';
    const longest = definition.basicConstraints?.maxPathLength;
    return isCa && longest !== undefined ? { isCa, pathLength: longest } : { isCa };
  }
  const { isCa = false, pathLength } = asked;
  return pathLength === undefined ? { isCa } : { isCa, pathLength };
}

/** What was asked for, the default, or where that is cleared as long as the policy lets it. */
export function validityText(
  { validity }: Pick<IssueFields, 'validity'>,
  defaults: Pick<Defaults, 'validity' | 'definition'>,
): string {
  return (validity === null ? defaults.definition.maxValidity : validity) ?? defaults.validity;
}

/** What was asked for, or the default; a default that would outlive the issuer ends with it. */
export function validityOf(
  fields: Pick<IssueFields, 'validity'>,
  defaults: Pick<Defaults, 'validity' | 'definition' | 'issuerNotAfter' | 'now'>,
): { notBefore: Date; notAfter: Date } {
  const { notBefore, notAfter } = validityFrom(defaults.now, validityText(fields, defaults));
  if (defaults.issuerNotAfter === null || notAfter <= defaults.issuerNotAfter) return { notBefore, notAfter };
  if (typeof fields.validity !== 'string') return { notBefore, notAfter: defaults.issuerNotAfter };
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
