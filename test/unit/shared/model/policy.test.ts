import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ObjectIdentifier } from '../../../../src/shared/model/names.ts';
import { PolicyDefinition } from '../../../../src/shared/model/policy.ts';

const whole = {
  subject: { mode: 'none' },
  subjectAltNames: { mode: 'rules', rules: [{ type: 'dns', allowed: ['*.example.com'] }] },
  keyUsages: { allowed: ['digitalSignature'], required: [] },
  extendedKeyUsages: { allowed: ['serverAuth', '1.3.6.1.5.5.7.3.17'], required: [] },
  keyAlgorithms: ['ecdsa-p256'],
  maxValidity: 'P90D',
};

describe('PolicyDefinition', () => {
  it('permits neither wildcards nor authorities unless it says so', () => {
    expect(PolicyDefinition.parse(whole)).toMatchObject({ allowWildcards: false, isCa: false });
  });

  it.each<[string, Record<string, unknown>]>([
    ['a missing section', { subject: undefined }],
    ['a section without a mode', { subject: {} }],
    ['rules in mode any', { subject: { mode: 'any', rules: [] } }],
    ['rules that are empty', { subjectAltNames: { mode: 'rules', rules: [] } }],
    [
      'two rules for one type',
      { subjectAltNames: { mode: 'rules', rules: [{ type: 'dns' }, { type: 'dns' }] } },
    ],
    [
      'an empty list of patterns',
      { subjectAltNames: { mode: 'rules', rules: [{ type: 'dns', allowed: [] }] } },
    ],
    ['an unknown type', { subject: { mode: 'rules', rules: [{ type: 'surname' }] } }],
    ['an unknown field', { maxValidty: 'P90D' }],
    ['an unknown usage', { keyUsages: { allowed: ['sign'], required: [] } }],
    [
      'an extended usage that is neither name nor number',
      { extendedKeyUsages: { allowed: ['server'], required: [] } },
    ],
    ['no key algorithm', { keyAlgorithms: [] }],
    ['no validity', { maxValidity: 'P0D' }],
  ])('refuses %s', (_, change) => {
    expect(PolicyDefinition.safeParse({ ...whole, ...change }).success).toBe(false);
  });

  it('can be described as JSON Schema', () => {
    const schema = z.toJSONSchema(PolicyDefinition, { io: 'input' });
    expect(Object.keys(schema.$defs ?? {})).toEqual(
      expect.arrayContaining(['PolicyDefinition', 'SubjectSection', 'Duration']),
    );
  });
});

describe('ObjectIdentifier', () => {
  it.each(['2.5.29.37.0', '1.3.6.1.5.5.7.3.17', '0.9.2342.19200300.100.1.25', '2.999.1'])(
    'takes %s',
    (text) => expect(ObjectIdentifier.safeParse(text).success).toBe(true),
  );
  it.each(['', '1', '1.2', '3.1.1', '1.40.1', '1.2.03', '1.2.', '.1.2', '1.2.-3', '1.2.3 '])(
    'refuses %j',
    (text) => expect(ObjectIdentifier.safeParse(text).success).toBe(false),
  );
});
