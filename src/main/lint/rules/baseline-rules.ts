/**
 * The CA/Browser Forum's Baseline Requirements for TLS server certificates, for profiles that are to pass where
 * public ones pass: what can be seen in the certificate itself, without the list of public suffixes.
 */
import type { CertificateDocument } from '../read/read-document.ts';
import { commonNamesOf } from '../read/read-document.ts';
import type { LintOptions, Rule } from '../rule.ts';
import { isInternalName, isReservedAddress } from './reserved-names.ts';
import { dayMs, validityDays, validityLimitDays } from './validity-limit.ts';

const serverAuth = '1.3.6.1.5.5.7.3.1';
const clientAuth = '1.3.6.1.5.5.7.3.2';
const reservedPolicies = ['2.23.140.1.1', '2.23.140.1.2.1', '2.23.140.1.2.2', '2.23.140.1.2.3'];

type Applies = (document: CertificateDocument, options: LintOptions) => boolean;
const isPublicLike: Applies = (_, { profile }) => profile === 'public-like';
const isServer: Applies = ({ isCa }, { profile }) => profile === 'public-like' && !isCa;
const isSubordinate: Applies = ({ isCa, isSelfIssued }, { profile }) =>
  profile === 'public-like' && isCa && !isSelfIssued;

const requirements = (section: string) => `CA/Browser Forum TLS Baseline Requirements section ${section}`;

function hostsOf({ extensions: { values } }: CertificateDocument): string[] {
  return (values.subjectAltName ?? []).flatMap(({ kind, text }) => (kind === 'dNSName' ? [text] : []));
}

/** The names and addresses of the subjectAltName as a common name would give them. */
function writtenNames({ extensions: { values } }: CertificateDocument): string[] {
  return (values.subjectAltName ?? []).flatMap(({ kind, text, content }) => {
    if (kind === 'dNSName') return [text.toLowerCase()];
    return kind === 'iPAddress' ? [Buffer.from(content).toString('hex')] : [];
  });
}

const subjectAltName = ['extensions', 'subjectAltName'];
const extKeyUsage = ['extensions', 'extKeyUsage'];

function eachHost(document: CertificateDocument, isWrong: (host: string) => boolean, what: string) {
  return hostsOf(document)
    .filter(isWrong)
    .map((host) => ({ path: [], message: `'${host.slice(0, 128)}' ${what}.` }));
}

const signatureOids = ['11', '12', '13', '10'].map((arc) => `1.2.840.113549.1.1.${arc}`);
const ecdsaOids = ['2', '3', '4'].map((arc) => `1.2.840.10045.4.3.${arc}`);
const baselineCurves = ['1.2.840.10045.3.1.7', '1.3.132.0.34', '1.3.132.0.35'];

