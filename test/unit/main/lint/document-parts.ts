/** Certificates, requests and CRLs written part by part, so that each can be wrong in one place. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { contextGroup, contextValue, tags } from '../../../../src/main/x509/der/der-tags.ts';
import { type DerWriter, writeDer } from '../../../../src/main/x509/der/der-writer.ts';
import { extensionOids } from '../../../../src/main/x509/extensions/extension-oids.ts';

export type Write = (writer: DerWriter) => void;
export const der = (write: Write) => writeDer(write);
export const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

const oids: Readonly<Record<string, string>> = {
  ...extensionOids,
  deltaCRLIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
};

export interface ExtensionPart {
  readonly critical?: boolean;
  readonly writesFalse?: boolean;
  readonly value: Write;
}
/** By name or object identifier; undefined leaves out one of the base. */
export type ExtensionParts = Readonly<Record<string, ExtensionPart | undefined>>;

function writeExtension(writer: DerWriter, name: string, part: ExtensionPart): void {
  writer.sequence(() => {
    writer.objectIdentifier(oids[name] ?? name);
    if (part.critical === true) writer.boolean(true);
    if (part.writesFalse === true) writer.boolean(false);
    writer.group(tags.octetString, () => part.value(writer));
  });
}

function writeExtensionList(writer: DerWriter, parts: ExtensionParts, repeated?: string): void {
  writer.sequence(() => {
    for (const [name, part] of Object.entries(parts)) {
      if (part === undefined) continue;
      writeExtension(writer, name, part);
      if (name === repeated) writeExtension(writer, name, part);
    }
  });
}

/** A name of attributes, each given as identifier, tag and text or bytes. */
export function nameOf(...attributes: (readonly [oid: string, tag: number, value: string | Uint8Array])[]) {
  return der((w) =>
    w.sequence(() => {
      for (const [oid, tag, value] of attributes) {
        w.group(tags.set, () => {
          w.sequence(() =>
            w.objectIdentifier(oid).value(tag, typeof value === 'string' ? Buffer.from(value) : value),
          );
        });
      }
    }),
  );
}

export const common = (text: string) => nameOf(['2.5.4.3', tags.utf8String, text]);
export const algorithm = (oid: string, parameters?: Uint8Array) =>
  der((w) => w.sequence(() => w.objectIdentifier(oid).raw(parameters ?? new Uint8Array())));
export const ecdsaSha256 = algorithm('1.2.840.10045.4.3.2');
export const utc = (text: string) => der((w) => w.text(tags.utcTime, text));
export const generalized = (text: string) => der((w) => w.text(tags.generalizedTime, text));

export function spkiOf(oid: string, keyBytes: Uint8Array, parameters?: Uint8Array): Uint8Array {
  return der((w) => w.sequence(() => w.raw(algorithm(oid, parameters)).bitString(keyBytes)));
}

const nullParameters = hex('0500');
export function rsaSpki(modulus: bigint, exponent: bigint | number = 65_537, parameters = nullParameters) {
  const key = der((w) => w.sequence(() => w.integer(modulus).integer(exponent)));
  return spkiOf('1.2.840.113549.1.1.1', key, parameters);
}

export function newSpki({ publicKey }: { readonly publicKey: KeyObject }): Uint8Array {
  return Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' }));
}

export const p256 = newSpki(generateKeyPairSync('ec', { namedCurve: 'P-256' }));

export const bits = (...numbers: number[]): Write => {
  const bytes = new Uint8Array((Math.max(...numbers) >> 3) + 1);
  for (const bit of numbers) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return (w) => w.bitString(bytes, 7 - (Math.max(...numbers) & 7));
};
const writeAll = (writer: DerWriter, writes: readonly Write[]) => {
  for (const write of writes) write(writer);
};
export const list =
  (...writes: Write[]): Write =>
  (w) =>
    w.sequence(() => writeAll(w, writes));
export const oid =
  (dotted: string): Write =>
  (w) =>
    w.objectIdentifier(dotted);
export const dns =
  (text: string): Write =>
  (w) =>
    w.text(contextValue(2), text);
export const email =
  (text: string): Write =>
  (w) =>
    w.text(contextValue(1), text);
export const uri =
  (text: string): Write =>
  (w) =>
    w.text(contextValue(6), text);
export const ip =
  (bytes: Uint8Array): Write =>
  (w) =>
    w.value(contextValue(7), bytes);
export const keyId: Write = (w) => w.sequence(() => w.value(contextValue(0), hex('0102')));
export const points = (...names: Write[]): Write =>
  list((w) =>
    w.sequence(() => w.group(contextGroup(0), () => w.group(contextGroup(0), () => writeAll(w, names)))),
  );
export const access = (method: string, location: Write): Write =>
  list((w) => w.sequence(() => location(w.objectIdentifier(method))));

export const subjectKeyId: ExtensionPart = { value: (w) => w.octetString(hex('0304')) };
export const leafExtensions: ExtensionParts = {
  keyUsage: { critical: true, value: bits(0) },
  extKeyUsage: { value: list(oid('1.3.6.1.5.5.7.3.1')) },
  subjectAltName: { value: list(dns('a.chancery.eu'), dns('b.chancery.eu')) },
  subjectKeyIdentifier: subjectKeyId,
  authorityKeyIdentifier: { value: keyId },
};
export const caExtensions: ExtensionParts = {
  basicConstraints: {
    critical: true,
    value: list(
      (w) => w.boolean(true),
      (w) => w.integer(0),
    ),
  },
  keyUsage: { critical: true, value: bits(5, 6) },
  subjectKeyIdentifier: subjectKeyId,
  authorityKeyIdentifier: { value: keyId },
};

