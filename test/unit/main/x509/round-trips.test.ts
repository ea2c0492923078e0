/** What is written is read back as it was, and what was read is written as the same bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DerReader } from '../../../../src/main/x509/der/der-reader.ts';
import { tags } from '../../../../src/main/x509/der/der-tags.ts';
import { readTime, writeGeneralizedTime, writeTime } from '../../../../src/main/x509/der/der-time.ts';
import { writeDer } from '../../../../src/main/x509/der/der-writer.ts';
import {
  decodeObjectIdentifier,
  encodeObjectIdentifier,
} from '../../../../src/main/x509/der/object-identifier.ts';
import {
  assembleOcspResponse,
  assembleSigned,
  buildOcspRequest,
  buildTbsCertificate,
  buildTbsCertList,
  buildTbsOcspResponse,
  crlEntries,
  encodeName,
  newSerialNumber,
  parseCertificate,
  parseCrl,
  parseName,
  readOcspRequest,
  readOcspResponse,
} from '../../../../src/main/x509/index.ts';
import { keyUsages, revocationReasons, type SubjectAltName } from '../../../../src/shared/model/names.ts';
import { generateKey } from './support/test-authority.ts';

const runs = { seed: 20_261_122, numRuns: 300 };
const { spki } = generateKey('ecdsa-p256');
const signature = new Uint8Array(70);

const bytes = (minLength: number, maxLength = minLength) => fc.uint8Array({ minLength, maxLength });
const fromHex = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hexOf = (content: Uint8Array | undefined) => Buffer.from(content ?? []).toString('hex');
const seconds = fc.integer({ min: -2e9, max: 8e9 }).map((value) => new Date(value * 1000));
const serial = bytes(16).map(newSerialNumber);
const name = fc.stringMatching(/^[a-zäöü ]{1,40}[a-z]$/u).map((commonName) => encodeName({ commonName }));

const altName: fc.Arbitrary<SubjectAltName> = fc.oneof(
  fc.domain().map((value) => ({ type: 'dns' as const, value: value.toLowerCase() })),
  fc.ipV4().map((value) => ({ type: 'ip' as const, value })),
  fc.nat(1e6).map((number) => ({ type: 'email' as const, value: `user${number}@example.com` })),
  fc.nat(1e6).map((number) => ({ type: 'uri' as const, value: `http://example.com/${number}` })),
  fc.nat(1e6).map((number) => ({ type: 'upn' as const, value: `user${number}@example.com` })),
);

describe('DER', () => {
  const format = { code: 'INVALID_INPUT', name: 'sample', maxBytes: 100 } as const;
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };

  it('of an object identifier that is accepted is written as the same bytes', () => {
    const content = fc.oneof(
      bytes(1, 12),
      fc.array(fc.constantFrom(0, 1, 0x27, 0x28, 0x4f, 0x50, 0x7f, 0x81, 0xff)),
    );
    fc.assert(
      fc.property(content, (digits) => {
        const dotted = decodeObjectIdentifier(Uint8Array.from(digits));
        if (dotted !== undefined) expect([...encodeObjectIdentifier(dotted)]).toEqual([...digits]);
      }),
      { ...runs, numRuns: 3000 },
    );
  });

  it('of a time that is accepted is written as the same bytes', () => {
    const pair = fc.integer({ min: 0, max: 62 }).map((value) => String(value).padStart(2, '0'));
    const text = fc.tuple(fc.boolean(), fc.array(pair, { minLength: 7, maxLength: 7 }));
    let accepted = 0;
    fc.assert(
      fc.property(text, ([isShort, pairs]) => {
        const digits = Buffer.from(`${isShort ? pairs.slice(1).join('') : `1${pairs.join('').slice(1)}`}Z`);
        const der = writeDer((w) => w.value(isShort ? tags.utcTime : tags.generalizedTime, digits));
        const time = attempt(() => readTime(DerReader.open(der, format), 'time'));
        if (time === undefined) return;
        accepted++;
        const write = isShort ? writeTime : writeGeneralizedTime;
        expect(hexOf(writeDer((writer) => write(writer, time)))).toBe(hexOf(der));
      }),
      { ...runs, numRuns: 5000 },
    );
    expect(accepted).toBeGreaterThan(20);
  });

  it('of a name is written as the same bytes', () => {
    fc.assert(
      fc.property(name, (der) => {
        expect(hexOf(encodeName(parseName(der)))).toBe(hexOf(der));
      }),
      runs,
    );
  });
});

describe('a certificate', () => {
  const fields = fc.record({
    serialNumber: serial,
    issuerDer: name,
    subjectDer: name,
    notBefore: seconds,
    days: fc.nat(9000),
    signatureAlgorithm: fc.constantFrom('ecdsa-sha256', 'ed25519', 'rsa-pss-sha256', 'ml-dsa-44'),
    extensions: fc.record({
      basicConstraints: fc.oneof(
        fc.constant({ ca: false }),
        fc.record({ ca: fc.constant(true), pathLength: fc.option(fc.nat(255), { nil: undefined }) }),
      ),
      keyUsages: fc.subarray([...keyUsages]),
      extendedKeyUsages: fc.uniqueArray(fc.constantFrom('serverAuth', 'clientAuth', '1.2.3.4.5')),
      subjectAltNames: fc.array(altName, { maxLength: 12 }),
      subjectKeyIdentifier: bytes(20),
      authorityKeyIdentifier: bytes(1, 30),
    }),
  });

  it('is read as it was written, and written as it was read', () => {
    fc.assert(
      fc.property(fields, ({ days, ...rest }) => {
        const written = { ...rest, spki, notAfter: new Date(rest.notBefore.getTime() + days * 86_400_000) };
        const tbs = buildTbsCertificate(written);
        const read = parseCertificate(assembleSigned(tbs, written.signatureAlgorithm, signature));
        const { extensions } = written;
        expect(read).toMatchObject({
          serialNumber: hexOf(written.serialNumber).toUpperCase(),
          signatureAlgorithm: written.signatureAlgorithm,
          notBefore: written.notBefore,
          notAfter: written.notAfter,
          isCa: extensions.basicConstraints.ca,
          keyUsages: extensions.keyUsages,
          extendedKeyUsages: extensions.extendedKeyUsages,
          subjectAltNames: extensions.subjectAltNames,
        });
        const again = buildTbsCertificate({
          serialNumber: fromHex(read.serialNumber),
          signatureAlgorithm: written.signatureAlgorithm,
          issuerDer: encodeName(read.issuer.attributes),
          subjectDer: encodeName(read.subject.attributes),
          notBefore: read.notBefore,
          notAfter: read.notAfter,
          spki: read.spki,
          extensions: {
            basicConstraints: { ca: read.isCa, pathLength: read.pathLength },
            keyUsages: read.keyUsages,
            extendedKeyUsages: read.extendedKeyUsages,
            subjectAltNames: read.subjectAltNames,
            subjectKeyIdentifier: fromHex(read.subjectKeyIdentifier ?? ''),
            authorityKeyIdentifier: fromHex(read.authorityKeyIdentifier ?? ''),
          },
        });
        expect(hexOf(again)).toBe(hexOf(tbs));
      }),
      runs,
    );
  });
});

it('a CRL is read as it was written, and written as it was read', () => {
  const entry = fc.record({
    serialNumber: serial,
    revokedAt: seconds,
    reason: fc.constantFrom(undefined, ...revocationReasons.filter((reason) => reason !== 'unspecified')),
    invalidityDate: fc.option(seconds, { nil: undefined }),
  });
  const fields = fc.record({
    issuerDer: name,
    thisUpdate: seconds,
    crlNumber: fc.bigInt({ min: 0n, max: 2n ** 158n }),
    authorityKeyIdentifier: bytes(20),
    revoked: fc.array(entry, { maxLength: 20 }),
  });
  fc.assert(
    fc.property(fields, (rest) => {
      const nextUpdate = new Date(rest.thisUpdate.getTime() + 86_400_000);
      const written = { ...rest, nextUpdate, signatureAlgorithm: 'ecdsa-sha256' as const };
      const tbs = buildTbsCertList(written);
      const read = parseCrl(assembleSigned(tbs, 'ecdsa-sha256', signature));
      const { thisUpdate, crlNumber } = written;
      expect(read).toMatchObject({ thisUpdate, nextUpdate, crlNumber, entryCount: rest.revoked.length });
      const again = buildTbsCertList({
        signatureAlgorithm: 'ecdsa-sha256',
        issuerDer: read.issuer.der,
        thisUpdate: read.thisUpdate,
        nextUpdate: read.nextUpdate ?? nextUpdate,
        crlNumber: read.crlNumber ?? -1n,
        authorityKeyIdentifier: read.authorityKeyIdentifier ?? new Uint8Array(),
        revoked: [...crlEntries(read)].map(({ reason, ...rest }) => ({
          ...rest,
          reason: reason === 'removeFromCRL' ? undefined : reason,
        })),
      });
      expect(hexOf(again)).toBe(hexOf(tbs));
    }),
    runs,
  );
});

it('OCSP messages are read as they were written', () => {
  const status = fc.oneof(
    fc.constantFrom('good' as const, 'unknown' as const),
    fc.record({
      revokedAt: seconds,
      reason: fc.constantFrom('keyCompromise' as const, 'superseded' as const),
    }),
  );
  const message = fc.record({
    serials: fc.array(serial, { minLength: 1, maxLength: 5 }),
    nonce: bytes(1, 32),
  });
  fc.assert(
    fc.property(message, status, seconds, ({ serials, nonce }, said, thisUpdate) => {
      const issuerNameDer = encodeName({ commonName: 'ca' });
      const ids = serials.map((serialNumber) => ({ issuerNameDer, issuerSpki: spki, serialNumber }));
      const request = readOcspRequest(buildOcspRequest(ids, nonce));
      expect(request.certIds.map(({ serialNumber }) => hexOf(serialNumber))).toEqual(serials.map(hexOf));
      expect(hexOf(request.nonce)).toBe(hexOf(nonce));
      const statuses = request.certIds.map(({ der }) => ({ certIdDer: der, status: said, thisUpdate }));
      const tbs = buildTbsOcspResponse({ responderSpki: spki, producedAt: thisUpdate, statuses, nonce });
      const response = readOcspResponse(assembleOcspResponse(tbs, 'ecdsa-sha256', signature));
      const expected = typeof said === 'string' ? { status: said } : { status: 'revoked', ...said };
      expect(response).toMatchObject({
        basic: { producedAt: thisUpdate, responses: serials.map(() => ({ ...expected, thisUpdate })) },
      });
    }),
    runs,
  );
});
