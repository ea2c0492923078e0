import { ChanceryError } from '../../../shared/errors.ts';
import type { LintFinding } from '../../../shared/operations/inspect.ts';
import { type LintOptions, lintCertificate, lintCrl, lintRequest } from '../../lint/index.ts';
import type { RecognisedItem } from '../../x509/index.ts';

const linters = { certificate: lintCertificate, csr: lintRequest, crl: lintCrl } as const;

/** What the item breaks, in the place that it has in its file; null for kinds that there are no rules for. */
export function lintItem(
  { kind, der }: RecognisedItem,
  item: number,
  options: LintOptions,
): LintFinding[] | null {
  if (kind !== 'certificate' && kind !== 'csr' && kind !== 'crl') return null;
  try {
    return linters[kind](der, options).map((finding) => ({ ...finding, path: [...finding.path], item }));
  } catch (error) {
    if (!(error instanceof ChanceryError)) throw error;
    return [
      {
        item,
        severity: 'error',
        rule: 'x690.structure',
        source: 'X.690',
        path: [],
        message: error.detail,
        hint: error.hint ?? 'Get the file anew from where it came from.',
      },
    ];
  }
}
