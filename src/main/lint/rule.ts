/** What a rule is and what it finds. */

export type Severity = 'error' | 'warning' | 'notice';

export interface Finding {
  /** E.g. `rfc5280.serial.positive`. */
  readonly rule: string;
  readonly severity: Severity;
  /** E.g. `RFC 5280 section 4.1.2.2`. */
  readonly source: string;
  /** Where, from the outermost field inwards. */
  readonly path: readonly (string | number)[];
  /** What is wrong, and why it matters where the rule's source does not make that plain. */
  readonly message: string;
  readonly hint: string;
}

export interface LintOptions {
  /** `public-like` adds the CA/Browser Forum's baseline for TLS to what RFC 5280 and good keys ask for. */
  readonly profile: 'rfc5280' | 'public-like';
  /** Where a key is in use already, by the SHA-256 of its SubjectPublicKeyInfo in upper-case hexadecimal. */
  readonly knownKeys?: ((spkiSha256: string) => string | undefined) | undefined;
  /** Moduli of other RSA keys, big-endian, to be searched for a common prime factor; 10,000 at most are. */
  readonly moduli?: readonly Uint8Array[] | undefined;
  /** True for a key on a list in the format of Debian's openssl-blacklist: 20 hexadecimal digits of each key. */
  readonly isBlacklisted?: ((fingerprint: string) => boolean) | undefined;
}

/** A problem at a place below the rule's own. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** One rule. It says nothing, or what is wrong: in one sentence, or in one for each place. */
export interface Rule<Document> {
  readonly id: string;
  readonly severity: Severity;
  readonly source: string;
  readonly path: readonly string[];
  readonly hint: string;
  /** Absent for a rule that applies to every document of its kind. */
  readonly applies?: (document: Document, options: LintOptions) => boolean;
  readonly check: (document: Document, options: LintOptions) => string | readonly Problem[] | undefined;
}

/** Findings of one rule that are listed singly: a CRL can break it a million times. */
const maxFindingsPerRule = 20;

/** All findings of all rules, in the rules' order. */
export function applyRules<Document>(
  rules: readonly Rule<Document>[],
  document: Document,
  options: LintOptions,
): Finding[] {
  return rules.flatMap((rule) => {
    if (rule.applies?.(document, options) === false) return [];
    return problemsOf(rule.check(document, options)).map(({ path, message }) => ({
      rule: rule.id,
      severity: rule.severity,
      source: rule.source,
      path: [...rule.path, ...path],
      message,
      hint: rule.hint,
    }));
  });
}

function problemsOf(checked: string | readonly Problem[] | undefined): readonly Problem[] {
  if (checked === undefined) return [];
  if (typeof checked === 'string') return [{ path: [], message: checked }];
  if (checked.length <= maxFindingsPerRule) return checked;
  const more = checked.length - maxFindingsPerRule;
  return [...checked.slice(0, maxFindingsPerRule), { path: [], message: `There are ${more} more of these.` }];
}
