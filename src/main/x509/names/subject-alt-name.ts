/** Subject alternative names: their one canonical text, and their DER (RFC 5280 section 4.2.1.6). */
import { domainToASCII } from 'node:url';
import { ChanceryError } from '../../../shared/errors.ts';
import type { SubjectAltName } from '../../../shared/model/names.ts';
import { contextGroup, contextValue, tags } from '../der/der-tags.ts';
import { type DerWriter, writeDer } from '../der/der-writer.ts';
import { formatIpAddress, parseIpAddress } from './ip-address.ts';

export const upnOid = '1.3.6.1.4.1.311.20.2.3';
const encodedUpnOid = writeDer((writer) => writer.objectIdentifier(upnOid));

/**
 * The name as it will stand in the certificate: domains as A-labels (RFC 5890), addresses in their shortest
 * text. Check policies on this form. Throws INVALID_INPUT when the value is not of its type.
 */
export function normaliseSubjectAltName({ type, value, oid }: SubjectAltName): SubjectAltName {
  const normalised = normalisers[type](value);
  if (normalised === undefined || normalised === '') {
    const detail = `The subject alternative name '${value.slice(0, 256)}' is not a valid name of the type ${type}.`;
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail,
      violations: [{ path: ['subjectAltNames'], rule: 'subjectAltNames.encoding', message: detail }],
    });
  }
  return type === 'otherName' ? { type, oid: oid ?? '', value } : { type, value: normalised };
}

const normalisers: Record<SubjectAltName['type'], (value: string) => string | undefined> = {
  dns: normaliseDomain,
  ip(value) {
    const bytes = parseIpAddress(value);
    return bytes && formatIpAddress(bytes);
  },
  email(value) {
    const at = value.lastIndexOf('@');
    const local = value.slice(0, Math.max(at, 0));
    // The local part of an rfc822Name is ASCII; RFC 8398 has another kind of name for the rest.
    const domain = /^[!#-'*+\-./0-9=?A-Z^-~]{1,64}$/.test(local)
      ? normaliseDomain(value.slice(at + 1))
      : undefined;
    return domain === undefined || domain.startsWith('*') ? undefined : `${local}@${domain}`;
  },
  uri: (value) => (isUri(value) ? value : undefined),
  otherName: (value) => (/[\p{Cc}\p{Cs}]/u.test(value) ? undefined : value),
  upn: (value) => (/^[^@\p{Cc}\p{Cs}]+@[^@\p{Cc}\p{Cs}]+$/u.test(value) ? value : undefined),
};

/** An absolute URI in ASCII (RFC 3986), as GeneralName wants it. */
export function isUri(value: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+\-.]*:[!#-;=?-[\]_a-z~]+$/.test(value) && value.length <= 2048;
}

/** A host name in ASCII as it stands, or in A-labels where it was not ASCII; undefined when it is not one. */
export function normaliseDomain(value: string): string | undefined {
  if (value.length > 1024) return undefined;
  let domain = value;
  // The URL rules behind domainToASCII cut at '/' and read '1.2' as an address, so ASCII never meets them.
  if (/[^\0-\x7f]/.test(value))
    domain = /^[A-Za-z0-9\-._*\u0080-\u{10ffff}]+$/u.test(value) ? domainToASCII(value) : '';
  if (domain.length > 253) return undefined;
  return /^(\*\.)?(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/.test(
    domain,
  )
    ? domain
    : undefined;
}

/** Writes one GeneralName; throws INVALID_INPUT when the value is not of its type. */
export function writeSubjectAltName(writer: DerWriter, name: SubjectAltName): void {
  const { type, value, oid = '' } = normaliseSubjectAltName(name);
  switch (type) {
    case 'email':
      writer.text(contextValue(1), value);
      break;
    case 'dns':
      writer.text(contextValue(2), value);
      break;
    case 'uri':
      writer.text(contextValue(6), value);
      break;
    case 'ip':
      writer.value(contextValue(7), parseIpAddress(value) ?? new Uint8Array());
      break;
    case 'otherName':
      writer.group(contextGroup(0), () => {
        writer.objectIdentifier(oid).group(contextGroup(0), () => writer.text(tags.utf8String, value));
      });
      break;
    case 'upn':
      writer.group(contextGroup(0), () => {
        writer.raw(encodedUpnOid).group(contextGroup(0), () => writer.text(tags.utf8String, value));
      });
      break;
  }
}
