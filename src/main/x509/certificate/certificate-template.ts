/**
 * Certificates of one issuer and purpose: what is the same in all of them is encoded once, so that a leaf costs
 * little more than its signature. Gives byte for byte what buildTbsCertificate gives for the same fields.
 */
import type { SubjectAltName } from '../../../shared/model/names.ts';
import { contextGroup, tags } from '../der/der-tags.ts';
import { writeTime } from '../der/der-time.ts';
import { DerWriter, writeDer } from '../der/der-writer.ts';
import {
  type CertificateExtensions,
  writeExtensions,
  writeSubjectAltNameExtension,
  writeSubjectKeyIdentifier,
} from '../extensions/write-extensions.ts';
import { signatureAlgorithmIdentifiers } from '../public-key/signature-algorithm.ts';
import { type CertificateFields, checkFields } from './build-tbs-certificate.ts';
import { writeSerialNumber } from './serial-number.ts';

/** What all certificates of a template share. */
export interface SharedFields extends Pick<CertificateFields, 'signatureAlgorithm' | 'issuerDer'> {
  readonly extensions: Omit<CertificateExtensions, 'subjectAltNames' | 'subjectKeyIdentifier'>;
}

/** What is each one's own. */
export interface OwnFields
  extends Pick<CertificateFields, 'serialNumber' | 'notBefore' | 'notAfter' | 'subjectDer' | 'spki'> {
  readonly subjectAltNames: readonly SubjectAltName[];
  readonly subjectKeyIdentifier: Uint8Array;
}

interface Validity {
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly encoded: Uint8Array;
}

/** v3 (RFC 5280 section 4.1.2.1). */
const version3 = Uint8Array.of(contextGroup(0), 3, tags.integer, 1, 2);

export class CertificateTemplate {
  readonly #shared: SharedFields;
  readonly #algorithmAndIssuer: Uint8Array;
  /** The extensions before and behind those of the subject; their order is that of writeExtensions. */
  readonly #extensionsBefore: Uint8Array;
  readonly #extensionsBehind: Uint8Array;
  /** Kept between certificates: nothing here waits, so no two are ever written at once. */
  readonly #writer = new DerWriter(2048);
  #validity: Validity = { notBeforeMs: Number.NaN, notAfterMs: Number.NaN, encoded: new Uint8Array() };

  /** Throws INVALID_INPUT for an extension that cannot be written. */
  constructor(shared: SharedFields) {
    const { basicConstraints, keyUsages, extendedKeyUsages, ...behind } = shared.extensions;
    const before = { basicConstraints, keyUsages, extendedKeyUsages };
    this.#shared = shared;
    this.#algorithmAndIssuer = writeDer((writer) =>
      writer.raw(signatureAlgorithmIdentifiers[shared.signatureAlgorithm]).raw(shared.issuerDer),
    );
    this.#extensionsBefore = writeDer((writer) => writeExtensions(writer, before, true));
    this.#extensionsBehind = writeDer((writer) => writeExtensions(writer, behind, true));
  }

  /** DER of the TBSCertificate; throws INVALID_INPUT for what cannot be written. */
  build(own: OwnFields): Uint8Array {
    const { issuerDer, extensions } = this.#shared;
    checkFields(own, issuerDer, own.subjectAltNames.length > 0 && !extensions.basicConstraints?.ca);
    const writer = this.#writer.clear();
    writer.sequence(() => {
      writer.raw(version3);
      writeSerialNumber(writer, own.serialNumber);
      writer.raw(this.#algorithmAndIssuer).raw(this.#encodedValidity(own)).raw(own.subjectDer).raw(own.spki);
      writer.group(contextGroup(3), () => writer.sequence(() => this.#writeExtensions(own)));
    });
    return writer.finish();
  }

  #writeExtensions({ subjectDer, subjectAltNames, subjectKeyIdentifier }: OwnFields): void {
    const writer = this.#writer;
    writer.raw(this.#extensionsBefore);
    if (subjectAltNames.length > 0) {
      writeSubjectAltNameExtension(writer, subjectAltNames, subjectDer.length > 2);
    }
    writeSubjectKeyIdentifier(writer, subjectKeyIdentifier);
    writer.raw(this.#extensionsBehind);
  }

  /** Many certificates of one second have the same validity. */
  #encodedValidity({ notBefore, notAfter }: OwnFields): Uint8Array {
    const notBeforeMs = notBefore.getTime();
    const notAfterMs = notAfter.getTime();
    const last = this.#validity;
    if (last.notBeforeMs === notBeforeMs && last.notAfterMs === notAfterMs) return last.encoded;
    const encoded = writeDer(
      (writer) =>
        writer.sequence(() => {
          writeTime(writer, notBefore);
          writeTime(writer, notAfter);
        }),
      64,
    );
    this.#validity = { notBeforeMs, notAfterMs, encoded };
    return encoded;
  }
}
