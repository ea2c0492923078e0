/** What kind of thing a DER value is, by its outermost elements alone. */
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { contextGroup, tags } from '../der/der-tags.ts';

export type DerKind =
  | 'certificate'
  | 'csr'
  | 'crl'
  | 'private-key'
  | 'encrypted-private-key'
  | 'public-key'
  | 'pkcs7'
  | 'pkcs12'
  | 'ocsp-request'
  | 'ocsp-response';

const format: DerFormat = { code: 'INVALID_INPUT', name: 'file', maxBytes: 256 * 1024 * 1024 };
/** Elements of a level that are looked at: more than any of the kinds needs. */
const seenElements = 10;

/** The kind, or undefined for none of them; never throws. What is behind the outermost elements is not checked. */
export function classifyDer(der: Uint8Array): DerKind | undefined {
  try {
    const root = DerReader.open(der, format);
    const outer = root.enter(tags.sequence, 'file');
    return root.isEmpty ? kindOf(outer) : undefined;
  } catch {
    return undefined;
  }
}

/** The tags of the first elements, without moving the reader. */
function tagsOf(reader: DerReader): number[] {
  const ahead = reader.fork();
  const found: number[] = [];
  while (!ahead.isEmpty && found.length < seenElements) {
    found.push(ahead.peek());
    ahead.element('element');
  }
  return found;
}

const is = (found: readonly number[], ...wanted: number[]) => wanted.every((tag, i) => found[i] === tag);

function kindOf(outer: DerReader): DerKind | undefined {
  const found = tagsOf(outer);
  const { sequence, integer, octetString, bitString, objectIdentifier, enumerated } = tags;
  if (is(found, objectIdentifier, contextGroup(0)) && found.length === 2) return 'pkcs7';
  if (is(found, enumerated) && found.length <= 2) return 'ocsp-response';
  if (is(found, sequence, sequence, bitString) && found.length === 3) return signedKind(outer);
  if (is(found, sequence, bitString) && found.length === 2) return 'public-key';
  if (is(found, sequence, octetString) && found.length === 2) return 'encrypted-private-key';
  if (is(found, integer, sequence)) {
    const version = outer.fork().smallInteger('version');
    if (version === 3 && found.length <= 3 && isContentInfo(outer)) return 'pkcs12';
    return found[2] === octetString ? 'private-key' : undefined;
  }
  // SEC 1 appendix C.4, and RFC 8017 appendix A.1.2.
  if (is(found, integer, octetString)) return 'private-key';
  if (found.length >= 9 && found.slice(0, 9).every((tag) => tag === integer)) return 'private-key';
  const isRequest =
    found.length <= 2 && is(found, sequence) && (found[1] ?? contextGroup(0)) === contextGroup(0);
  return isRequest && isOcspRequest(outer) ? 'ocsp-request' : undefined;
}

function isContentInfo(outer: DerReader): boolean {
  const ahead = outer.fork();
  ahead.element('version');
  return ahead.enter(tags.sequence, 'content').peek() === tags.objectIdentifier;
}

/** Certificates, requests and CRLs are all a signed part, an algorithm and a signature. */
function signedKind(outer: DerReader): DerKind | undefined {
  const signed = outer.fork().enter(tags.sequence, 'signed part');
  const found = tagsOf(signed);
  const { sequence, integer } = tags;
  const isTime = (tag: number | undefined) => tag === tags.utcTime || tag === tags.generalizedTime;
  const afterVersion = found[0] === integer ? 1 : 0;
  if (is(found.slice(afterVersion), sequence, sequence) && isTime(found[afterVersion + 2])) return 'crl';
  const isRequest =
    is(found, integer, sequence, sequence) && (found[3] ?? contextGroup(0)) === contextGroup(0);
  if (isRequest && found.length <= 4) return 'csr';
  const fields = found[0] === contextGroup(0) ? found.slice(1) : found;
  return is(fields, integer, sequence, sequence, sequence, sequence, sequence) ? 'certificate' : undefined;
}

/** RFC 6960 section 4.1.1: the last of the fields is a list of lists whose first element is a CertID. */
function isOcspRequest(outer: DerReader): boolean {
  const request = outer.fork().enter(tags.sequence, 'request');
  request.enterIf(contextGroup(0), 'version');
  request.enterIf(contextGroup(1), 'requestor');
  const list = request.enter(tags.sequence, 'request list');
  const certId = list.enter(tags.sequence, 'single request').enter(tags.sequence, 'certificate ID');
  const { sequence, octetString, integer } = tags;
  return is(tagsOf(certId), sequence, octetString, octetString, integer);
}
