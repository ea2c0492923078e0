/** Certification requests written element by element, so that each can be wrong in one place. */
import { contextGroup, tags } from '../../../../../src/main/x509/der/der-tags.ts';
import { type DerWriter, writeDer } from '../../../../../src/main/x509/der/der-writer.ts';
import { assembleSigned, encodeName, type SignatureAlgorithm } from '../../../../../src/main/x509/index.ts';
import { generateKey, type KeyPair, signWith } from './test-authority.ts';

export interface CsrParts {
  readonly subjectDer?: Uint8Array;
  readonly version?: number;
  readonly attributes?: (writer: DerWriter) => void;
  readonly key?: KeyPair;
  readonly algorithm?: SignatureAlgorithm;
}

export const testKey = generateKey('ecdsa-p256');

export function makeCsr(parts: CsrParts = {}): Uint8Array {
  const key = parts.key ?? testKey;
  const info = writeDer((writer) => {
    writer.sequence(() => {
      writer.integer(parts.version ?? 0);
      writer.raw(parts.subjectDer ?? encodeName({ commonName: 'a.example' })).raw(key.spki);
      writer.group(contextGroup(0), () => parts.attributes?.(writer));
    });
  });
  const { algorithm = 'ecdsa-sha256' } = parts;
  return assembleSigned(info, algorithm, signWith(algorithm, info, key.privateKey));
}

/** An extensionRequest attribute with extensions of the given identifiers and values. */
export function extensionRequest(...extensions: [oid: string, value: (writer: DerWriter) => void][]) {
  return (writer: DerWriter) => {
    writer.sequence(() => {
      writer.objectIdentifier('1.2.840.113549.1.9.14').group(tags.set, () => {
        writer.sequence(() => {
          for (const [oid, value] of extensions) {
            writer.sequence(() => {
              writer.objectIdentifier(oid).group(tags.octetString, () => value(writer));
            });
          }
        });
      });
    });
  };
}
