import 'reflect-metadata';
import { createHash, X509Certificate as NodeCertificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { X509Certificate as PeculiarCertificate, SubjectKeyIdentifierExtension } from '@peculiar/x509';
import { describe, expect, it } from 'vitest';
import { contextGroup, contextValue, tags } from '../../../../../src/main/x509/der/der-tags.ts';
import { writeTime } from '../../../../../src/main/x509/der/der-time.ts';
import { type DerWriter, writeDer } from '../../../../../src/main/x509/der/der-writer.ts';
import {
  assembleSigned,
  encodeName,
  parseCertificate,
  readCertificates,
  verifyCertificateSignature,
} from '../../../../../src/main/x509/index.ts';
import { signatureAlgorithmIdentifiers } from '../../../../../src/main/x509/public-key/signature-algorithm.ts';
import { quickAlgorithms } from '../../../../support/key-algorithms.ts';
import { thrownBy } from '../support/errors.ts';
import { caExtensions, createAuthority, generateKey, issue, selfSigned } from '../support/test-authority.ts';

const publicRoots = rootCertificates.map((pem) => readCertificates(pem)[0] ?? new Uint8Array());
const { spki } = generateKey('ecdsa-p256');

/** A certificate written element by element; its signature is never looked at. */
function makeCertificate(parts: {
  version?: number;
  serialNumber?: Uint8Array;
  innerAlgorithm?: Uint8Array;
  uniqueIdentifier?: Uint8Array;
  extensions?: (writer: DerWriter) => void;
}): Uint8Array {
  const name = encodeName({ commonName: 'a' });
  const tbs = writeDer((writer) => {
    writer.sequence(() => {
      const { version = 2 } = parts;
      if (version !== 0) writer.group(contextGroup(0), () => writer.integer(version));
      writer.value(tags.integer, parts.serialNumber ?? Uint8Array.of(1));
      writer.raw(parts.innerAlgorithm ?? signatureAlgorithmIdentifiers['ecdsa-sha256']).raw(name);
      writer.sequence(() => {
        writeTime(writer, new Date('2026-01-01'));
        writeTime(writer, new Date('2027-01-01'));
      });
      writer.raw(name).raw(spki);
      const { extensions, uniqueIdentifier } = parts;
      if (uniqueIdentifier) writer.value(contextValue(1), uniqueIdentifier);
      if (extensions) writer.group(contextGroup(3), () => writer.sequence(() => extensions(writer)));
    });
  });
  return assembleSigned(tbs, 'ecdsa-sha256', new Uint8Array(70));
}

function writeExtension(writer: DerWriter, oid: string, value: (writer: DerWriter) => void): void {
  writer.sequence(() => {
    writer.objectIdentifier(oid).group(tags.octetString, () => value(writer));
  });
}

/** OpenSSL writes zero as one digit, all else as whole bytes. */
function wholeBytes(serialNumber: string): string {
  return serialNumber === '0' ? '00' : serialNumber;
}

describe('parseCertificate', () => {
  it('agrees with OpenSSL and @peculiar/x509 on the public roots', () => {
    expect(publicRoots.length).toBeGreaterThan(50);
    for (const der of publicRoots) {
      const parsed = parseCertificate(der);
      const node = new NodeCertificate(der);
      const peculiar = new PeculiarCertificate(Uint8Array.from(der));
      expect(parsed.serialNumber).toBe(wholeBytes(node.serialNumber));
      expect(parsed.sha256Fingerprint).toBe(node.fingerprint256.replaceAll(':', ''));
      expect(parsed.sha1Fingerprint).toBe(node.fingerprint.replaceAll(':', ''));
      expect(parsed.notBefore).toEqual(node.validFromDate);
      expect(parsed.notAfter).toEqual(node.validToDate);
      expect(parsed.isCa).toBe(node.ca);
      expect(Buffer.from(parsed.spki)).toEqual(node.publicKey.export({ type: 'spki', format: 'der' }));
      expect(parsed.notAfter).toEqual(peculiar.notAfter);
      expect(parsed.extensions.map(({ oid, critical }) => [oid, critical])).toEqual(
        peculiar.extensions.map(({ type, critical }) => [type, critical]),
      );
      const identifier = peculiar.getExtension(SubjectKeyIdentifierExtension)?.keyId;
      expect(parsed.subjectKeyIdentifier).toBe(identifier?.toUpperCase());
      expect(parsed.selfIssued).toBe(true);
      if (parsed.signatureScheme) expect(verifyCertificateSignature(der, parsed.spki)).toBe(true);
    }
  });

  it.each(quickAlgorithms)('reads and verifies what an authority with %s issues', (algorithm) => {
    const authority = createAuthority(algorithm);
    const der = selfSigned(authority);
    const parsed = parseCertificate(der);
    expect(parsed).toMatchObject({
      keyAlgorithm: algorithm,
      signatureAlgorithm: authority.algorithm,
      isCa: true,
    });
    expect(verifyCertificateSignature(der, authority.spki)).toBe(true);
    expect(verifyCertificateSignature(der, createAuthority(algorithm).spki)).toBe(false);
    const changed = Uint8Array.from(der);
    changed[60] = (changed[60] ?? 0) ^ 1;
    expect(verifyCertificateSignature(changed, authority.spki)).toBe(false);
  });

  it('gives names as text, as attributes and as they stand', () => {
    const authority = createAuthority('ecdsa-p256', { commonName: 'Root, one', country: 'DE' });
    const parsed = parseCertificate(
      issue(authority, {
        subjectDer: encodeName({ commonName: 'b' }),
        spki,
        extensions: { subjectAltNames: [{ type: 'dns', value: 'b' }] },
      }),
    );
    expect(parsed.issuer).toEqual({
      text: 'CN=Root\\, one,C=DE',
      attributes: { commonName: 'Root, one', country: 'DE' },
      unknownAttributeOids: [],
      der: authority.nameDer,
    });
    expect(parsed.selfIssued).toBe(false);
    expect(parsed.subjectAltNames).toEqual([{ type: 'dns', value: 'b' }]);
  });

  it('has the fingerprints of all its bytes', () => {
    const der = makeCertificate({});
    expect(parseCertificate(der).sha256Fingerprint).toBe(
      createHash('sha256').update(der).digest('hex').toUpperCase(),
    );
  });

  it.each([
    ['01', Uint8Array.of(1)],
    ['00', Uint8Array.of(0)],
    ['80', Uint8Array.of(0, 0x80)],
    ['-01', Uint8Array.of(0xff)],
    ['-8000', Uint8Array.of(0x80, 0)],
  ])('shows the serial number %s', (text, serialNumber) => {
    const der = makeCertificate({ serialNumber });
    expect(parseCertificate(der).serialNumber).toBe(text);
    expect(wholeBytes(new NodeCertificate(der).serialNumber)).toBe(text);
  });

  it('says in one line what extensions hold', () => {
    const der = makeCertificate({
      extensions(writer) {
        writeExtension(writer, '2.5.29.30', (value) => {
          value.sequence(() => {
            value.group(contextGroup(0), () => {
              value.sequence(() => value.text(0x82, 'example'));
              value.sequence(() => value.value(0x87, Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0)));
            });
            value.group(contextGroup(1), () => value.sequence(() => value.text(0x82, '')));
          });
        });
        writeExtension(writer, '2.5.29.32', (value) => {
          value.sequence(() => {
            value.sequence(() => {
              value.objectIdentifier('1.2.3').sequence(() => {
                value.sequence(() =>
                  value.objectIdentifier('1.3.6.1.5.5.7.2.1').text(tags.ia5String, 'http://a/cps'),
                );
              });
            });
            value.sequence(() => value.objectIdentifier('2.5.29.32.0'));
          });
        });
        writeExtension(writer, '1.3.6.1.5.5.7.1.24', (value) => value.sequence(() => value.integer(5)));
        writeExtension(writer, '2.5.29.36', (value) =>
          value.sequence(() => value.value(0x80, Uint8Array.of(2))),
        );
        writeExtension(writer, '1.2.3.4.5', (value) => value.octetString(Uint8Array.of(0xab)));
        writeExtension(writer, '1.2.3.4.6', (value) => value.octetString(new Uint8Array(3000)));
      },
    });
    const { extensions } = parseCertificate(der);
    expect(extensions.slice(0, 5).map(({ name, summary }) => [name, summary])).toEqual([
      ['nameConstraints', 'permitted: DNS:example, IP:10.0.0.0/255.0.0.0; excluded: DNS:'],
      ['certificatePolicies', '1.2.3 (http://a/cps), any policy'],
      ['tlsFeature', 'status_request (must staple)'],
      ['policyConstraints', 'explicit policy required after 2 certificates'],
      ['1.2.3.4.5', '0401AB'],
    ]);
    expect(extensions[5]?.summary).toMatch(/^(..){1024}\.\.\. \(3004 bytes\)$/);
  });

  it('takes a written-out FALSE, which old software left in certificates', () => {
    const extensions = (writer: DerWriter) =>
      void writer.sequence(() => {
        writer.objectIdentifier('2.5.29.19').boolean(false);
        writer.group(tags.octetString, () => writer.sequence(() => writer.boolean(false)));
      });
    expect(parseCertificate(makeCertificate({ extensions })).extensions[0]).toMatchObject({
      critical: false,
      summary: 'not a CA',
    });
  });

  const constraints = (writer: DerWriter) =>
    writeExtension(writer, '2.5.29.19', (value) => value.sequence(() => {}));

  it.each<[string, () => Uint8Array, string]>([
    [
      'two signature algorithms',
      () => makeCertificate({ innerAlgorithm: signatureAlgorithmIdentifiers.ed25519 }),
      'signature algorithms differ',
    ],
    [
      'an algorithm with more than its parameters',
      () =>
        makeCertificate({
          innerAlgorithm: writeDer((w) => w.sequence(() => w.objectIdentifier('1.2.3').null().null())),
        }),
      'signed signature algorithm is followed by 2 bytes',
    ],
    [
      'a unique identifier that is no bit string',
      () => makeCertificate({ uniqueIdentifier: Uint8Array.of(9, 1) }),
      'unique identifier is not a bit string',
    ],
    ['a version 4', () => makeCertificate({ version: 3 }), 'version is not'],
    [
      'extensions in version 1',
      () => makeCertificate({ version: 0, extensions: constraints }),
      'do not belong',
    ],
    [
      'the same extension twice',
      () =>
        makeCertificate({
          extensions: (w) => {
            constraints(w);
            constraints(w);
          },
        }),
      '2.5.29.19 is there twice',
    ],
    [
      'a serial number of 22 bytes',
      () => makeCertificate({ serialNumber: new Uint8Array(22).fill(1) }),
      'longer than 20 bytes',
    ],
    [
      'a serial number in a longer form',
      () => makeCertificate({ serialNumber: Uint8Array.of(0, 1) }),
      'shortest form',
    ],
    ['bytes behind it', () => Uint8Array.of(...makeCertificate({}), 0), 'followed by 1 bytes'],
    [
      'a key usage that is no bit string',
      () => makeCertificate({ extensions: (w) => writeExtension(w, '2.5.29.15', (v) => v.null()) }),
      'keyUsage has the tag 0x05',
    ],
    [
      'bytes behind an extension value',
      () =>
        makeCertificate({
          extensions: (w) => writeExtension(w, '2.5.29.15', (v) => v.bitString(Uint8Array.of(1)).null()),
        }),
      'keyUsage is followed by 2 bytes',
    ],
    ['nothing', () => new Uint8Array(), 'certificate is missing'],
  ])('refuses %s and says so', (_, make, problem) => {
    const error = thrownBy(() => parseCertificate(make()));
    expect(error.code).toBe('INVALID_CERTIFICATE');
    expect(error.detail).toContain(problem);
  });

  it('reads an authority with all that the room can write', () => {
    const authority = createAuthority('ecdsa-p384');
    const parsed = parseCertificate(
      selfSigned(authority, { ...caExtensions, basicConstraints: { ca: true, pathLength: 3 } }),
    );
    expect(parsed).toMatchObject({ isCa: true, pathLength: 3, keyDescription: 'ECDSA P-384', version: 3 });
  });
});
