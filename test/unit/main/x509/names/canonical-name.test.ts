import { describe, expect, it } from 'vitest';
import { tags } from '../../../../../src/main/x509/der/der-tags.ts';
import { writeDer } from '../../../../../src/main/x509/der/der-writer.ts';
import { canonicalKeyOf } from '../../../../../src/main/x509/names/canonical-name.ts';

type Part = readonly [oid: string, tag: number, value: string | Uint8Array];

/** A Name of relative names of one attribute or more, each in the string type that is given. */
function nameOf(...relativeNames: readonly (readonly Part[])[]): string {
  const der = writeDer((writer) =>
    writer.sequence(() => {
      for (const attributes of relativeNames) {
        writer.group(tags.set, () => {
          for (const [oid, tag, value] of attributes) {
            writer.sequence(() => {
              writer.objectIdentifier(oid).value(tag, Buffer.from(value));
            });
          }
        });
      }
    }),
  );
  return canonicalKeyOf(der);
}

const cn = '2.5.4.3';
const o = '2.5.4.10';
const utf8 = (value: string) => nameOf([[cn, tags.utf8String, value]]);

describe('comparison of names (RFC 5280 section 7.1)', () => {
  it('takes the string types for one another', () => {
    expect(nameOf([[cn, tags.printableString, 'Root CA']])).toBe(utf8('Root CA'));
    expect(nameOf([[cn, tags.bmpString, Buffer.from('\0R\0o\0o\0t', 'latin1')]])).toBe(utf8('Root'));
    expect(nameOf([[cn, tags.teletexString, Buffer.from('Z\xfcrich', 'latin1')]])).toBe(utf8('Zürich'));
  });

  it('does not regard case, also beyond ASCII', () => {
    expect(utf8('ROOT ca')).toBe(utf8('root CA'));
    expect(utf8('ÄÖÜ ΣΑΣ')).toBe(utf8('äöü σας'));
    expect(utf8('Straße')).toBe(utf8('STRASSE'));
  });

  it('folds white space, and drops it at both ends', () => {
    expect(utf8('  Root \t\u00a0 CA ')).toBe(utf8('Root CA'));
    expect(utf8('Root CA')).not.toBe(utf8('RootCA'));
  });

  it('takes composed and decomposed letters for one another', () => {
    expect(utf8('Zu\u0308rich')).toBe(utf8('Zürich'));
  });

  it('drops what cannot be seen', () => {
    expect(utf8('Ro\u200bot\u00ad')).toBe(utf8('Root'));
  });

  it('regards the order of relative names, but not that of the attributes in one', () => {
    const a: Part = [cn, tags.utf8String, 'a'];
    const b: Part = [o, tags.utf8String, 'b'];
    expect(nameOf([a], [b])).not.toBe(nameOf([b], [a]));
    expect(nameOf([a, b])).toBe(nameOf([b, a]));
    expect(nameOf([a, b])).not.toBe(nameOf([a], [b]));
  });

  it('tells types and values apart, whatever is in them', () => {
    expect(nameOf([[cn, tags.utf8String, 'x']])).not.toBe(nameOf([[o, tags.utf8String, 'x']]));
    expect(utf8('a\u0001b')).not.toBe(
      nameOf([
        [cn, tags.utf8String, 'a'],
        [cn, tags.utf8String, 'b'],
      ]),
    );
    expect(nameOf([[cn, tags.octetString, 'x']])).not.toBe(utf8('x'));
  });
});
