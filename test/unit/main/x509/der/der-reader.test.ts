import { describe, expect, it } from 'vitest';
import { type DerFormat, DerReader } from '../../../../../src/main/x509/der/der-reader.ts';
import { thrownBy } from '../support/errors.ts';

const format: DerFormat = { code: 'INVALID_CERTIFICATE', name: 'sample', maxBytes: 1_000_000 };

function open(hex: string): DerReader {
  return DerReader.open(Buffer.from(hex, 'hex'), format);
}

describe('lengths', () => {
  it.each([
    ['ends before its tag', '', 'is missing'],
    ['ends before its length', '04', 'cut off in its length'],
    ['ends within its length', '0482ff', 'cut off in its length'],
    ['ends within its content', '0403aabb', 'it claims 3 bytes, 2 are left'],
    ['has an indefinite length', '048000000000', 'indefinite length'],
    ['has a long length below 128', `04817f${'00'.repeat(127)}`, 'shortest form'],
    ['has a long length with a leading zero', `04820080${'00'.repeat(128)}`, 'shortest form'],
    ['has a length of five bytes', '04850100000000', 'a length of 5 bytes'],
    ['claims four gigabytes', '0484ffffffff', 'it claims 4294967295 bytes'],
    ['has a tag of several bytes', '1f810100', 'a tag of several bytes'],
  ])('refuses an element that %s', (_, hex, problem) => {
    const error = thrownBy(() => open(hex).element('thing'));
    expect(error.code).toBe('INVALID_CERTIFICATE');
    expect(error.detail).toContain(problem);
    expect(error.detail).toContain('sample');
  });

  it.each([0, 1, 127, 128, 255, 256, 65_535, 65_536])('takes a content of %i bytes', (size) => {
    const content = Buffer.alloc(size, 7);
    const length =
      size < 128
        ? [size]
        : size < 256
          ? [0x81, size]
          : size < 65_536
            ? [0x82, size >> 8, size & 255]
            : [0x83, 1, 0, 0];
    const reader = DerReader.open(Buffer.concat([Buffer.from([4, ...length]), content]), format);
    expect(reader.octetString('thing')).toHaveLength(size);
    expect(reader.isEmpty).toBe(true);
  });

  it('keeps an element within what encloses it, though the input goes on', () => {
    const inner = open('300204050000000000').enter(0x30, 'outer');
    expect(thrownBy(() => inner.octetString('inner')).detail).toContain('it claims 5 bytes, 0 are left');
  });

  it('refuses an input above the limit of its format before it looks at it', () => {
    const small = { ...format, maxBytes: 10 };
    expect(thrownBy(() => DerReader.open(new Uint8Array(11), small)).detail).toContain(
      'more than the allowed 10',
    );
  });
});

describe('the structure', () => {
  it('says which tag was due, and where', () => {
    const reader = open('04000500');
    reader.octetString('first');
    expect(thrownBy(() => reader.enter(0x30, 'second')).detail).toContain(
      'second has the tag 0x05 where 0x30 is due (at byte 2)',
    );
  });

  it('refuses bytes after the end', () => {
    const reader = open('040000');
    reader.octetString('first');
    expect(thrownBy(() => reader.finish('first')).detail).toContain('followed by 1 bytes');
  });

  it('does not follow nesting without end', () => {
    let bomb = Buffer.alloc(0);
    for (let i = 0; i < 5000; i++) {
      const length = bomb.length < 128 ? [bomb.length] : [0x82, bomb.length >> 8, bomb.length & 255];
      bomb = Buffer.concat([Buffer.from([0x30, ...length]), bomb]);
      if (bomb.length >= 128 && bomb.length < 256)
        bomb = Buffer.concat([Buffer.from([0x30, 0x81, bomb.length]), bomb]);
    }
    expect(thrownBy(() => DerReader.open(bomb, format).checkStructure()).detail).toContain(
      'nested more than 32',
    );
    const descend = () => {
      let reader = DerReader.open(bomb, format);
      while (!reader.isEmpty) reader = reader.enter(0x30, 'level');
    };
    expect(thrownBy(descend).detail).toContain('nested more than 32');
  });

  it.each([
    ['a child that is longer than its parent', '30030402aabb'],
    ['a child that begins within its parent and ends in the next one', '30060202000130020500'],
    ['half a header at the end of a parent', '30010403000000'],
  ])('finds %s', (_, hex) => {
    expect(thrownBy(() => open(hex).checkStructure()).code).toBe('INVALID_CERTIFICATE');
  });

  it('leaves the cursor where it was after the check', () => {
    const reader = open('30043002050004010a');
    reader.checkStructure();
    expect(reader.position).toBe(0);
    expect(reader.element('first')).toHaveLength(6);
  });
});

describe('values', () => {
  it.each(['0200', '02020001', '0202007f', '0202ff80', '0202ffff'])('refuses the integer %s', (hex) => {
    expect(thrownBy(() => open(hex).integer('number')).detail).toMatch(/without bytes|shortest form/);
  });

  it.each([
    ['020100', 0],
    ['02017f', 127],
    ['02020080', 128],
    ['02047fffffff', 2_147_483_647],
  ])('reads the integer %s', (hex, value) => {
    expect(open(hex).smallInteger('number')).toBe(value);
  });

  it.each(['0201ff', '02050080000000'])('does not take %s for a small integer', (hex) => {
    expect(thrownBy(() => open(hex).smallInteger('number')).detail).toContain('not from 0 to');
  });

  it.each(['0100', '010101', '01020000'])('refuses the boolean %s', (hex) => {
    expect(thrownBy(() => open(hex).boolean('flag')).detail).toContain('not a DER boolean');
  });

  it.each(['0300', '030108', '030101', '03020800', '03020101'])('refuses the bit string %s', (hex) => {
    expect(thrownBy(() => open(hex).bits('bits')).detail).toContain('bit string');
  });

  it('refuses a key or signature that does not end at a byte', () => {
    expect(thrownBy(() => open('03020780').bitString('signature')).detail).toContain(
      'does not end at a byte',
    );
  });

  it.each(['0600', '060180', '06022a80', '06032a8001', `0641${'01'.repeat(65)}`])(
    'refuses the identifier %s',
    (hex) => {
      expect(thrownBy(() => open(hex).objectIdentifier('type')).detail).toContain('not an object identifier');
    },
  );
});
