/** CRLs written element by element, so that they can have every extension, and be wrong in one place. */
import { contextGroup, tags } from '../../../../../src/main/x509/der/der-tags.ts';
import { writeGeneralizedTime, writeTime } from '../../../../../src/main/x509/der/der-time.ts';
import { type DerWriter, writeDer } from '../../../../../src/main/x509/der/der-writer.ts';
import { assembleSigned } from '../../../../../src/main/x509/index.ts';
import { signatureAlgorithmIdentifiers } from '../../../../../src/main/x509/public-key/signature-algorithm.ts';
import { signWith, type TestAuthority } from './test-authority.ts';

export interface ExtensionPart {
  readonly oid: string;
  readonly critical?: boolean;
  readonly value: (writer: DerWriter) => void;
}

export interface EntryPart {
  readonly serial: Uint8Array;
  readonly extensions?: readonly ExtensionPart[];
}

export interface CrlParts {
  readonly entries?: readonly EntryPart[];
  readonly extensions?: readonly ExtensionPart[];
  readonly nextUpdate?: Date;
}

export function makeCrl(
  authority: TestAuthority,
  { entries = [], extensions = [], nextUpdate }: CrlParts,
): Uint8Array {
  const tbs = writeDer((writer) =>
    writer.sequence(() => {
      writer.integer(1).raw(signatureAlgorithmIdentifiers[authority.algorithm]).raw(authority.nameDer);
      writeTime(writer, new Date(Date.now() - 60_000));
      writeTime(writer, nextUpdate ?? new Date(Date.now() + 86_400_000));
      writer.groupUnlessEmpty(tags.sequence, () => {
        for (const { serial, extensions: own = [] } of entries) {
          writer.sequence(() => {
            writer.value(tags.integer, serial);
            writeTime(writer, new Date('2026-01-02T03:04:05Z'));
            writer.groupUnlessEmpty(tags.sequence, () => writeParts(writer, own));
          });
        }
      });
      if (extensions.length > 0) {
        writer.group(contextGroup(0), () => writer.sequence(() => writeParts(writer, extensions)));
      }
    }),
  );
  return assembleSigned(tbs, authority.algorithm, signWith(authority.algorithm, tbs, authority.privateKey));
}

function writeParts(writer: DerWriter, parts: readonly ExtensionPart[]): void {
  for (const { oid, critical = false, value } of parts) {
    writer.sequence(() => {
      writer.objectIdentifier(oid);
      if (critical) writer.boolean(true);
      writer.group(tags.octetString, () => value(writer));
    });
  }
}

export const crlNumber = (number: number): ExtensionPart => ({
  oid: '2.5.29.20',
  value: (writer) => void writer.integer(number),
});

export const deltaOf = (base: number): ExtensionPart => ({
  oid: '2.5.29.27',
  critical: true,
  value: (writer) => void writer.integer(base),
});

/** An issuingDistributionPoint whose fields the callback writes. */
export const scope = (fields: (writer: DerWriter) => void): ExtensionPart => ({
  oid: '2.5.29.28',
  critical: true,
  value: (writer) => void writer.sequence(() => fields(writer)),
});

export const reason = (code: number): ExtensionPart => ({
  oid: '2.5.29.21',
  value: (writer) => void writer.integer(code, tags.enumerated),
});

export const invalidityDate = (date: Date): ExtensionPart => ({
  oid: '2.5.29.24',
  value: (writer) => writeGeneralizedTime(writer, date),
});

export const certificateIssuer = (nameDer: Uint8Array): ExtensionPart => ({
  oid: '2.5.29.29',
  critical: true,
  value: (writer) => void writer.sequence(() => writer.group(contextGroup(4), () => writer.raw(nameDer))),
});
