/** The validity of a certificate and how times are written: RFC 5280 section 4.1.2.5. */
import type { CertificateDocument } from '../read/read-document.ts';
import type { TimeField } from '../read/read-time.ts';
import type { Problem, Rule } from '../rule.ts';

/** A time that is not written as it should be: in a wrong form, or in the wrong one of the two types. */
export function timeProblem({ date, isUtcTime, text }: TimeField): string | undefined {
  if (date === undefined) return `'${text.slice(0, 32)}' is not a time in whole seconds and UTC.`;
  const year = date.getUTCFullYear();
  return !isUtcTime && year >= 1950 && year < 2050
    ? `'${text}' is a GeneralizedTime, where the years to 2049 are written as UTCTime.`
    : undefined;
}

/** The problems of several fields, each at its own path. */
export function timeProblems(fields: Readonly<Record<string, TimeField | undefined>>): Problem[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const message = field && timeProblem(field);
    return message === undefined ? [] : [{ path: [name], message }];
  });
}

export const timeRules: readonly Rule<CertificateDocument>[] = [
  {
    id: 'rfc5280.validity.encoding',
    severity: 'error',
    source: 'RFC 5280 section 4.1.2.5',
    path: ['validity'],
    hint: 'Write YYMMDDHHMMSSZ as UTCTime through 2049, and YYYYMMDDHHMMSSZ as GeneralizedTime from 2050 on.',
    check: ({ notBefore, notAfter }) => timeProblems({ notBefore, notAfter }),
  },
  {
    id: 'rfc5280.validity.order',
    severity: 'error',
    source: 'RFC 5280 section 4.1.2.5',
    path: ['validity'],
    hint: 'Let the certificate end after it begins.',
    check: ({ notBefore, notAfter }) =>
      notBefore.date && notAfter.date && notAfter.date < notBefore.date
        ? 'The certificate ends before it begins, so that it is never valid.'
        : undefined,
  },
  {
    id: 'rfc5280.validity.endless',
    severity: 'notice',
    source: 'RFC 5280 section 4.1.2.5',
    path: ['validity', 'notAfter'],
    hint: 'Give it an end unless it is that of a device that can never be reached again.',
    check: ({ notAfter }) =>
      notAfter.text === '99991231235959Z' ? 'The certificate has no well-defined end.' : undefined,
  },
];
