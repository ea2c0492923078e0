/** Contents that software got wrong before, by the tag that they stand under. */

const text = (value: string) => Buffer.from(value, 'latin1');
const hex = (value: string) => Buffer.from(value, 'hex');
const filled = (length: number, byte: number) => Buffer.alloc(length, byte);

const integers = [
  ...[
    '',
    '00',
    '01',
    '7f',
    '80',
    'ff',
    '0000',
    '0001',
    'ff80',
    'ffff',
    '008000',
    '7fffffff',
    '0080000000',
  ].map(hex),
  ...['00ffffffff', '7fffffffffffffff', '8000000000000000', '00ffffffffffffffff'].map(hex),
  ...[filled(20, 0x7f), filled(21, 0x7f), filled(513, 0x7f), filled(5000, 0xff)],
];

const strings = [
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    'good.example\0.evil.example',
    '*.example',
    '.',
    '..',
    '-a.example',
    '%s%n',
    '\r\nX: y',
  ],
  ...[
    'a'.repeat(64),
    'a'.repeat(65),
    'a'.repeat(20_000),
    'xn--a',
    'user@',
    '@',
    'http://',
    'http://[::1',
    'a,b+c=d',
  ],
].map(text);

/** Overlong NUL and slash, surrogates, a cut character, what is beyond Unicode, a mark, and text that turns around. */
const utf8 = [
  ...[
    'c080',
    'c0af',
    'e08080',
    'eda080',
    'edb080',
    'e282',
    'f4908080',
    'f8888080',
    'fe',
    'ff',
    'efbbbf61',
  ].map(hex),
  ...[Buffer.from('\u202eelpmaxe\u202c'), Buffer.from('a\u2066b\u2069'), Buffer.from('Ä'.repeat(100))],
];

const times = [
  ...['', '0', 'Z', '000000000000Z', '991231235959Z', '500101000000Z', '491231235959Z', '260230000000Z'],
  ...[
    '2601010000Z',
    '260101000000+0100',
    '260101000060Z',
    '260101240000Z',
    '99991231235959Z',
    '00000101000000Z',
  ],
  ...[
    '20260101000000.5Z',
    '2026010100Z',
    '20260101000000',
    '20260001000000Z',
    '2026-01-01T00:00',
    '-10101000000Z',
  ],
].map(text);

const objectIdentifiers = [
  ...[
    '',
    '80',
    '00',
    '7f',
    '8001',
    '2a80',
    'ff7f',
    '550481',
    '808080807f',
    '5504030000',
    '551d11',
    '551d13',
    '551d0f',
  ],
  ...[
    '2a864886f70d010101',
    '2a8648ce3d0201',
    '2b6570',
    '2b0601050507300a',
    '551d1e',
    '551d24',
    '551d20',
    '551d1f',
  ],
]
  .map(hex)
  .concat([
    filled(64, 0x7f),
    filled(65, 0x7f),
    filled(3000, 0xff),
    Buffer.concat([filled(63, 0xff), hex('7f')]),
  ]);

const bits = ['', '00', '01', '08', 'ff', '0700', '0701', '07ff80', '00ff', '0080', '05a0', '0780'].map(hex);
const octets = ['', '00', '3000', '30800000', '0400', '3003020100', '30030101ff', '30818000', '0c0100'].map(
  hex,
);
const booleans = ['', '00', '01', 'fe', 'ff', '0000', 'ffff'].map(hex);
const bmp = ['', '00', '0041', 'd800', 'dc00', 'd800dc00', '00410042', 'feff0041', '202e0041', '0000'].map(
  hex,
);
const universal = ['', '00000041', '0000d800', '00110000', 'ffffffff', '000000', '00000000'].map(hex);
const addresses = ['', '7f000001', '7f0000', '00000000ffffffff', '0a000000ff00ff00']
  .map(hex)
  .concat([filled(16, 0)]);

const byTag: ReadonlyMap<number, readonly Uint8Array[]> = new Map<number, readonly Uint8Array[]>([
  [0x01, booleans],
  [0x02, integers],
  [0x03, bits],
  [0x04, octets],
  [0x06, objectIdentifiers],
  [0x0a, integers],
  [0x0c, [...strings, ...utf8]],
  [0x17, times],
  [0x18, times],
  [0x1c, universal],
  [0x1e, bmp],
  [0x87, addresses],
]);
const others = [...strings, ...utf8, ...octets];

export function hostileValues(tag: number): readonly Uint8Array[] {
  return byTag.get(tag) ?? others;
}
