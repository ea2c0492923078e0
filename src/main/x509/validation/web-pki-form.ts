/** What the CA/Browser Forum's Baseline Requirements for TLS servers ask beyond RFC 5280, as a chain shows it. */
import { DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import { extensionOids } from '../extensions/extension-oids.ts';
import { formatIpAddress } from '../names/ip-address.ts';
import type { FormRule } from './certificate-form.ts';
import { criticalityOf, type PathCertificate } from './path-certificate.ts';

const commonNameOid = '2.5.4.3';
const serverAuth = 'serverAuth';
const anyExtendedKeyUsage = '2.5.29.37.0';

export const webPkiRules: readonly FormRule[] = [
  {
    rule: 'authorityKeyIdentifier.ofRoot',
    section: 'BR section 7.1.2.1.3',
    message: 'Its authorityKeyIdentifier must be its own key identifier and nothing else.',
    isBroken: (certificate, { isAnchor }) =>
      isAnchor && certificate.isSelfIssued && hasOddIdentifier(certificate),
  },
  {
    rule: 'extendedKeyUsage.ofRoot',
    section: 'BR section 7.1.2.1.2',
    message: 'It is a root, and a root has no extended key usage.',
    isBroken: (certificate, { isAnchor }) =>
      isAnchor && criticalityOf(certificate, extensionOids.extKeyUsage) !== undefined,
  },
  {
    rule: 'extendedKeyUsage.ofServer',
    section: 'BR section 7.1.2.7.10',
    message:
      'Its extended key usage must be there, have serverAuth, not be critical, and not allow any purpose.',
    isBroken: (certificate, { isTarget }) =>
      isTarget &&
      (criticalityOf(certificate, extensionOids.extKeyUsage) !== false ||
        !certificate.parsed.extendedKeyUsages.includes(serverAuth) ||
        certificate.parsed.extendedKeyUsages.includes(anyExtendedKeyUsage)),
  },
  {
    rule: 'subjectAltName.criticalWithSubject',
    section: 'BR section 7.1.2.7.12',
    message: 'Its subjectAltName is critical, but must not be beside a subject.',
    isBroken: (certificate, { isTarget }) =>
      isTarget &&
      certificate.subject.parts.length > 0 &&
      criticalityOf(certificate, extensionOids.subjectAltName) === true,
  },
  {
    rule: 'commonName.notAlternative',
    section: 'BR section 7.1.4.3',
    message: 'Its common name is not, letter for letter, one of its subject alternative names.',
    isBroken: (certificate, { isTarget }) => isTarget && !isCommonNameAlternative(certificate),
  },
  {
    rule: 'basicConstraints.ofServer',
    section: 'BR section 7.1.2.7.8',
    message: 'It is of an authority, and so not of a server.',
    isBroken: ({ parsed }, { isTarget }) => isTarget && parsed.isCa,
  },
  {
    rule: 'publicKey.kind',
    section: 'BR section 6.1.5',
    message:
      'Its key is neither RSA of at least 2048 bits in whole bytes, nor on the curves P-256, P-384 or P-521.',
    isBroken: ({ parsed }) => !isAllowedKey(parsed.keyDescription),
  },
];

function isAllowedKey(description: string): boolean {
  const bits = Number(/^RSA (\d+)$/.exec(description)?.[1]);
  if (!Number.isNaN(bits)) return bits >= 2048 && bits % 8 === 0;
  return /^ECDSA P-(256|384|521)$/.test(description);
}

function isCommonNameAlternative({ subject, subjectAltNames = [] }: PathCertificate): boolean {
  const names = subject.attributes.filter(({ oid }) => oid === commonNameOid).map(({ text }) => text);
  return names.every((text) =>
    subjectAltNames.some(
      (name) =>
        (name.kind === 'dns' && name.value === text) ||
        (name.kind === 'ip' && formatIpAddress(name.bytes) === text),
    ),
  );
}

function hasOddIdentifier({ parsed, extensions }: PathCertificate): boolean {
  const extension = extensions.find(({ oid }) => oid === extensionOids.authorityKeyIdentifier);
  if (extension === undefined) return false;
  if (parsed.authorityKeyIdentifier !== parsed.subjectKeyIdentifier) return true;
  const format = { code: 'INVALID_CERTIFICATE', name: 'certificate', maxBytes: 65_536 } as const;
  const content = DerReader.open(extension.value, format).enter(tags.sequence, 'authorityKeyIdentifier');
  content.element('authorityKeyIdentifier');
  return !content.isEmpty;
}
