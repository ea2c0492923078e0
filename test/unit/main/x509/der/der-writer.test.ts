import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DerFormat, DerReader } from '../../../../../src/main/x509/der/der-reader.ts';
import { tags } from '../../../../../src/main/x509/der/der-tags.ts';
import { type DerWriter, writeDer } from '../../../../../src/main/x509/der/der-writer.ts';
import { thrownBy } from '../support/errors.ts';

const format: DerFormat = { code: 'INVALID_INPUT', name: 'sample', maxBytes: 1 << 26 };
const seed = 20_260_101;

type Tree = { readonly leaf: Uint8Array } | { readonly children: readonly Tree[] };

const trees = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 8, depthSize: 'medium' },
    fc.record({ leaf: fc.uint8Array({ maxLength: 300 }) }),
    fc.record({ children: fc.array(tie('tree'), { maxLength: 6 }) }),
  ),
})).tree;

function write(writer: DerWriter, tree: Tree): void {
  if ('leaf' in tree) writer.octetString(tree.leaf);
  else writer.sequence(() => tree.children.forEach((child) => void write(writer, child)));
}

function read(reader: DerReader): Tree {
  if (reader.peek() === tags.octetString) return { leaf: Uint8Array.from(reader.octetString('leaf')) };
  const content = reader.enter(tags.sequence, 'node');
  const children: Tree[] = [];
  while (!content.isEmpty) children.push(read(content));
  return { children };
}

describe('DerWriter', () => {
  it('writes trees that read back as they were', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const reader = DerReader.open(
          writeDer((writer) => write(writer, tree), 16),
          format,
        );
        reader.checkStructure();
        expect(read(reader)).toEqual(tree);
        expect(reader.isEmpty).toBe(true);
      }),
      { seed, numRuns: 1000 },
    );
  });

  it('writes integers in their shortest form', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 160n }), (value) => {
        const der = writeDer((writer) => writer.integer(value));
        const content = DerReader.open(der, format).integer('number');
        expect(BigInt(`0x${Buffer.from(content).toString('hex')}`)).toBe(value);
        expect(content[0]).toBeLessThan(0x80);
      }),
      { seed, numRuns: 1000 },
    );
  });

  it('writes unsigned bytes as the same number, whatever zeros they begin with', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const content = DerReader.open(
          writeDer((writer) => writer.unsigned(bytes)),
          format,
        ).integer('number');
        const hex = (part: Uint8Array) => BigInt(`0x0${Buffer.from(part).toString('hex')}`);
        expect(hex(content)).toBe(hex(bytes));
      }),
      { seed, numRuns: 1000 },
    );
  });

  it('writes object identifiers that read back as they were', () => {
    const arc = fc.oneof(fc.bigInt({ min: 0n, max: 300n }), fc.bigInt({ min: 0n, max: 2n ** 128n }));
    const identifiers = fc
      .tuple(fc.integer({ min: 0, max: 2 }), arc, fc.array(arc, { maxLength: 2 }))
      .map(([root, second, rest]) => [root, root < 2 ? second % 40n : second, ...rest].join('.'));
    fc.assert(
      fc.property(identifiers, (dotted) => {
        const der = writeDer((writer) => writer.objectIdentifier(dotted));
        expect(DerReader.open(der, format).objectIdentifier('type')).toBe(dotted);
      }),
      { seed, numRuns: 1000 },
    );
  });

  it.each(['', '1', '3.1', '1.40', '1.2.03', '1.2.', '1..2', 'serverAuth', `1.2${'.1'.repeat(200)}`])(
    'refuses %j as an object identifier',
    (text) => {
      expect(thrownBy(() => writeDer((writer) => writer.objectIdentifier(text))).code).toBe('INVALID_INPUT');
    },
  );

  it('moves content for lengths of one to three bytes', () => {
    for (const size of [127, 128, 255, 256, 65_535, 65_536, 100_000]) {
      const der = writeDer((writer) => writer.sequence(() => writer.raw(new Uint8Array(size).fill(5))), 8);
      const content = DerReader.open(der, format).content(tags.sequence, 'node');
      expect(content.length).toBe(size);
      expect(content.every((byte) => byte === 5)).toBe(true);
    }
  });
});