export const baselineRules: readonly Rule<CertificateDocument>[] = [
  {
    id: 'br.validity.limit',
    severity: 'error',
    source: requirements('6.3.2'),
    path: ['validity'],
    hint: 'Issue for a shorter time, and renew automatically.',
    applies: isServer,
    check: ({ notBefore, notAfter }) => {
      if (notBefore.date === undefined || notAfter.date === undefined) return undefined;
      const days = validityDays(notBefore.date, notAfter.date);
      const limit = validityLimitDays(notBefore.date);
      return days > limit
        ? `The certificate is valid for ${days} days, more than the ${limit} allowed.`
        : undefined;
    },
  },
  {
    id: 'br.serial.entropy',
    severity: 'error',
    source: requirements('7.1'),
    path: ['serialNumber'],
    hint: 'Draw at least 64 random bits.',
    applies: isPublicLike,
    check: ({ serialNumber }) =>
      serialNumber.length < 8
        ? `The serial number has ${serialNumber.length} bytes, too few for 64 random bits.`
        : undefined,
  },
  {
    id: 'br.san.present',
    severity: 'error',
    source: requirements('7.1.2.7.12'),
    path: subjectAltName,
    hint: 'Add the names of the server as alternative names.',
    applies: isServer,
    check: ({ extensions: { values } }) =>
      values.subjectAltName === undefined ? 'The certificate has no subjectAltName.' : undefined,
  },
  {
    id: 'br.san.kinds',
    severity: 'error',
    source: requirements('7.1.2.7.12'),
    path: subjectAltName,
    hint: 'Keep to dNSName and iPAddress.',
    applies: isServer,
    check: ({ extensions: { values } }) =>
      (values.subjectAltName ?? []).flatMap(({ kind }, i) =>
        kind === 'dNSName' || kind === 'iPAddress'
          ? []
          : [{ path: [i], message: `A TLS server certificate must not name a ${kind}.` }],
      ),
  },
  {
    id: 'br.commonName.in-san',
    severity: 'error',
    source: requirements('7.1.4.3'),
    path: ['subject', 'commonName'],
    hint: 'Repeat the common name in the subjectAltName, or leave it away.',
    applies: isServer,
    check: (document) => {
      const names = new Set(writtenNames(document));
      const missing = commonNamesOf(document).find((name) => {
        const bytes = /^\d+(\.\d+){3}$/.test(name) ? Buffer.from(name.split('.').map(Number)) : undefined;
        return !names.has(bytes?.toString('hex') ?? name.toLowerCase()) && !name.includes(':');
      });
      return missing && `The common name '${missing.slice(0, 64)}' is not in the subjectAltName.`;
    },
  },
  {
    id: 'br.commonName.deprecated',
    severity: 'notice',
    source: requirements('7.1.2.7.2'),
    path: ['subject', 'commonName'],
    hint: 'Leave the common name away; software looks at the subjectAltName alone.',
    applies: isServer,
    check: (document) =>
      commonNamesOf(document).length > 0 ? 'A common name is not recommended any more.' : undefined,
  },
  {
    id: 'br.dns.underscore',
    severity: 'error',
    source: requirements('7.1.4.2.1'),
    path: subjectAltName,
    hint: 'Give the host a name without underscores.',
    applies: isServer,
    check: (document) => eachHost(document, (host) => host.includes('_'), 'has an underscore'),
  },
  {
    id: 'br.dns.internal',
    severity: 'error',
    source: requirements('7.1.4.2.1'),
    path: subjectAltName,
    hint: 'Use a name of the public DNS.',
    applies: isServer,
    check: (document) => eachHost(document, isInternalName, 'is an internal or reserved name'),
  },
  {
    id: 'br.dns.wildcard',
    severity: 'error',
    source: requirements('3.2.2.6'),
    path: subjectAltName,
    hint: 'Use the wildcard as the whole leftmost label, above at least two more.',
    applies: isServer,
    check: (document) =>
      eachHost(
        document,
        (host) => host.includes('*') && !/^\*(\.[^.*]+){2,}$/.test(host),
        'has a wildcard at a wrong place',
      ),
  },
  {
    id: 'br.ip.reserved',
    severity: 'error',
    source: requirements('7.1.4.2.1'),
    path: subjectAltName,
    hint: 'Use an address of the public Internet.',
    applies: isServer,
    check: ({ extensions: { values } }) =>
      (values.subjectAltName ?? []).flatMap(({ kind, content }, i) =>
        kind === 'iPAddress' && isReservedAddress(content)
          ? [{ path: [i], message: 'The address is private or reserved.' }]
          : [],
      ),
  },
  {
    id: 'br.extKeyUsage.server',
    severity: 'error',
    source: requirements('7.1.2.7.10'),
    path: extKeyUsage,
    hint: 'Name serverAuth, and clientAuth at most beside it.',
    applies: isServer,
    check: ({ extensions: { values } }) => {
      const purposes = values.extKeyUsage;
      if (!purposes?.includes(serverAuth)) return 'The purposes do not name serverAuth.';
      const other = purposes.find((purpose) => purpose !== serverAuth && purpose !== clientAuth);
      return other && `The purpose ${other} does not belong into a TLS server certificate.`;
    },
  },
  {
    id: 'br.extKeyUsage.subordinate',
    severity: 'error',
    source: requirements('7.1.2.6.1'),
    path: extKeyUsage,
    hint: 'Restrict the authority to serverAuth.',
    applies: isSubordinate,
    check: ({ extensions: { values } }) =>
      values.extKeyUsage?.includes(serverAuth) && !values.extKeyUsage.includes('2.5.29.37.0')
        ? undefined
        : 'The authority is not restricted to issuing for TLS servers.',
  },
  {
    id: 'br.key.type',
    severity: 'error',
    source: requirements('6.1.5'),
    path: ['subjectPublicKeyInfo'],
    hint: 'Use RSA of 2048 bits or more, in whole bytes, or ECDSA on P-256, P-384 or P-521.',
    applies: isPublicLike,
    check: ({ key: { kind, rsa, curveOid } }) => {
      if (kind === 'rsa' && rsa !== undefined)
        return rsa.modulusBits >= 2048 && rsa.modulusBits % 8 === 0
          ? undefined
          : `An RSA key of ${rsa.modulusBits} bits is not accepted.`;
      return kind === 'ec' && baselineCurves.includes(curveOid ?? '')
        ? undefined
        : 'A key of this kind is not accepted.';
    },
  },
  {
    id: 'br.signature.algorithm',
    severity: 'error',
    source: requirements('7.1.3.2'),
    path: ['signature'],
    hint: 'Sign with RSA or ECDSA, and SHA-256, SHA-384 or SHA-512.',
    applies: ({ isSelfIssued }, { profile }) => profile === 'public-like' && !isSelfIssued,
    check: ({ algorithm: { oid } }) =>
      [...signatureOids, ...ecdsaOids].includes(oid)
        ? undefined
        : `The signature algorithm ${oid} is not accepted.`,
  },
  {
    id: 'br.policies.reserved',
    severity: 'error',
    source: requirements('7.1.2.7.9'),
    path: ['extensions', 'certificatePolicies'],
    hint: 'Name exactly one of 2.23.140.1.1 and 2.23.140.1.2.1 to .3.',
    applies: isServer,
    check: ({ extensions: { values } }) => {
      const named = (values.certificatePolicies ?? []).filter(({ oid }) => reservedPolicies.includes(oid));
      return named.length === 1
        ? undefined
        : `The policies name ${named.length} of the Forum's reserved identifiers instead of one.`;
    },
  },
  {
    id: 'br.subject.organizationalUnit',
    severity: 'error',
    source: requirements('7.1.2.7.4'),
    path: ['subject', 'organizationalUnitName'],
    hint: 'Leave the organizational unit away.',
    applies: isServer,
    check: ({ subject, notBefore }) =>
      (notBefore.date ?? new Date(0)) >= new Date('2022-09-01') &&
      subject.relativeNames.some(({ attributes }) => attributes.some(({ oid }) => oid === '2.5.4.11'))
        ? 'An organizational unit is not allowed since September 2022.'
        : undefined,
  },
  {
    id: 'br.revocation.information',
    severity: 'error',
    source: requirements('7.1.2.7.7'),
    path: ['extensions'],
    hint: 'Publish a CRL or run a responder, and set the publication address of the authority.',
    applies: (document, options) =>
      (isServer(document, options) || isSubordinate(document, options)) && !isShortLived(document),
    check: ({ extensions: { values } }) =>
      values.cRLDistributionPoints ||
      values.authorityInfoAccess?.some(({ method }) => method === '1.3.6.1.5.5.7.48.1')
        ? undefined
        : 'Nothing says where to learn that the certificate was revoked.',
  },
  {
    id: 'br.locations.http',
    severity: 'error',
    source: requirements('7.1.2.11.2'),
    path: ['extensions'],
    hint: 'Publish over plain http.',
    applies: isPublicLike,
    check: ({ extensions: { values } }) => {
      const names = [
        ...(values.cRLDistributionPoints ?? []).flatMap((point) => point.names),
        ...(values.authorityInfoAccess ?? []).map(({ location }) => location),
      ];
      const other = names.find(({ text }) => !/^http:\/\//i.test(text));
      return other && `'${other.text.slice(0, 128)}' is not an http URL.`;
    },
  },
];

/** Section 1.6.1: from March 2026 on, seven days or less. */
function isShortLived({ notBefore, notAfter }: CertificateDocument): boolean {
  return Number(notAfter.date ?? Number.NaN) - Number(notBefore.date ?? Number.NaN) + 1000 <= 7 * dayMs;
}
