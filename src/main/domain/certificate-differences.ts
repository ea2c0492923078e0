import type { Subject, SubjectAltName } from '../../shared/model/names.ts';

/** What two certificates of an order can differ in, as people see it. */
export interface ComparedCertificate {
  readonly subject: Subject;
  readonly subjectAltNames: readonly SubjectAltName[];
  readonly keyUsages: readonly string[];
  readonly extendedKeyUsages: readonly string[];
  readonly keyAlgorithm: string;
  /** SHA-256 of the public key. */
  readonly publicKey: string;
  readonly isCa: boolean;
}

export interface Difference {
  readonly field: string;
  readonly before: string[];
  readonly after: string[];
}

/** What another certificate has differently, by field; the order of names and usages is no difference. */
export function certificateDifferences(
  before: ComparedCertificate,
  after: ComparedCertificate,
): Difference[] {
  const then = linesOf(before);
  const now = linesOf(after);
  const fields = [...new Set([...then.keys(), ...now.keys()])];
  return fields.flatMap((field) => {
    const one = then.get(field) ?? [];
    const other = now.get(field) ?? [];
    const isSame = one.length === other.length && [...one].sort().join('\n') === [...other].sort().join('\n');
    return isSame ? [] : [{ field, before: one, after: other }];
  });
}

function linesOf(certificate: ComparedCertificate): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  for (const [attribute, value] of Object.entries(certificate.subject)) {
    if (value !== undefined) lines.set(attribute, [value].flat());
  }
  lines.set(
    'subjectAltNames',
    certificate.subjectAltNames.map(({ type, value }) => `${type}:${value}`),
  );
  lines.set('keyUsages', [...certificate.keyUsages]);
  lines.set('extendedKeyUsages', [...certificate.extendedKeyUsages]);
  lines.set('keyAlgorithm', [certificate.keyAlgorithm]);
  lines.set('publicKey', [certificate.publicKey]);
  lines.set('isCa', [String(certificate.isCa)]);
  return lines;
}
