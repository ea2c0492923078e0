import { describe, expect, it } from 'vitest';
import {
  completed,
  corrected,
  isBeingWritten,
  markOf,
  preselects,
  queryProblem,
  type Written,
} from '../../../../src/renderer/screens/certificates/query-text.ts';
import { completeQuery } from '../../../../src/shared/query/complete-query.ts';
import type { NoteField } from '../../../../src/shared/query/query-fields.ts';

const notes: readonly NoteField[] = [
  { note: 'Cost center', names: ['Cost center'], kind: 'number' },
  { note: 'Reviewed', names: ['Reviewed'], kind: 'date' },
];

/** The query with its caret where the bar is. */
function at(textWithBar: string): Written {
  const caret = textWithBar.indexOf('|');
  return { text: textWithBar.replace('|', ''), caret };
}
const barred = ({ text, caret }: Written) => `${text.slice(0, caret)}|${text.slice(caret)}`;
const completionAt = ({ text, caret }: Written) => completeQuery(text, caret, notes);
const problemOf = (text: string) => {
  const problem = queryProblem(text, notes);
  if (problem === undefined) throw new Error(`${text} can be read.`);
  return problem;
};

describe('a choice', () => {
  it.each([
    ['|', 'CN', 'CN |'],
    ['CN -cont|', '-contains', 'CN -contains |'],
    ['CN -co|nt "a"', '-contains', 'CN -contains |"a"'],
    ['(CN -eq "a" |)', 'OR', '(CN -eq "a" OR|)'],
    ['CertState -eq "Act|ive" AND CN -eq "a"', '"Active"', 'CertState -eq "Active" |AND CN -eq "a"'],
    ['cost|', '"Cost center"', '"Cost center" |'],
  ])('in %s of %s makes %s', (before, option, after) => {
    const written = at(before);
    const completion = completionAt(written);
    expect(completion.options).toContain(option);
    expect(barred(completed(written.text, completion, option))).toBe(after);
  });

  it('is made by Enter only for a word that is begun and not whole', () => {
    const isMade = (text: string) => preselects(text, completeQuery(text, text.length, notes));
    expect(isMade('CN -cont')).toBe(true);
    expect(isMade('CN -contains')).toBe(false);
    expect(isMade('CN ')).toBe(false);
    expect(isMade('')).toBe(false);
  });
});

describe('what is wrong', () => {
  it.each([
    ['CN -cont "a"', 'CN ', '-cont', ' "a"'],
    ['CN -eq', 'CN -eq', '', ''],
    [`CN -eq "${'a'.repeat(60)}" XOR`, `…${'a'.repeat(46)}" `, 'XOR', ''],
    [`CN ${'b'.repeat(70)} "${'c'.repeat(30)}"`, 'CN ', `${'b'.repeat(60)}…`, ` "${'c'.repeat(22)}…`],
  ])('in %s is marked', (text, before, wrong, after) => {
    expect(markOf(text, problemOf(text))).toEqual({ before, wrong, after });
  });

  it.each([
    ['CN -contain "a"', 'CN -contains |"a"'],
    ['CertState -eq "Actve" AND CN -eq "a"', 'CertState -eq Active |AND CN -eq "a"'],
    ['"Cost centre" -gt 5', '"Cost center" |-gt 5'],
  ])('in %s is replaced by what was meant', (text, after) => {
    const problem = problemOf(text);
    expect(barred(corrected(text, problem, problem.suggestion ?? ''))).toBe(after);
    expect(queryProblem(corrected(text, problem, problem.suggestion ?? '').text, notes)).toBeUndefined();
  });

  it.each([
    ['CN -cont|', true],
    ['CN |', true],
    ['CN -eq "half a te|', true],
    ['CN -cont "a|', false],
    ['CM -eq "a" AND |', false],
    ['CN -cont| AND', false],
  ])('in %s may be unfinished: %s', (text, expected) => {
    const written = at(text);
    expect(isBeingWritten(problemOf(written.text), written)).toBe(expected);
  });

  it('is left to the service where notes are not known', () => {
    expect(queryProblem('Reviewed -le "2026-01-31"', undefined)).toBeUndefined();
    expect(queryProblem('Reviewed -le "2026-01-31"', notes)).toBeUndefined();
    expect(queryProblem('Reviewed -contains "2026"', notes)?.length).toBe('-contains'.length);
    expect(queryProblem('CN -le "a"', undefined)?.position).toBe(3);
  });
});
