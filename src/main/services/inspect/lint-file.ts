import { ChanceryError } from '../../../shared/errors.ts';
import type { Output, ParsedInput } from '../../../shared/operations/index.ts';
import type { LintOptions } from '../../lint/index.ts';
import { recognise } from '../../x509/index.ts';
import { contentBytes } from './content-bytes.ts';
import { lintItem } from './lint-item.ts';
import { mapInTurns } from './map-in-turns.ts';

/** All findings in all that the content holds. Throws INVALID_CERTIFICATE where there are no rules for any of it. */
export async function lintFile(
  { content, profile }: ParsedInput<'inspect.lint'>,
  isBlacklisted: LintOptions['isBlacklisted'],
): Promise<Output<'inspect.lint'>> {
  const { kind, items, problem } = recognise(contentBytes(content));
  const found = await mapInTurns(items, (item, index) => lintItem(item, index, { profile, isBlacklisted }));
  const linted = found.filter((findings) => findings !== null);
  if (linted.length === 0) {
    const what = problem ?? (kind === 'unknown' ? 'It is nothing that is known here.' : `It is a ${kind}.`);
    throw new ChanceryError({
      code: 'INVALID_CERTIFICATE',
      detail: `There is no certificate, request or CRL in it. ${what}`,
      violations: [{ path: ['content'], rule: 'content.kind', message: what }],
    });
  }
  const findings = linted.flat();
  return { ok: findings.every(({ severity }) => severity !== 'error'), checked: linted.length, findings };
}
