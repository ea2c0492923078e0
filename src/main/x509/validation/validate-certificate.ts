/**
 * Validates a certificate: finds its paths, validates them (RFC 5280 section 6), and gives the first that is
 * valid, or says all that is wrong with the best one.
 */
import { ChanceryError } from '../../../shared/errors.ts';
import type { ParsedCertificate } from '../certificate/parse-certificate.ts';
import { type ParsedCrl, parseCrl } from '../crl/parse-crl.ts';
import { type BasicOcspResponse, readOcspResponse } from '../ocsp/read-ocsp-response.ts';
import { type CandidatePath, PathBuilder } from './build-paths.ts';
import { statusByCrls } from './crl-check.ts';
import { statusByOcsp } from './ocsp-check.ts';
import { type PathCertificate, readPathCertificate } from './path-certificate.ts';
import type { PathFailure } from './path-failure.ts';
import type { PathPolicies } from './policy-state.ts';
import type { RevocationStatus } from './revocation-status.ts';
import { SignatureChecks } from './signature-checks.ts';
import { type ReadAnchor, readTrustAnchor, type TrustAnchor } from './trust-anchor.ts';
import { type PathIssuer, validatePath } from './validate-path.ts';
import { type CompleteOptions, completeOptions, type ValidationOptions } from './validation-options.ts';
import { WorkBudget } from './work-budget.ts';

/** What a validation may draw on, all in DER. What cannot be read among it is passed over. */
export interface ValidationMaterial {
  readonly anchors: readonly TrustAnchor[];
  readonly intermediates?: readonly Uint8Array[] | undefined;
  readonly crls?: readonly Uint8Array[] | undefined;
  readonly ocspResponses?: readonly Uint8Array[] | undefined;
}

export type ValidationResult =
  | {
      readonly ok: true;
      /** From the certificate to the trust anchor, where that is a certificate. */
      readonly path: readonly ParsedCertificate[];
      readonly policies: PathPolicies;
    }
  | {
      readonly ok: false;
      /** The best path found, as far as it goes; empty when the certificate cannot be read. */
      readonly path: readonly ParsedCertificate[];
      readonly failures: readonly PathFailure[];
    };

/** Complete paths that are looked at before the search is given up. */
const maxPaths = 50;

/** Validates a certificate in DER; never throws for what is wrong with it or with the material. */
export function validateCertificate(
  der: Uint8Array,
  material: ValidationMaterial,
  options: ValidationOptions,
): ValidationResult {
  try {
    return new Validator(material, completeOptions(options)).validate(readPathCertificate(der));
  } catch (error) {
    if (!(error instanceof ChanceryError)) throw error;
    return {
      ok: false,
      path: [],
      failures: [
        {
          certificateIndex: 0,
          subject: '',
          rule: 'certificate.unreadable',
          section: 'RFC 5280 section 4.1',
          message: error.detail,
        },
      ],
    };
  }
}

interface Candidate {
  readonly path: CandidatePath;
  readonly failures: readonly PathFailure[];
  readonly policies: PathPolicies;
}

class Validator {
  readonly #options: CompleteOptions;
  readonly #budget = new WorkBudget();
  readonly #signatures: SignatureChecks;
  readonly #intermediates: readonly PathCertificate[];
  readonly #anchors: readonly ReadAnchor[];
  readonly #unreadable: string[] = [];
  readonly #crls: readonly ParsedCrl[];
  readonly #ocspResponses: readonly BasicOcspResponse[];
  /** Those whose status is being found out, so that a CRL issuer is never vouched for by its own CRL. */
  readonly #inProgress = new Set<string>();
  readonly #statuses = new Map<string, RevocationStatus>();