export interface CertificateParts {
  readonly version?: Uint8Array;
  readonly serial?: Uint8Array;
  readonly algorithm?: Uint8Array;
  readonly outerAlgorithm?: Uint8Array;
  readonly issuer?: Uint8Array;
  readonly notBefore?: Uint8Array;
  readonly notAfter?: Uint8Array;
  readonly subject?: Uint8Array;
  readonly spki?: Uint8Array;
  readonly uniqueId?: boolean;
  /** Added to those of a leaf, or instead of them. */
  readonly extensions?: ExtensionParts | null;
  readonly base?: ExtensionParts;
  readonly repeated?: string;
}

export const version3 = hex('a003020102');

export function certificate(parts: CertificateParts = {}): Uint8Array {
  const inner = parts.algorithm ?? ecdsaSha256;
  const tbs = der((w) =>
    w.sequence(() => {
      w.raw(parts.version ?? version3).value(tags.integer, parts.serial ?? hex('5a112233445566778899'));
      w.raw(inner).raw(parts.issuer ?? common('Test CA'));
      w.sequence(() =>
        w.raw(parts.notBefore ?? utc('260401000000Z')).raw(parts.notAfter ?? utc('260501000000Z')),
      );
      w.raw(parts.subject ?? common('a.chancery.eu')).raw(parts.spki ?? p256);
      if (parts.uniqueId === true) w.value(contextValue(1), hex('0001'));
      if (parts.extensions === null) return;
      const all = { ...(parts.base ?? leafExtensions), ...parts.extensions };
      w.group(contextGroup(3), () => writeExtensionList(w, all, parts.repeated));
    }),
  );
  return der((w) =>
    w.sequence(() =>
      w
        .raw(tbs)
        .raw(parts.outerAlgorithm ?? inner)
        .bitString(hex('3000')),
    ),
  );
}

export function authority(parts: CertificateParts = {}): Uint8Array {
  return certificate({ base: caExtensions, subject: common('Issuing CA'), ...parts });
}

export interface RequestParts {
  readonly version?: number;
  readonly attributes?: readonly string[];
  readonly extensions?: ExtensionParts;
}

export function request(parts: RequestParts = {}): Uint8Array {
  const info = der((w) =>
    w.sequence(() => {
      w.integer(parts.version ?? 0)
        .raw(common('a.chancery.eu'))
        .raw(p256);
      w.group(contextGroup(0), () => {
        for (const type of parts.attributes ?? []) {
          w.sequence(() => w.objectIdentifier(type).group(tags.set, () => w.text(tags.utf8String, 'secret')));
        }
        w.sequence(() => {
          w.objectIdentifier('1.2.840.113549.1.9.14').group(tags.set, () => {
            writeExtensionList(w, {
              subjectAltName: { value: list(dns('a.chancery.eu')) },
              ...parts.extensions,
            });
          });
        });
      });
    }),
  );
  return der((w) => w.sequence(() => w.raw(info).raw(ecdsaSha256).bitString(hex('3000'))));
}

export interface CrlEntryPart {
  readonly serial?: Uint8Array;
  readonly date?: Uint8Array;
  readonly extensions?: ExtensionParts;
  readonly repeated?: string;
}
export interface CrlParts {
  readonly version?: Uint8Array;
  readonly thisUpdate?: Uint8Array;
  readonly nextUpdate?: Uint8Array | null;
  readonly entries?: readonly CrlEntryPart[];
  readonly extensions?: ExtensionParts;
}

export const crlNumber = (n: number): ExtensionPart => ({ value: (w) => w.integer(n) });
export const reason = (code: number): ExtensionParts => ({
  reasonCode: { value: (w) => w.integer(code, tags.enumerated) },
});

export function crl(parts: CrlParts = {}): Uint8Array {
  const tbs = der((w) =>
    w.sequence(() => {
      w.raw(parts.version ?? hex('020101'))
        .raw(ecdsaSha256)
        .raw(common('Test CA'));
      w.raw(parts.thisUpdate ?? utc('260401000000Z'));
      if (parts.nextUpdate !== null) w.raw(parts.nextUpdate ?? utc('260408000000Z'));
      w.sequence(() => {
        for (const entry of parts.entries ?? [{ extensions: reason(1) }]) {
          w.sequence(() => {
            w.value(tags.integer, entry.serial ?? hex('5a11')).raw(entry.date ?? utc('260301000000Z'));
            if (entry.extensions) writeExtensionList(w, entry.extensions, entry.repeated);
          });
        }
      });
      w.group(contextGroup(0), () => {
        const base = { authorityKeyIdentifier: { value: keyId }, cRLNumber: crlNumber(7) };
        writeExtensionList(w, { ...base, ...parts.extensions });
      });
    }),
  );
  return der((w) => w.sequence(() => w.raw(tbs).raw(ecdsaSha256).bitString(hex('3000'))));
}
