import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintCertificate, lintCrl, lintRequest } from '../../../../../src/main/lint/index.ts';
import {
  type Asn1Node,
  asn1Tree,
  compareCertificates,
  encodeName,
  listJks,
  readJks,
  readJwks,
  readSshPublicKey,
  recognise,
  viewAsText,
  writeJks,
  writeJwk,
  writePem,
  writeSshPublicKey,
} from '../../../../../src/main/x509/index.ts';
import { ChanceryError } from '../../../../../src/shared/errors.ts';
import { caExtensions, createAuthority, generateKey, issue, issueCrl } from '../support/test-authority.ts';
import { makeCsr } from '../support/test-csr.ts';

const seed = 20_260_107;
const authority = createAuthority('ecdsa-p256');
const { spki } = generateKey('ecdsa-p256');
const leaf = issue(authority, {
  subjectDer: encodeName({ commonName: 'a', organization: 'Org', country: 'DE' }),
  spki,
  extensions: {
    ...caExtensions,
    extendedKeyUsages: ['serverAuth'],
    subjectAltNames: [
      { type: 'dns', value: 'a.example' },
      { type: 'ip', value: '::1' },
      { type: 'upn', value: 'a@b' },
    ],
    crlDistributionPoints: ['http://a.example/crl'],
    ocspUrls: ['http://a.example/ocsp'],
  },
});
const crl = issueCrl(authority, [
  { serialNumber: Buffer.from('41', 'hex'), revokedAt: new Date(0), reason: 'keyCompromise' },
]);
const store = writeJks([{ alias: 'a', createdAt: new Date(0), certificates: [leaf] }], 'p');

/** Some bytes set, some cut out: one to four changes. */
function mutationsOf(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(fc.nat(original.length - 1), fc.nat(255), fc.constantFrom('set', 'cut', 'end'));
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    let bytes = Buffer.from(original);
    for (const [at, value, kind] of changes) {
      if (kind === 'set' && at < bytes.length) bytes[at] = value;
      if (kind === 'cut') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + (value & 7))]);
      if (kind === 'end' && value < 32) bytes = bytes.subarray(0, at);
    }
    return Uint8Array.from(bytes);
  });
}

function survives(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(ChanceryError);
    expect((error as ChanceryError).code).not.toBe('INTERNAL');
  }
}

function countNodes(der: Uint8Array, nodes: readonly Asn1Node[], left: number): number {
  for (const { hasChildren, offset } of nodes) {
    left--;
    if (left > 0 && hasChildren) left = countNodes(der, asn1Tree(der, offset).nodes, left);
  }
  return left;
}

const options = { profile: 'public-like' } as const;

describe('changed bytes', () => {
  it.each<[string, Uint8Array, (bytes: Uint8Array) => unknown]>([
    ['a certificate, linted', leaf, (bytes) => lintCertificate(bytes, options)],
    ['a request, linted', makeCsr(), (bytes) => lintRequest(bytes, options)],
    ['a CRL, linted', crl, (bytes) => lintCrl(bytes, options)],
    ['a certificate, recognised', leaf, recognise],
    ['a CRL, recognised', crl, recognise],
    ['PEM, recognised', Buffer.from(writePem('CERTIFICATE', leaf)), recognise],
    ['a certificate, as text', leaf, viewAsText],
    ['a certificate, compared', leaf, (bytes) => compareCertificates(leaf, bytes)],
    ['a CRL, as text', crl, viewAsText],
    ['a tree', leaf, (bytes) => countNodes(bytes, asn1Tree(bytes).nodes, 2000)],
    ['a Java key store, listed', store, listJks],
    ['a Java key store, opened', store, (bytes) => readJks(bytes, 'p')],
  ])('of %s give a value or a ChanceryError', (_, original, read) => {
    fc.assert(
      fc.property(mutationsOf(original), (bytes) => survives(() => read(bytes))),
      { seed, numRuns: 2000 },
    );
  });

  it.each<[string, string, (text: string) => unknown]>([
    ['a JWK', JSON.stringify(writeJwk(spki, [leaf])), readJwks],
    ['an SSH key', writeSshPublicKey(spki, 'me'), readSshPublicKey],
  ])('of %s give a value or a ChanceryError', (_, original, read) => {
    fc.assert(
      fc.property(mutationsOf(Buffer.from(original)), (bytes) =>
        survives(() => read(Buffer.from(bytes).toString('latin1'))),
      ),
      { seed, numRuns: 2000 },
    );
  });
});

it('any bytes are recognised or unknown, and never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, asSequence) => {
      recognise(
        asSequence ? Uint8Array.of(0x30, 0x82, bytes.length >> 8, bytes.length & 0xff, ...bytes) : bytes,
      );
    }),
    { seed, numRuns: 3000 },
  );
});
