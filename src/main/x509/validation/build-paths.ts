/**
 * Finds the paths from a certificate to trust anchors (RFC 4158), the likeliest first. It goes depth first and
 * takes back what led nowhere; every step costs from the budget, so that cycles, mazes of cross-certificates and
 * hundreds of namesakes end.
 */
import { groupBy } from './group-by.ts';
import type { PathCertificate } from './path-certificate.ts';
import { inheritsParameters, type SignatureChecks } from './signature-checks.ts';
import type { ReadAnchor } from './trust-anchor.ts';
import type { WorkBudget } from './work-budget.ts';

/** Certificates from the one asked about upwards; the anchor is not among them. */
export interface CandidatePath {
  readonly certificates: readonly PathCertificate[];
  /** undefined where no issuer is known for the last certificate. */
  readonly anchor: ReadAnchor | undefined;
}

export interface PathPool {
  readonly intermediates: readonly PathCertificate[];
  readonly anchors: readonly ReadAnchor[];
}

export interface BuildOptions {
  /** Most certificates between the first and the anchor, self-issued ones not counted. */
  readonly maxDepth: number;
  /** Whether paths with signatures that do not verify are given too, to say what is wrong with them. */
  readonly withBadSignatures: boolean;
}

/** Longer paths than any real one; also holds for self-issued certificates, which maxDepth does not count. */
const maxLength = 32;

export class PathBuilder {
  readonly #anchors: Map<string, ReadAnchor[]>;
  readonly #issuers: Map<string, PathCertificate[]>;
  readonly #signatures: SignatureChecks;
  readonly #budget: WorkBudget;

  constructor({ intermediates, anchors }: PathPool, signatures: SignatureChecks, budget: WorkBudget) {
    this.#anchors = groupBy(anchors, ({ name }) => name.key);
    this.#issuers = groupBy(intermediates, ({ subject }) => subject.key);
    this.#signatures = signatures;
    this.#budget = budget;
  }

  /** Complete paths first; after them, where there was none, the longest that reached no anchor. */
  *paths(target: PathCertificate, options: BuildOptions): Generator<CandidatePath> {
    let isFound = false;
    let longest: readonly PathCertificate[] = [target];
    const chain = [target];
    for (const anchor of this.#extend(chain, options)) {
      if (anchor !== undefined) isFound = true;
      else if (chain.length > longest.length) longest = [...chain];
      if (anchor !== undefined) yield { certificates: [...chain], anchor };
    }
    if (!isFound) yield { certificates: longest, anchor: undefined };
  }

  /** Grows and shrinks the chain in place; gives an anchor for a whole path, and undefined at a dead end. */
  *#extend(chain: PathCertificate[], options: BuildOptions): Generator<ReadAnchor | undefined> {
    const last = chain.at(-1) as PathCertificate;
    for (const anchor of this.#anchorsOf(last, options)) yield anchor;
    const counted = chain.slice(1).filter(({ isSelfIssued }) => !isSelfIssued).length;
    let isDeadEnd = true;
    for (const issuer of this.#issuersOf(last)) {
      if (!this.#budget.takeStep()) return;
      if (chain.length >= maxLength || (!issuer.isSelfIssued && counted >= options.maxDepth)) continue;
      // RFC 4158 section 2.4.2: the same name with the same key again leads nowhere new.
      if (chain.some((seen) => isSameEntity(seen, issuer))) continue;
      if (!options.withBadSignatures && !this.#maySign(issuer, last)) continue;
      isDeadEnd = false;
      chain.push(issuer);
      yield* this.#extend(chain, options);
      chain.pop();
    }
    if (isDeadEnd) yield undefined;
  }

  #anchorsOf(last: PathCertificate, { withBadSignatures }: BuildOptions): readonly ReadAnchor[] {
    const namesakes = this.#anchors.get(last.issuer.key) ?? [];
    const signers = namesakes.filter(({ spki }) => this.#signatures.isSignedBy(last, spki));
    return signers.length === 0 && withBadSignatures ? namesakes.slice(0, 1) : signers;
  }

  /** Those with the issuer's name, the ones whose key identifier fits before the others (RFC 4158 section 3.5). */
  #issuersOf(last: PathCertificate): readonly PathCertificate[] {
    const namesakes = this.#issuers.get(last.issuer.key) ?? [];
    if (namesakes.length < 2) return namesakes;
    const wanted = last.parsed.authorityKeyIdentifier;
    const rank = ({ parsed }: PathCertificate) => {
      if (wanted === undefined || parsed.subjectKeyIdentifier === undefined) return 1;
      return parsed.subjectKeyIdentifier === wanted ? 0 : 2;
    };
    return namesakes.toSorted((a, b) => rank(a) - rank(b));
  }

  /** A key that inherits its parameters cannot be judged before the path is known. */
  #maySign(issuer: PathCertificate, child: PathCertificate): boolean {
    const { spki } = issuer.parsed;
    return this.#signatures.isSignedBy(child, spki) || inheritsParameters(spki);
  }
}

function isSameEntity(a: PathCertificate, b: PathCertificate): boolean {
  if (a === b) return true;
  return a.subject.key === b.subject.key && Buffer.compare(a.parsed.spki, b.parsed.spki) === 0;
}
