/** Alternative names and the addresses of CRLs, responders and issuers: RFC 5280 sections 4.2.1.6, 4.2.1.13, 4.2.2. */
import { formatIpAddress } from '../../x509/index.ts';
import type { AccessDescription, DistributionPoint, ExtensionValues } from '../read/extension-values.ts';
import type { SignedDocument } from '../read/read-document.ts';
import type { GeneralName } from '../read/read-name.ts';
import type { Problem, Rule } from '../rule.ts';

const altNames = ['subjectAltName', 'issuerAltName'] as const;

function eachAltName(values: ExtensionValues, problem: (name: GeneralName) => string | undefined): Problem[] {
  return altNames.flatMap((extension) =>
    (values[extension] ?? []).flatMap((name, i) => {
      const message = problem(name);
      return message === undefined ? [] : [{ path: [extension, i], message }];
    }),
  );
}

const asciiKinds = ['rfc822Name', 'dNSName', 'uniformResourceIdentifier'];
const isAscii = (text: string) => /^[\x20-\x7e]*$/.test(text);
const shown = (text: string) => `'${text.slice(0, 128)}'`;

/** RFC 1123 section 2.1, with the wildcard of RFC 6125 and with underscores, which private names have. */
function isHost(text: string): boolean {
  const labels = text.replace(/^\*\./, '').split('.');
  return text.length <= 253 && labels.every((label) => /^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)$/.test(label));
}

const isAbsoluteUri = (text: string) => /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/.test(text);

export const altNameRules: readonly Rule<SignedDocument>[] = [
  {
    id: 'rfc5280.altName.ascii',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.6',
    path: ['extensions'],
    hint: 'Write domains as A-labels (xn--...) and other names in ASCII.',
    check: ({ extensions: { values } }) =>
      eachAltName(values, ({ kind, text }) =>
        asciiKinds.includes(kind) && !isAscii(text) ? 'A name has other than printable ASCII.' : undefined,
      ),
  },
  {
    id: 'rfc5280.altName.dns',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.6, RFC 1034 section 3.5',
    path: ['extensions'],
    hint: 'Write a host name such as www.example.com, without a trailing dot; an address is an iPAddress.',
    check: ({ extensions: { values } }) =>
      eachAltName(values, ({ kind, text }) =>
        kind === 'dNSName' && isAscii(text) && !isHost(text)
          ? `${shown(text)} is not a host name.`
          : undefined,
      ),
  },
  {
    id: 'rfc5280.altName.email',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.6',
    path: ['extensions'],
    hint: 'Write the bare address, such as a@example.com.',
    check: ({ extensions: { values } }) =>
      eachAltName(values, ({ kind, text }) =>
        kind === 'rfc822Name' && !/^[^\s<>@()]+@[^\s<>@]+$/.test(text)
          ? `${shown(text)} is not an e-mail address.`
          : undefined,
      ),
  },
  {
    id: 'rfc5280.altName.uri',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.6',
    path: ['extensions'],
    hint: 'Write the URI with its scheme.',
    check: ({ extensions: { values } }) =>
      eachAltName(values, ({ kind, text }) =>
        kind === 'uniformResourceIdentifier' && !isAbsoluteUri(text)
          ? `${shown(text)} is not an absolute URI.`
          : undefined,
      ),
  },
  {
    id: 'rfc5280.altName.ip',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.6',
    path: ['extensions'],
    hint: 'Write 4 bytes for IPv4, 16 for IPv6, and no mask.',
    check: ({ extensions: { values } }) =>
      eachAltName(values, ({ kind, content }) =>
        kind === 'iPAddress' && formatIpAddress(content) === undefined
          ? `An address has ${content.length} bytes.`
          : undefined,
      ),
  },
  {
    id: 'hygiene.altName.duplicate',
    severity: 'notice',
    source: 'RFC 5280 section 4.2.1.6',
    path: ['extensions', 'subjectAltName'],
    hint: 'Write each name once.',
    check: ({ extensions: { values } }) => {
      const keys = (values.subjectAltName ?? []).map(sortKey);
      return new Set(keys).size < keys.length ? 'A name is there more than once.' : undefined;
    },
  },
  {
    id: 'hygiene.altName.unsorted',
    severity: 'notice',
    source: 'Chancery: the same names give the same certificate',
    path: ['extensions', 'subjectAltName'],
    hint: 'Sort the names by kind and text; only people who compare certificates notice.',
    check: ({ extensions: { values } }) => {
      const keys = (values.subjectAltName ?? []).map(sortKey);
      return keys.some((key, i) => i > 0 && key < (keys[i - 1] ?? ''))
        ? 'The names are not sorted.'
        : undefined;
    },
  },
];

