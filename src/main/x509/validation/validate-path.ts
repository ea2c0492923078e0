/**
 * Path validation, RFC 5280 section 6.1. It does not stop at the first failure: an administrator mends all of
 * them at once, so each is reported with the certificate and the rule.
 */
import type { CandidatePath } from './build-paths.ts';
import { reportForm } from './certificate-form.ts';
import { reportCriticalExtensions, reportIssuerRights, reportValidity } from './certificate-rules.ts';
import { NameConstraintState } from './name-constraint-state.ts';
import type { ComparedName, PathCertificate } from './path-certificate.ts';
import type { PathFailure, Report } from './path-failure.ts';
import { mapsAnyPolicy, type PathPolicies, PolicyState } from './policy-state.ts';
import type { RevocationStatus } from './revocation-status.ts';
import { type SignatureChecks, workingPublicKey } from './signature-checks.ts';
import { reportTargetUse } from './target-use.ts';
import type { CompleteOptions } from './validation-options.ts';

/** Who issued a certificate, as the path up to it has shown. */
export interface PathIssuer {
  readonly name: ComparedName;
  readonly spki: Uint8Array;
  readonly certificate: PathCertificate | undefined;
}

export interface PathContext {
  readonly options: CompleteOptions;
  readonly signatures: SignatureChecks;
  /** What is known on the revocation of a certificate of this issuer. */
  readonly revocationOf: (certificate: PathCertificate, issuer: PathIssuer) => RevocationStatus;
}

export interface PathVerdict {
  readonly failures: readonly PathFailure[];
  readonly policies: PathPolicies;
}

/** Validates one path; with no anchor everything but the first signature is checked all the same. */
export function validatePath(path: CandidatePath, context: PathContext): PathVerdict {
  return new PathRun(path, context).run();
}

class PathRun {
  readonly #certificates: readonly PathCertificate[];
  readonly #anchor: CandidatePath['anchor'];
  readonly #context: PathContext;
  readonly #failures: PathFailure[] = [];
  readonly #names = new NameConstraintState();
  readonly #policies: PolicyState;
  #issuer: PathIssuer | undefined;
  #pathLengthLeft: number;

  constructor({ certificates, anchor }: CandidatePath, context: PathContext) {
    this.#certificates = certificates;
    this.#anchor = anchor;
    this.#context = context;
    this.#policies = new PolicyState(context.options, certificates.length);
    this.#issuer = anchor;
    this.#pathLengthLeft = context.options.maxDepth;
  }

