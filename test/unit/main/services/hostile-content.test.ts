/** What a person with bad intent hands in: each is answered or refused with its reason, and nothing is INTERNAL. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tags } from '../../../../src/main/x509/der/der-tags.ts';
import { type DerWriter, writeDer } from '../../../../src/main/x509/der/der-writer.ts';
import { writePem } from '../../../../src/main/x509/index.ts';
import { type ChanceryInProcess, openInProcess } from '../../../support/chancery-in-process.ts';
import { createAuthority, issue } from '../x509/support/test-authority.ts';
import { extensionRequest, makeCsr, testKey } from '../x509/support/test-csr.ts';

let office: ChanceryInProcess;
beforeAll(async () => {
  office = await openInProcess();
});
afterAll(() => office.chancery.close());

/** A name whose commonName has these bytes as its UTF8String. */
const nameOf = (value: Uint8Array | string) =>
  writeDer((w) =>
    w.sequence(() =>
      w.group(tags.set, () =>
        w.sequence(() => w.objectIdentifier('2.5.4.3').value(tags.utf8String, Buffer.from(value))),
      ),
    ),
  );

function rsaKey(bytes: number, exponent: Uint8Array): Uint8Array {
  const key = writeDer((w) =>
    w.sequence(() => w.unsigned(new Uint8Array(bytes).fill(0xff)).unsigned(exponent)),
  );
  return writeDer((w) =>
    w.sequence(() => {
      w.sequence(() => w.objectIdentifier('1.2.840.113549.1.1.1').null());
      w.bitString(key);
    }),
  );
}

const offCurve = Uint8Array.from(testKey.spki);
offCurve[offCurve.length - 1] = (offCurve.at(-1) ?? 0) ^ 1;

function nested(levels: number): Uint8Array {
  let inner: Uint8Array = Uint8Array.of(5, 0);
  for (let level = 0; level < levels; level++) {
    const content = inner;
    inner = writeDer((w) => w.value(tags.sequence, content), content.length + 8);
  }
  return inner;
}

const dnsNames = (...names: string[]): [string, (w: DerWriter) => void] => [
  '2.5.29.17',
  (w) => void w.sequence(() => names.forEach((name) => void w.text(0x82, name))),
];
const manyNames = Array.from({ length: 10_000 }, (_, i) => `h${i}.example`);
const authority = createAuthority('ecdsa-p256');
const certificate = (spki: Uint8Array, subjectDer = nameOf('a')) =>
  issue(authority, { subjectDer, spki, extensions: {} });

describe.each<[string, Uint8Array]>([
  ['deeply nested elements', nested(5000)],
  ['a giant length', Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff)],
  ['an RSA key of 16,384 bits', certificate(rsaKey(2048, Uint8Array.of(1, 0, 1)))],
  ['an RSA exponent of 16,384 bits', certificate(rsaKey(256, new Uint8Array(2048).fill(0xff)))],
  ['a point that is not on its curve', certificate(offCurve)],
  ['a NUL in a name', certificate(testKey.spki, nameOf('good.example\0.evil.example'))],
  ['text that turns around', certificate(testKey.spki, nameOf('\u202eelpmaxe\u2066'))],
  ['an overlong encoding', certificate(testKey.spki, nameOf(Uint8Array.of(0xc0, 0x80)))],
  ['10,000 names', makeCsr({ attributes: extensionRequest(dnsNames(...manyNames)) })],
])('%s', (_, der) => {
  it('is looked at, linted and verified without a failure of ours', async () => {
    const content = Buffer.from(der).toString('base64');
    for (const id of ['inspect.file', 'inspect.lint', 'inspect.verify'] as const) {
      const { status, body } = await office.call(id, { content });
      expect([id, body.code], body.detail).not.toEqual([id, 'INTERNAL']);
      expect(status).toBeLessThan(500);
    }
  });
});

it.each<[string, Uint8Array, string]>([
  ['a point that is not on its curve', makeCsr({ key: { ...testKey, spki: offCurve } }), 'INVALID_CSR'],
  ['a NUL in a name', makeCsr({ subjectDer: nameOf('good.example\0.evil') }), 'INVALID_CSR'],
  ['an overlong encoding', makeCsr({ subjectDer: nameOf(Uint8Array.of(0x61, 0xc0, 0xaf)) }), 'INVALID_CSR'],
  ['text that turns around', makeCsr({ subjectDer: nameOf('\u202eelpmaxe.a') }), 'POLICY_VIOLATION'],
  [
    'a NUL in a host name',
    makeCsr({ attributes: extensionRequest(dnsNames('good.example\0.evil')) }),
    'INVALID_CSR',
  ],
  [
    'an extension twice',
    makeCsr({ attributes: extensionRequest(dnsNames('a.example'), dnsNames('b.example')) }),
    'INVALID_CSR',
  ],
  [
    'an RSA key of 16,384 bits',
    makeCsr({ key: { ...testKey, spki: rsaKey(2048, Uint8Array.of(1, 0, 1)) } }),
    'INVALID_CSR',
  ],
  [
    'more names than a request may have',
    makeCsr({ attributes: extensionRequest(dnsNames(...manyNames)) }),
    'INVALID_INPUT',
  ],
])('a request with %s is refused', async (_, der, code) => {
  const csr = writePem('CERTIFICATE REQUEST', der);
  const answer = await office.call('certificates.issue', { profile: 'tls-server', realm: 'default', csr });
  expect(answer.body).toMatchObject({ code });
});
