/** What was looked at, for people: findings one a line, with where they are and how to mend them below. */
import type { Output } from '../../shared/operations/index.ts';
import type { LintFinding } from '../../shared/operations/inspect.ts';

/** Texts of foreign files could move the cursor, and so pose as something else. */
const safe = (text: string) => text.replace(/\p{Cc}/gu, '?');

const presenters: Readonly<Record<string, (output: never) => string[]>> = {
  'inspect.file': inspection,
  'certificates.preview': certificatePreview,
  'inspect.asn1': asn1Level,
  'inspect.compare': comparison,
  'inspect.lint': lint,
  'inspect.verify': verification,
  'system.doctor': diagnosis,
};

/** The answer of an operation that looks at something, as text; null for other operations. */
export function inspectionText(operationId: string, output: object): string | null {
  const present = presenters[operationId];
  return present ? `${present(output as never).join('\n')}\n` : null;
}

function inspection({ kind, encoding, problem, items }: Output<'inspect.file'>): string[] {
  const many = items.length > 1 ? `, ${items.length} items` : '';
  return [
    `${kind} (${encoding}${many})`,
    ...(problem === undefined ? [] : [safe(problem)]),
    ...items.flatMap((item) => [
      '',
      safe([item.kind, item.label, item.description].filter(Boolean).join('  ')),
      ...(item.problem === undefined ? [] : [safe(item.problem)]),
      ...(item.text === '' ? [] : [item.text.trimEnd()]),
      ...(item.asn1 === undefined ? [] : [item.asn1.trimEnd()]),
      ...item.findings.flatMap(finding),
    ]),
  ];
}

function certificatePreview({ ok, violations, findings, text }: Output<'certificates.preview'>): string[] {
  return [
    ok ? 'would be issued' : 'would not be issued',
    ...violations.map(({ path, rule, message }) => safe(`policy  ${rule} at ${path.join('.')}: ${message}`)),
    ...findings.flatMap(finding),
    ...(text === '' ? [] : ['', text.trimEnd()]),
  ];
}

function asn1Level({ nodes, isCut, problem }: Output<'inspect.asn1'>): string[] {
  return [
    ...nodes.map(({ offset, type, length, name, value }) =>
      safe([String(offset).padStart(6), type, `(${length})`, name, value].filter(Boolean).join('  ')),
    ),
    ...(isCut ? ['... and more'] : []),
    ...(problem === undefined ? [] : [`broken: ${problem}`]),
  ];
}

function comparison({ ok, sameKey, sharedFactor, differences }: Output<'inspect.compare'>): string[] {
  return [
    ok ? 'the same' : `${differences.length} differences`,
    ...(sameKey ? ['the same key'] : []),
    ...(sharedFactor ? ['the RSA keys have a prime in common: both are broken'] : []),
    ...differences.flatMap(({ section, name, first, second }) => [
      safe(`${section}.${name}`),
      `  - ${safe(first ?? 'none')}`,
      `  + ${safe(second ?? 'none')}`,
    ]),
  ];
}

function finding({ severity, rule, path, message, hint }: LintFinding): string[] {
  const place = path.length > 0 ? ` at ${path.join('.')}` : '';
  return [`${severity}  ${rule}${place}: ${safe(message)}`, `    ${safe(hint)}`];
}

function lint({ ok, checked, findings }: Output<'inspect.lint'>): string[] {
  const lines = findings.flatMap(({ item, ...others }) => {
    const [first = '', ...more] = finding({ item, ...others });
    return [checked > 1 ? `${item}: ${first}` : first, ...more];
  });
  return [...lines, `${checked} checked, ${ok ? 'no errors' : 'with errors'}`];
}

function verification({ ok, path, failures, nameSpace }: Output<'inspect.verify'>): string[] {
  return [
    ok ? 'valid' : 'not valid',
    ...path.map(({ subject, notAfter }, index) => `  ${index}  ${safe(subject)}, until ${notAfter}`),
    ...failures.map(({ certificateIndex, rule, section, message }) =>
      safe(`error  ${rule} at ${certificateIndex}: ${message} (${section})`),
    ),
    ...namesOf('permitted', nameSpace?.permitted ?? {}),
    ...namesOf('excluded', nameSpace?.excluded ?? {}),
  ];
}

function namesOf(what: string, kinds: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(kinds).map(([kind, names]) => safe(`${what} ${kind}: ${names.join(', ') || 'none'}`));
}

function diagnosis({ findings, algorithms }: Output<'system.doctor'>): string[] {
  const engines = ['library', 'none'] as const;
  return [
    ...findings.flatMap(({ status, check, message, hint }) => [
      `${status.padEnd(7)}  ${check.padEnd(8)}  ${message}`,
      ...(hint === undefined ? [] : [`${' '.repeat(19)}${hint}`]),
    ]),
    ...engines.flatMap((engine) => {
      const names = Object.keys(algorithms).filter((name) => algorithms[name] === engine);
      return names.length === 0 ? [] : [`algorithms of ${engine}: ${names.join(', ')}`];
    }),
  ];
}
