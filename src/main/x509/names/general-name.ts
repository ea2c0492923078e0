/** Reads the GeneralName choice in all its kinds (RFC 5280 section 4.2.1.6). */
import type { SubjectAltName } from '../../../shared/model/names.ts';
import type { DerReader } from '../der/der-reader.ts';
import { contextGroup, contextValue, tags } from '../der/der-tags.ts';
import { decodeString } from './directory-string.ts';
import { formatReadName } from './format-name.ts';
import { formatIpAddress } from './ip-address.ts';
import { readName } from './parse-name.ts';
import { upnOid } from './subject-alt-name.ts';

/** A name to show, and the same as a SubjectAltName where that has such a kind. */
export interface GeneralName {
  readonly text: string;
  readonly subjectAltName?: SubjectAltName;
}

const labels = { dns: 'DNS', ip: 'IP', email: 'email', uri: 'URI', upn: 'UPN' } as const;

/** Takes the next element as a GeneralName; in name constraints an address has a mask behind it. */
export function readGeneralName(reader: DerReader, what: string, inConstraint = false): GeneralName {
  const tag = reader.peek();
  switch (tag) {
    case contextGroup(0):
      return readOtherName(reader.enter(tag, what), what);
    case contextValue(1):
      return shown('email', readAscii(reader, tag, what, inConstraint));
    case contextValue(2):
      return shown('dns', readAscii(reader, tag, what, inConstraint));
    case contextGroup(4): {
      const holder = reader.enter(tag, what);
      const name = readName(holder, what);
      holder.finish(what);
      return { text: `directory name: ${formatReadName(name)}` };
    }
    case contextValue(6):
      return shown('uri', readAscii(reader, tag, what, inConstraint));
    case contextValue(7):
      return readIp(reader, what, inConstraint);
    case contextValue(8):
      return { text: `registered ID: ${reader.objectIdentifier(what, tag)}` };
    default:
      return { text: `name of kind ${tag & 0x1f}: ${hexOf(reader.element(what))}` };
  }
}

function shown(type: keyof typeof labels, value: string): GeneralName {
  return { text: `${labels[type]}:${value}`, subjectAltName: { type, value } };
}

function readAscii(reader: DerReader, tag: number, what: string, mayBeEmpty: boolean): string {
  const start = reader.position;
  const text = decodeString(tags.ia5String, reader.content(tag, what));
  if (text === undefined || /\p{Cc}/u.test(text))
    return reader.fail(`${what} holds other than printable ASCII`, start);
  if (text === '' && !mayBeEmpty) reader.fail(`${what} holds an empty name`, start);
  return text;
}

function readIp(reader: DerReader, what: string, inConstraint: boolean): GeneralName {
  const start = reader.position;
  const bytes = reader.content(contextValue(7), what);
  const size = inConstraint ? bytes.length / 2 : bytes.length;
  const address = formatIpAddress(bytes.subarray(0, size));
  if (address === undefined)
    return reader.fail(`${what} holds an IP address of ${bytes.length} bytes`, start);
  return inConstraint
    ? { text: `IP:${address}/${formatIpAddress(bytes.subarray(size))}` }
    : shown('ip', address);
}

function readOtherName(holder: DerReader, what: string): GeneralName {
  const oid = holder.objectIdentifier(`${what} (its kind)`);
  const value = holder.enter(contextGroup(0), `${what} (its value)`);
  holder.finish(what);
  if (oid !== upnOid) return otherName(oid, value, what);
  const text = decodeString(tags.utf8String, value.content(tags.utf8String, what));
  value.finish(what);
  if (text === undefined || text === '' || text.includes('\0'))
    return value.fail(`${what} holds an unreadable UPN`);
  return shown('upn', text);
}

/** A name of another kind, which can be issued where its value is a text. */
function otherName(oid: string, value: DerReader, what: string): GeneralName {
  const hex = `other name ${oid}: ${hexOf(value.bytes.subarray(value.position, value.end))}`;
  if (value.isEmpty || value.peek() !== tags.utf8String) return { text: hex };
  const text = decodeString(tags.utf8String, value.content(tags.utf8String, what));
  if (!value.isEmpty || text === undefined || text === '' || /[\p{Cc}\p{Cs}]/u.test(text))
    return { text: hex };
  return { text: `other name ${oid}: ${text}`, subjectAltName: { type: 'otherName', oid, value: text } };
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}
