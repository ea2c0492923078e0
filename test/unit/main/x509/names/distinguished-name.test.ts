import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DerWriter, writeDer } from '../../../../../src/main/x509/der/der-writer.ts';
import { encodeName, formatName, formatSubject, parseName } from '../../../../../src/main/x509/index.ts';
import { readWholeName, subjectOf } from '../../../../../src/main/x509/names/parse-name.ts';
import type { Subject } from '../../../../../src/shared/model/names.ts';
import { thrownBy } from '../support/errors.ts';

type Value = (writer: DerWriter) => void;

function nameOf(...relativeNames: [oid: string, value: Value][][]): Uint8Array {
  return writeDer((writer) => {
    writer.sequence(() => {
      for (const attributes of relativeNames) {
        writer.group(0x31, () => {
          for (const [oid, value] of attributes) {
            writer.sequence(() => {
              writer.objectIdentifier(oid);
              value(writer);
            });
          }
        });
      }
    });
  });
}

const utf8 = (text: string) => (writer: DerWriter) => void writer.text(0x0c, text);
const raw = (tag: number, hex: string) => (writer: DerWriter) =>
  void writer.value(tag, Buffer.from(hex, 'hex'));
const commonName = '2.5.4.3';

describe('encodeName', () => {
  it('writes from the widest to the narrowest, whatever order it was given in', () => {
    const der = encodeName({
      commonName: 'a.example',
      emailAddress: 'a@example.com',
      serialNumber: '42',
      organizationalUnit: 'Unit',
      organization: 'Müller GmbH',
      locality: 'Köln',
      state: 'NRW',
      country: 'DE',
      domainComponent: ['com', 'example'],
    });
    expect(formatName(der)).toBe(
      'emailAddress=a@example.com,serialNumber=42,CN=a.example,OU=Unit,O=Müller GmbH,L=Köln,ST=NRW,C=DE,DC=example,DC=com',
    );
  });

  it('uses the string types of RFC 5280', () => {
    expect(encodeName({ country: 'DE' }).at(-4)).toBe(0x13);
    expect(encodeName({ serialNumber: '4' }).at(-3)).toBe(0x13);
    expect(encodeName({ emailAddress: '4' }).at(-3)).toBe(0x16);
    expect(encodeName({ domainComponent: ['4'] }).at(-3)).toBe(0x16);
    expect(encodeName({ commonName: '4' }).at(-3)).toBe(0x0c);
  });

  it('reads back as it was', () => {
    const text = (max: number) =>
      fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: max })
        .filter((value) => !/[\p{Cc}\p{Cs}]/u.test(value) && [...value].length <= max);
    const printable = fc.stringMatching(/^[A-Za-z0-9 '()+,\-./:=?]{1,64}$/);
    const subjects = fc.record(
      {
        commonName: text(64),
        organization: text(64),
        organizationalUnit: text(64),
        locality: text(128),
        state: text(128),
        country: fc.stringMatching(/^[A-Z]{2}$/),
        serialNumber: printable,
        emailAddress: fc.emailAddress().filter((value) => value.length <= 255),
        domainComponent: fc.array(fc.stringMatching(/^[a-z0-9-]{1,63}$/), { minLength: 1, maxLength: 5 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(subjects, (subject) => {
        const der = encodeName(subject);
        expect(parseName(der)).toEqual(subject);
        expect(formatSubject(subject)).toBe(formatName(der));
      }),
      { seed: 20_260_103, numRuns: 500 },
    );
  });

  it.each<[string, Subject]>([
    ['an empty value', { commonName: '' }],
    ['a common name of 65 characters', { commonName: 'a'.repeat(65) }],
    ['a country of three letters', { country: 'DEU' }],
    ['a country that is not letters', { country: 'D1' }],
    ['a serial number with an underscore', { serialNumber: 'a_b' }],
    ['an address that is not ASCII', { emailAddress: 'ü@example.com' }],
    ['a NUL', { commonName: 'a\0b' }],
    ['a line break', { organization: 'a\nb' }],
    ['half a surrogate pair', { organization: 'a\ud800' }],
  ])('refuses %s and names the field', (_, subject) => {
    const error = thrownBy(() => encodeName(subject));
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.violations?.[0]?.path).toEqual(['subject', Object.keys(subject)[0]]);
  });

  it('counts characters, not UTF-16 units', () => {
    expect(parseName(encodeName({ commonName: '🔑'.repeat(64) })).commonName).toHaveLength(128);
    expect(thrownBy(() => encodeName({ commonName: '🔑'.repeat(65) })).detail).toContain('64 characters');
  });
});

describe('formatName', () => {
  it.each([
    ['Before \\ After', 'CN=Before \\\\ After'],
    ['a,b+c"d;e<f>g', 'CN=a\\,b\\+c\\"d\\;e\\<f\\>g'],
    [' both ', 'CN=\\ both\\ '],
    [' ', 'CN=\\ '],
    ['#hash', 'CN=\\#hash'],
    ['a#b c', 'CN=a#b c'],
    ['a\nb', 'CN=a\\0Ab'],
    ['abc\u202egnp', 'CN=abc\\E2\\80\\AEgnp'],
    ['Lučić', 'CN=Lučić'],
  ])('escapes %j as RFC 4514 asks', (value, text) => {
    expect(formatName(nameOf([[commonName, utf8(value)]]))).toBe(text);
  });

  it('is the same for a subject as for its name', () => {
    for (const commonName of [
      ' a',
      'a ',
      '#a',
      'a#',
      'a+b',
      'a\\b',
      'a"b',
      'a,b',
      '<a>',
      'a;b',
      'a=b',
      'ü',
      'a\u200bb',
    ]) {
      const subject = { commonName, organization: commonName, domainComponent: ['example', 'com'] };
      expect(formatSubject(subject)).toBe(formatName(encodeName(subject)));
    }
  });

  it('joins the attributes of one relative name by a plus sign', () => {
    expect(
      formatName(
        nameOf(
          [['2.5.4.6', utf8('DE')]],
          [
            [commonName, utf8('J. Smith')],
            ['2.5.4.11', utf8('Sales')],
          ],
        ),
      ),
    ).toBe('CN=J. Smith+OU=Sales,C=DE');
  });

  it('shows an unknown type as its identifier and the value in hexadecimal', () => {
    expect(formatName(nameOf([['1.3.6.1.4.1.1466.0', raw(0x04, '4869')]]))).toBe(
      '1.3.6.1.4.1.1466.0=#04024869',
    );
  });

  it('is empty for an empty name', () => {
    expect(formatName(encodeName({}))).toBe('');
  });
});

describe('parseName', () => {
  it.each([
    ['PrintableString', 0x13, '48c3', undefined],
    ['PrintableString', 0x13, '4869', 'Hi'],
    ['TeletexString as Latin-1', 0x14, '4dfc', 'Mü'],
    ['BMPString', 0x1e, '004d00fc', 'Mü'],
    ['BMPString of odd length', 0x1e, '004d00', undefined],
    ['UniversalString', 0x1c, '0000004d0001f511', 'M🔑'],
    ['UniversalString beyond Unicode', 0x1c, '00110000', undefined],
    ['broken UTF8String', 0x0c, 'c328', undefined],
    ['overlong UTF8String', 0x0c, 'c080', undefined],
    ['UTF8String with a NUL', 0x0c, '610062', undefined],
  ])('reads a %s', (_, tag, hex, text) => {
    const der = nameOf([[commonName, raw(tag, hex)]]);
    if (text === undefined) expect(thrownBy(() => parseName(der)).code).toBe('INVALID_INPUT');
    else expect(parseName(der)).toEqual({ commonName: text });
  });

  it('lists what a Subject cannot carry', () => {
    const der = nameOf(
      [[commonName, utf8('first')]],
      [['2.5.4.42', utf8('Given')]],
      [[commonName, utf8('second')]],
      [['2.5.4.11', raw(0x04, '00')]],
    );
    expect(subjectOf(readWholeName(der))).toEqual({
      subject: { commonName: 'first' },
      unknownAttributeOids: ['2.5.4.42', commonName, '2.5.4.11'],
    });
  });

  it('refuses an empty relative name and bytes behind the name', () => {
    expect(thrownBy(() => parseName(nameOf([]))).code).toBe('INVALID_INPUT');
    expect(thrownBy(() => parseName(Uint8Array.of(...encodeName({ commonName: 'a' }), 0))).code).toBe(
      'INVALID_INPUT',
    );
  });
});
