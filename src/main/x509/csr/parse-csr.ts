/** Reads PKCS#10 certification requests, RFC 2986. Nothing in them is believed before verifyCsr. */
import { ChanceryError } from '../../../shared/errors.ts';
import type { KeyAlgorithm } from '../../../shared/model/algorithms.ts';
import type { KeyUsage, Subject, SubjectAltName } from '../../../shared/model/names.ts';
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { contextGroup, tags } from '../der/der-tags.ts';
import { readExtendedKeyUsages } from '../extensions/extended-key-usage.ts';
import { extensionOids } from '../extensions/extension-oids.ts';
import { readKeyUsages } from '../extensions/key-usage.ts';
import {
  type Extension,
  readBasicConstraints,
  readExtensions,
  readGeneralNames,
} from '../extensions/read-extensions.ts';
import { attributeProblem } from '../names/encode-name.ts';
import { subjectAttributeByOid } from '../names/name-attributes.ts';
import { type DistinguishedName, readName, subjectOf } from '../names/parse-name.ts';
import { readAlgorithmIdentifier } from '../public-key/algorithm-identifier.ts';
import {
  type SignatureScheme,
  signatureAlgorithmName,
  signatureScheme,
} from '../public-key/signature-algorithm.ts';
import { readPublicKey } from '../public-key/subject-public-key.ts';

export interface CertificationRequest {
  readonly der: Uint8Array;
  /** The part that the requester signed. */
  readonly tbs: Uint8Array;
  readonly subject: Subject;
  readonly subjectDer: Uint8Array;
  readonly subjectAltNames: SubjectAltName[];
  readonly spki: Uint8Array;
  /** Null for a key that this program does not know. */
  readonly keyAlgorithm: KeyAlgorithm | null;
  readonly keyDescription: string;
  /** Its name, or the object identifier when it has none here. */
  readonly signatureAlgorithm: string;
  /** How to verify the signature; undefined when its algorithm is not accepted. */
  readonly signatureScheme: SignatureScheme | undefined;
  readonly signatureAlgorithmOid: string;
  readonly signature: Uint8Array;
  readonly requestedKeyUsages: KeyUsage[];
  /** Names where there is one, otherwise dotted identifiers. */
  readonly requestedExtendedKeyUsages: string[];
  /** Undefined when the request does not say. */
  readonly isCa: boolean | undefined;
  readonly pathLength: number | undefined;
  readonly unknownExtensionOids: string[];
  /** Types that a Subject cannot carry, and every second value of one that it can. */
  readonly unknownSubjectAttributeOids: string[];
}

export const csrFormat: DerFormat = { code: 'INVALID_CSR', name: 'certificate request', maxBytes: 65_536 };

/** RFC 2985 section 5.4.2, and the identifier that older Windows uses for the same. */
const extensionRequestOids = ['1.2.840.113549.1.9.14', '1.3.6.1.4.1.311.2.1.14'];

/** Reads a request; its arrays are views of the input. Throws INVALID_CSR, saying what is wrong and where. */
export function parseCsr(der: Uint8Array): CertificationRequest {
  const root = DerReader.open(der, csrFormat);
  const outer = root.enter(tags.sequence, 'certificate request');
  root.finish('the certificate request');
  outer.checkStructure();
  const info = outer.enter(tags.sequence, 'certification request info');
  const algorithm = readAlgorithmIdentifier(outer, 'signature algorithm');
  const signature = outer.bitString('signature');
  outer.finish('signature');

  if (info.smallInteger('version') !== 0) info.fail('its version is not 1 (written as 0)');
  const name = readName(info, 'subject');
  const key = readPublicKey(info);
  const extensions = readAttributes(info);
  info.finish('attributes');

  const { subject, unknownAttributeOids } = subjectOf(name);
  checkSubject(name);
  return {
    der: root.bytes,
    tbs: info.encoded,
    subject,
    subjectDer: name.der,
    spki: key.spki,
    keyAlgorithm: key.algorithm,
    keyDescription: key.description,
    signatureAlgorithm: signatureAlgorithmName(algorithm),
    signatureScheme: signatureScheme(algorithm),
    signatureAlgorithmOid: algorithm.oid,
    signature,
    unknownSubjectAttributeOids: unknownAttributeOids,
    ...requestedExtensions(extensions),
  };
}

function readAttributes(info: DerReader): Extension[] {
  // The field is not optional, but some software leaves it away when it would be empty.
  const attributes = info.enterIf(contextGroup(0), 'attributes');
  let extensions: Extension[] | undefined;
  while (attributes !== undefined && !attributes.isEmpty) {
    const start = attributes.position;
    const attribute = attributes.enter(tags.sequence, 'attribute');
    const oid = attribute.objectIdentifier('attribute type');
    if (!extensionRequestOids.includes(oid)) continue;
    if (extensions !== undefined) attributes.fail('it asks for extensions twice', start);
    const values = attribute.enter(tags.set, 'extension request');
    attribute.finish('extension request');
    extensions = readExtensions(values);
    values.finish('extension request');
  }
  return extensions ?? [];
}

function requestedExtensions(extensions: readonly Extension[]) {
  const subjectAltNames: SubjectAltName[] = [];
  const unknownExtensionOids: string[] = [];
  let requestedKeyUsages: KeyUsage[] = [];
  let requestedExtendedKeyUsages: string[] = [];
  let isCa: boolean | undefined;
  let pathLength: number | undefined;
  for (const { oid, reader } of extensions) {
    switch (oid) {
      case extensionOids.subjectAltName:
        for (const { text, subjectAltName } of readGeneralNames(reader(), 'subjectAltName')) {
          if (subjectAltName === undefined)
            reader().fail(`the subjectAltName holds a kind that cannot be issued (${text.slice(0, 128)})`);
          else subjectAltNames.push(subjectAltName);
        }
        break;
      case extensionOids.keyUsage:
        requestedKeyUsages = readKeyUsages(reader());
        break;
      case extensionOids.extKeyUsage:
        requestedExtendedKeyUsages = readExtendedKeyUsages(reader());
        break;
      case extensionOids.basicConstraints:
        ({ isCa, pathLength } = readBasicConstraints(reader()));
        break;
      // The issuer makes this one from the key, whatever is asked.
      case extensionOids.subjectKeyIdentifier:
        break;
      default:
        unknownExtensionOids.push(oid);
    }
  }
  return {
    subjectAltNames,
    requestedKeyUsages,
    requestedExtendedKeyUsages,
    isCa,
    pathLength,
    unknownExtensionOids,
  };
}

const isUnprintable = (text: string) => /[^ -~]/.test(text) && /\p{Cc}/u.test(text);

/** A subject that could not be issued as it stands is refused here, where it can be said clearly. */
function checkSubject(name: DistinguishedName): void {
  for (const relativeName of name.relativeNames) {
    for (const { oid, text } of relativeName) {
      const attribute = subjectAttributeByOid.get(oid);
      if (attribute === undefined || text === undefined) continue;
      const problem = isUnprintable(text)
        ? `The subject's ${attribute.key} holds control characters.`
        : attributeProblem(attribute, text);
      if (problem !== undefined) throw new ChanceryError({ code: 'INVALID_CSR', detail: problem });
    }
  }
}
