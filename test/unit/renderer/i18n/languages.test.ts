import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../../../src/shared/errors.ts';
import { de } from '../../../../src/shared/i18n/de.ts';
import { en } from '../../../../src/shared/i18n/en.ts';

function flatten(messages: object, before = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === 'string') texts.set(before + key, value);
    else for (const [name, text] of flatten(value, `${before}${key}.`)) texts.set(name, text);
  }
  return texts;
}

const variablesOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).toSorted();
const english = flatten(en);
const german = flatten(de);

describe('the languages', () => {
  it('have the same keys', () => {
    expect([...german.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  it('fill the same variables into each text', () => {
    for (const [key, text] of english)
      expect(variablesOf(german.get(key) ?? ''), key).toEqual(variablesOf(text));
  });

  it('leave no text empty', () => {
    for (const [key, text] of [...english, ...german]) expect(text.trim(), key).not.toBe('');
  });

  it('have a title for every error', () => {
    expect(Object.keys(en.error)).toEqual(expect.arrayContaining(Object.keys(errorCatalogue)));
  });
});
