import { describe, expect, it } from 'vitest';
import { DerReader } from '../../../../../src/main/x509/der/der-reader.ts';
import { contextGroup } from '../../../../../src/main/x509/der/der-tags.ts';
import { type DerWriter, writeDer } from '../../../../../src/main/x509/der/der-writer.ts';
import { readAlgorithmIdentifier } from '../../../../../src/main/x509/public-key/algorithm-identifier.ts';
import {
  schemeOf,
  signatureAlgorithmIdentifiers,
  signatureAlgorithmName,
  signatureScheme,
} from '../../../../../src/main/x509/public-key/signature-algorithm.ts';
import { signatureAlgorithms } from '../../../../../src/shared/model/algorithms.ts';

const format = { code: 'INVALID_INPUT', name: 'signature algorithm', maxBytes: 4096 } as const;
const read = (der: Uint8Array) => readAlgorithmIdentifier(DerReader.open(der, format), 'algorithm');

const sha256 = '2.16.840.1.101.3.4.2.1';
const sha1 = '1.3.14.3.2.26';

interface PssParts {
  readonly hash?: string | null;
  readonly maskHash?: string;
  readonly maskFunction?: string;
  readonly salt?: number | null;
  readonly trailer?: number;
  readonly hashParameters?: (writer: DerWriter) => void;
  readonly behind?: (writer: DerWriter) => void;
}

/** An AlgorithmIdentifier of RSASSA-PSS, right unless a part says otherwise. */
function pss(parts: PssParts = {}): Uint8Array {
  const { hash = sha256, maskHash = sha256, maskFunction = '1.2.840.113549.1.1.8', salt = 32 } = parts;
  return writeDer((writer) => {
    const writeHash = (oid: string) => {
      writer.sequence(() => {
        writer.objectIdentifier(oid);
        (parts.hashParameters ?? ((inner) => void inner.null()))(writer);
      });
    };
    writer.sequence(() => {
      writer.objectIdentifier('1.2.840.113549.1.1.10').sequence(() => {
        if (hash !== null) writer.group(contextGroup(0), () => writeHash(hash));
        writer.group(contextGroup(1), () => {
          writer.sequence(() => {
            writer.objectIdentifier(maskFunction);
            writeHash(maskHash);
          });
        });
        if (salt !== null) writer.group(contextGroup(2), () => writer.integer(salt));
        const { trailer } = parts;
        if (trailer !== undefined) writer.group(contextGroup(3), () => writer.integer(trailer));
        parts.behind?.(writer);
      });
    });
  });
}

describe('signature algorithms', () => {
  it.each(signatureAlgorithms)('%s is read as it is written', (algorithm) => {
    const identifier = read(signatureAlgorithmIdentifiers[algorithm]);
    expect(signatureAlgorithmName(identifier)).toBe(algorithm);
    expect(signatureScheme(identifier)).toEqual(schemeOf(algorithm));
  });

  it('differ from one another', () => {
    const encoded = signatureAlgorithms.map((one) =>
      Buffer.from(signatureAlgorithmIdentifiers[one]).toString('hex'),
    );
    expect(new Set(encoded).size).toBe(signatureAlgorithms.length);
  });

  it.each(['ed25519', 'ed448', 'ml-dsa-65', 'slh-dsa-sha2-128f'] as const)(
    '%s is not accepted with parameters, which it must not have',
    (algorithm) => {
      const identifier = read(
        writeDer((writer) => {
          const { oid } = read(signatureAlgorithmIdentifiers[algorithm]);
          writer.sequence(() => writer.objectIdentifier(oid).null());
        }),
      );
      expect(signatureScheme(identifier)).toBeUndefined();
      expect(signatureAlgorithmName(identifier)).toBe(algorithm);
    },
  );
});

describe('RSASSA-PSS', () => {
  it('is written as openssl writes it', () => {
    // openssl 3.0: req -x509 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest -sha256
    expect(Buffer.from(signatureAlgorithmIdentifiers['rsa-pss-sha256']).toString('hex')).toBe(
      '304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120',
    );
  });

  it.each<[string, PssParts, number]>([
    ['with hashes that have no parameters', { hashParameters: () => {} }, 32],
    ['with a shorter salt', { salt: 8 }, 8],
    ['without a salt', { salt: 0 }, 0],
    ['with the salt that is meant where none is named', { salt: null }, 20],
    ['with the trailer that it always has', { trailer: 1 }, 32],
  ])('is verified %s', (_, parts, saltLength) => {
    expect(signatureScheme(read(pss(parts)))).toMatchObject({
      name: 'rsa-pss-sha256',
      hash: 'sha256',
      saltLength,
    });
  });

  it.each<[string, PssParts]>([
    ['SHA-1', { hash: sha1, maskHash: sha1 }],
    ['the hash that is meant where none is named, SHA-1', { hash: null }],
    ['two hashes', { maskHash: '2.16.840.1.101.3.4.2.3' }],
    ['another mask generation', { maskFunction: '1.2.3' }],
    ['a salt longer than the hash', { salt: 33 }],
    ['another trailer', { trailer: 2 }],
  ])('is named but not verified with %s', (_, parts) => {
    const identifier = read(pss(parts));
    expect(signatureScheme(identifier)).toBeUndefined();
    expect(signatureAlgorithmName(identifier)).toBe('rsa-pss');
  });

  it.each<[string, PssParts]>([
    ['more than its four fields', { behind: (writer) => void writer.null() }],
    ['a hash with other parameters than NULL', { hashParameters: (writer) => void writer.integer(1) }],
  ])('is refused with %s', (_, parts) => {
    expect(() => signatureScheme(read(pss(parts)))).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });
});