  constructor(material: ValidationMaterial, options: CompleteOptions) {
    this.#options = options;
    this.#signatures = new SignatureChecks({ allowSha1: options.allowSha1 }, this.#budget);
    this.#anchors = readAll(material.anchors, readTrustAnchor, this.#unreadable);
    this.#intermediates = readAll(material.intermediates ?? [], readPathCertificate, this.#unreadable);
    this.#crls = readAll(material.crls ?? [], parseCrl);
    this.#ocspResponses = readAll(material.ocspResponses ?? [], (der) => {
      const response = readOcspResponse(der);
      return response.status === 'successful' ? response.basic : undefined;
    });
  }

  validate(target: PathCertificate): ValidationResult {
    const best = this.#bestPath(target, this.#anchors, this.#options);
    const { certificates, anchor } = best.path;
    const path = certificates.map(({ parsed }) => parsed);
    const top = anchor?.certificate?.parsed;
    if (top !== undefined && top.sha256Fingerprint !== path.at(-1)?.sha256Fingerprint) path.push(top);
    if (best.failures.length === 0) return { ok: true, path, policies: best.policies };
    const hint = anchor === undefined ? this.#unreadableFailure(path) : [];
    return { ok: false, path, failures: [...best.failures, ...hint] };
  }

  /** A path may have ended because its next certificate is among those that cannot be read. */
  #unreadableFailure(path: readonly ParsedCertificate[]): PathFailure[] {
    const [first] = this.#unreadable;
    if (first === undefined) return [];
    return [
      {
        certificateIndex: path.length - 1,
        subject: path.at(-1)?.subject.text ?? '',
        rule: 'material.unreadable',
        section: 'RFC 5280 section 4.1',
        message: `${this.#unreadable.length} of the authorities' certificates at hand cannot be read. ${first}`,
      },
    ];
  }

  /** The first valid path, or the one with the fewest failures; one that reaches an anchor comes before others. */
  #bestPath(target: PathCertificate, anchors: readonly ReadAnchor[], options: CompleteOptions): Candidate {
    const builder = new PathBuilder(
      { intermediates: this.#intermediates, anchors },
      this.#signatures,
      this.#budget,
    );
    let best: Candidate | undefined;
    for (const withBadSignatures of [false, true]) {
      let count = 0;
      for (const path of builder.paths(target, { maxDepth: options.maxDepth, withBadSignatures })) {
        const candidate = { path, ...this.#validatePath(path, options) };
        if (candidate.failures.length === 0) return candidate;
        best = better(best, candidate);
        if (++count >= maxPaths || this.#budget.isSpent) break;
      }
      if (best?.path.anchor !== undefined || this.#budget.isSpent) break;
    }
    return this.#withBudgetFailure(best ?? emptyCandidate(target));
  }

  #withBudgetFailure(candidate: Candidate): Candidate {
    if (!this.#budget.isSpent) return candidate;
    const failure: PathFailure = {
      certificateIndex: 0,
      subject: candidate.path.certificates[0]?.subject.text ?? '',
      rule: 'search.tooLong',
      section: 'RFC 4158 section 2',
      message: 'The search for a path was given up: the certificates at hand form a maze.',
    };
    return { ...candidate, failures: [...candidate.failures, failure] };
  }

  #validatePath(path: CandidatePath, options: CompleteOptions) {
    const { anchor } = path;
    return validatePath(path, {
      options,
      signatures: this.#signatures,
      revocationOf: (certificate, issuer) => this.#revocationOf(certificate, issuer, anchor, path),
    });
  }

  /** Paths share certificates, and a CRL can be large: what is known of one is not looked up again. */
  #revocationOf(
    certificate: PathCertificate,
    issuer: PathIssuer,
    anchor: ReadAnchor | undefined,
    path: CandidatePath,
  ): RevocationStatus {
    const issuerKey = Buffer.from(issuer.spki).toString('latin1');
    const key = `${certificate.parsed.sha256Fingerprint}${anchor === undefined ? -1 : this.#anchors.indexOf(anchor)} ${issuerKey}`;
    const known = this.#statuses.get(key);
    if (known !== undefined) return known;
    const status = this.#findStatus(certificate, issuer, anchor, path);
    // Inside another search the answer may only hold for that search.
    if (this.#inProgress.size === 0) this.#statuses.set(key, status);
    return status;
  }

  #findStatus(
    certificate: PathCertificate,
    issuer: PathIssuer,
    anchor: ReadAnchor | undefined,
    path: CandidatePath,
  ): RevocationStatus {
    const id = certificate.parsed.sha256Fingerprint;
    if (this.#inProgress.has(id)) {
      return { kind: 'unknown', message: 'Its status hangs on a CRL that it signed itself.' };
    }
    this.#inProgress.add(id);
    const byCrls = (of: PathCertificate, from: PathIssuer) =>
      statusByCrls(of, from, {
        crls: this.#crls,
        options: this.#options,
        signatures: this.#signatures,
        validIssuersNamed: (nameKey) => this.#validIssuersNamed(nameKey, anchor, path),
      });
    const byOcsp = statusByOcsp(certificate, issuer, {
      responses: this.#ocspResponses,
      time: this.#options.time,
      signatures: this.#signatures,
      isResponderUnrevoked: (responder) => byCrls(responder, issuer).kind !== 'revoked',
    });
    const status = joined(byOcsp, byOcsp.kind === 'revoked' ? byOcsp : byCrls(certificate, issuer));
    this.#inProgress.delete(id);
    return status;
  }

  /** RFC 5280 section 6.3.3 (f): CRL issuers lead to the same trust anchor as the certificate. */
  *#validIssuersNamed(
    nameKey: string,
    anchor: ReadAnchor | undefined,
    path: CandidatePath,
  ): Generator<PathIssuer> {
    if (anchor === undefined) return;
    if (anchor.name.key === nameKey) yield anchor;
    const options = {
      ...completeOptions({ time: this.#options.time, profile: this.#options.profile }),
      revocation: this.#options.revocation,
      allowSha1: this.#options.allowSha1,
    };
    for (const certificate of new Set([...path.certificates, ...this.#intermediates])) {
      if (certificate.subject.key !== nameKey || this.#inProgress.has(certificate.parsed.sha256Fingerprint))
        continue;
      if (!this.#budget.takeStep()) return;
      const { failures } = this.#bestPath(certificate, [anchor], options);
      if (failures.length === 0)
        yield { name: certificate.subject, spki: certificate.parsed.spki, certificate };
    }
  }
}

/** Revoked wins over good, good over what cannot be used, and that over nothing at all. */
function joined(a: RevocationStatus, b: RevocationStatus): RevocationStatus {
  for (const kind of ['revoked', 'good', 'unusable'] as const) {
    if (a.kind === kind) return a;
    if (b.kind === kind) return b;
  }
  return b;
}

function better(best: Candidate | undefined, next: Candidate): Candidate {
  if (best === undefined) return next;
  const hasAnchor = (candidate: Candidate) => candidate.path.anchor !== undefined;
  if (hasAnchor(best) !== hasAnchor(next)) return hasAnchor(best) ? best : next;
  return next.failures.length < best.failures.length ? next : best;
}

function emptyCandidate(target: PathCertificate): Candidate {
  return {
    path: { certificates: [target], anchor: undefined },
    failures: [],
    policies: { authority: [], user: [], isExplicit: false },
  };
}

/** What can be read of a collection; foreign collections hold broken things, which are of no use to a path. */
function readAll<T, R>(items: readonly T[], read: (item: T) => R | undefined, problems: string[] = []): R[] {
  return items.flatMap((item) => {
    try {
      const result = read(item);
      return result === undefined ? [] : [result];
    } catch (error) {
      if (!(error instanceof ChanceryError)) throw error;
      problems.push(error.detail);
      return [];
    }
  });
}