function sortKey({ kind, text }: GeneralName): string {
  return `${kind} ${kind === 'dNSName' ? text.toLowerCase() : text}`;
}

const pointFields = ['cRLDistributionPoints', 'freshestCRL'] as const;
const accessFields = ['authorityInfoAccess', 'subjectInfoAccess'] as const;

function eachPoint(
  values: ExtensionValues,
  problem: (point: DistributionPoint) => string | undefined,
): Problem[] {
  return pointFields.flatMap((field) =>
    (values[field] ?? []).flatMap((point, i) => {
      const message = problem(point);
      return message === undefined ? [] : [{ path: [field, i], message }];
    }),
  );
}

function eachAccess(
  values: ExtensionValues,
  problem: (access: AccessDescription) => string | undefined,
): Problem[] {
  return accessFields.flatMap((field) =>
    (values[field] ?? []).flatMap((access, i) => {
      const message = problem(access);
      return message === undefined ? [] : [{ path: [field, i], message }];
    }),
  );
}

const isUri = ({ kind }: GeneralName) => kind === 'uniformResourceIdentifier';

export const locationRules: readonly Rule<SignedDocument>[] = [
  {
    id: 'rfc5280.distributionPoint.empty',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.13',
    path: ['extensions'],
    hint: 'Say where the CRL is, or who issues it.',
    check: ({ extensions: { values } }) =>
      eachPoint(values, ({ names, isRelative, hasIssuer }) =>
        names.length === 0 && !isRelative && !hasIssuer ? 'A distribution point leads nowhere.' : undefined,
      ),
  },
  {
    id: 'rfc5280.distributionPoint.uri',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.13',
    path: ['extensions'],
    hint: 'Write the whole URI, such as http://pki.example.com/ca.crl.',
    check: ({ extensions: { values } }) =>
      eachPoint(values, ({ names }) => {
        const wrong = names.find((name) => isUri(name) && !isAbsoluteUri(name.text));
        return wrong && `${shown(wrong.text)} is not an absolute URI.`;
      }),
  },
  {
    id: 'rfc5280.distributionPoint.https',
    severity: 'warning',
    source: 'RFC 5280 section 8',
    path: ['extensions'],
    hint: 'Publish over plain http: a CRL is signed, and the check of a TLS certificate would need another check.',
    check: ({ extensions: { values } }) =>
      eachPoint(values, ({ names }) => {
        const https = names.find((name) => isUri(name) && /^https:/i.test(name.text));
        return https && `${shown(https.text)} is reached by TLS, whose certificate has to be checked first.`;
      }),
  },
  {
    id: 'rfc5280.distributionPoint.reasons',
    severity: 'notice',
    source: 'RFC 5280 section 4.2.1.13',
    path: ['extensions'],
    hint: 'Leave the reasons away: one CRL for all of them is what software expects.',
    check: ({ extensions: { values } }) =>
      eachPoint(values, ({ hasReasons }) =>
        hasReasons ? 'The CRL is split by reasons, which little software supports.' : undefined,
      ),
  },
  {
    id: 'rfc5280.access.uri',
    severity: 'error',
    source: 'RFC 5280 section 4.2.2.1',
    path: ['extensions'],
    hint: 'Write the whole URI, such as http://pki.example.com/ca.crt.',
    check: ({ extensions: { values } }) =>
      eachAccess(values, ({ location }) =>
        isUri(location) && !isAbsoluteUri(location.text)
          ? `${shown(location.text)} is not an absolute URI.`
          : undefined,
      ),
  },
  {
    id: 'rfc6960.access.responder',
    severity: 'error',
    source: 'RFC 6960 section 3.1',
    path: ['extensions'],
    hint: 'Give the address of the responder as a URI.',
    check: ({ extensions: { values } }) =>
      eachAccess(values, ({ method, location }) =>
        method === '1.3.6.1.5.5.7.48.1' && !isUri(location)
          ? 'The responder is not named by a URI.'
          : undefined,
      ),
  },
];