  run(): PathVerdict {
    this.#checkAnchor();
    for (let index = this.#certificates.length - 1; index >= 0; index--) {
      const certificate = this.#certificates[index] as PathCertificate;
      this.#checkBasics(certificate, index);
      this.#checkNames(certificate, index);
      if (!this.#policies.process(certificate, index === 0)) this.#reportNoPolicy(index);
      reportCriticalExtensions(certificate, index, this.#report);
      reportForm(certificate, index, this.#context.options.profile, this.#report);
      if (index > 0) this.#prepareNext(certificate, index);
    }
    return { ...this.#conclude(), failures: this.#failures };
  }

  readonly #report: Report = (certificateIndex, rule, section, message) => {
    const certificate = this.#certificates[certificateIndex] ?? this.#anchor?.certificate;
    const subject = certificate?.subject.text ?? this.#anchor?.name.text ?? '';
    if (this.#failures.some((known) => known.certificateIndex === certificateIndex && known.rule === rule))
      return;
    this.#failures.push({ certificateIndex, subject, rule, section, message });
  };

  /** RFC 5937: a certificate that is given as an anchor limits the paths below it as it would in their middle. */
  #checkAnchor(): void {
    const index = this.#certificates.length;
    if (this.#anchor === undefined) {
      const last = this.#certificates.at(-1) as PathCertificate;
      this.#report(
        index - 1,
        'trustAnchor.missing',
        'RFC 5280 section 6.1.1 (d)',
        last.isSelfIssued
          ? 'The chain ends in a certificate that issued itself and is not trusted here.'
          : `No certificate of its issuer '${last.issuer.text}' is at hand that leads to a trusted one.`,
      );
      return;
    }
    const { certificate } = this.#anchor;
    if (certificate === undefined) return;
    const { profile, time } = this.#context.options;
    reportValidity(certificate, index, time, this.#report);
    if (certificate.parsed.version === 3 || profile !== 'path') {
      reportIssuerRights(certificate, index, profile === 'path' ? 'anchor' : 'issuer', this.#report);
    }
    reportCriticalExtensions(certificate, index, this.#report);
    reportForm(certificate, index, profile, this.#report, true);
    this.#takeLimits(certificate, index);
  }

  /** Section 6.1.3 (a). */
  #checkBasics(certificate: PathCertificate, index: number): void {
    const { options, signatures, revocationOf } = this.#context;
    const issuer = this.#issuer;
    if (issuer !== undefined) {
      if (!signatures.isSignedBy(certificate, issuer.spki)) {
        this.#report(
          index,
          'signature.invalid',
          'RFC 5280 section 6.1.3 (a) (1)',
          `Its signature (${certificate.parsed.signatureAlgorithm}) does not verify with the key of '${issuer.name.text}', or is of a kind that is not accepted.`,
        );
      }
      if (certificate.issuer.key !== issuer.name.key) {
        this.#report(
          index,
          'name.chaining',
          'RFC 5280 section 6.1.3 (a) (4)',
          `It names '${certificate.issuer.text}' as its issuer, but the certificate above it is of '${issuer.name.text}'.`,
        );
      }
    }
    reportValidity(certificate, index, options.time, this.#report);
    if (issuer === undefined || options.revocation === 'ignore') return;
    const status = revocationOf(certificate, issuer);
    if (status.kind === 'revoked') {
      this.#report(index, 'revocation.revoked', 'RFC 5280 section 6.1.3 (a) (3)', status.message);
    } else if (
      status.kind === 'unusable' ||
      (status.kind === 'unknown' && options.revocation === 'require')
    ) {
      this.#report(index, 'revocation.undetermined', 'RFC 5280 section 6.3.3', status.message);
    }
  }

  /** Section 6.1.3 (b) and (c): a self-issued certificate in the middle is the same authority, so exempt. */
  #checkNames(certificate: PathCertificate, index: number): void {
    if (certificate.isSelfIssued && index > 0) return;
    const problem = this.#names.check(certificate);
    if (problem === undefined) return;
    this.#report(index, 'nameConstraints', 'RFC 5280 section 6.1.3 (b), (c)', `It ${problem}.`);
  }

  #reportNoPolicy(index: number): void {
    this.#report(
      index,
      'policies.none',
      'RFC 5280 section 6.1.3 (f)',
      'A certificate policy is required here, and none is left that all authorities above assert.',
    );
  }

  /** Section 6.1.4. */
  #prepareNext(certificate: PathCertificate, index: number): void {
    if (mapsAnyPolicy(certificate)) {
      this.#report(
        index,
        'policies.anyPolicyMapped',
        'RFC 5280 section 6.1.4 (a)',
        'It maps the policy anyPolicy, which is forbidden.',
      );
    }
    this.#policies.prepare(certificate);
    reportIssuerRights(certificate, index, 'issuer', this.#report);
    if (!certificate.isSelfIssued) {
      if (this.#pathLengthLeft <= 0) {
        this.#report(
          index,
          'pathLength',
          'RFC 5280 section 6.1.4 (l)',
          'An authority above it, or the wanted depth, allows no further authority in the path.',
        );
      }
      this.#pathLengthLeft--;
    }
    this.#takeLimits(certificate, index);
    this.#issuer = {
      name: certificate.subject,
      spki: workingPublicKey(certificate.parsed.spki, this.#issuer?.spki ?? certificate.parsed.spki),
      certificate,
    };
  }

  #takeLimits({ parsed, nameConstraints }: PathCertificate, index: number): void {
    if (parsed.pathLength !== undefined) {
      this.#pathLengthLeft = Math.min(this.#pathLengthLeft, parsed.pathLength);
    }
    if (nameConstraints === undefined) return;
    this.#names.add(nameConstraints);
    if (nameConstraints.problem === undefined) return;
    this.#report(
      index,
      'nameConstraints.malformed',
      'RFC 5280 section 4.2.1.10',
      `Its name constraints cannot be applied: ${nameConstraints.problem}.`,
    );
  }

  /** Section 6.1.5, and what is asked of the certificate itself. */
  #conclude(): { policies: PathPolicies } {
    const target = this.#certificates[0] as PathCertificate;
    const { isAcceptable, ...policies } = this.#policies.conclude(target);
    if (!isAcceptable) {
      this.#report(
        0,
        'policies.unacceptable',
        'RFC 5280 section 6.1.5 (g)',
        'A certificate policy is required, and the path has none that is acceptable.',
      );
    }
    reportTargetUse(this.#certificates, this.#context.options, this.#report);
    return { policies };
  }
}
