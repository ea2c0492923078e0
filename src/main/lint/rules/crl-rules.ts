/** Certificate revocation lists: RFC 5280 section 5. */
import type { CrlDocument, CrlEntry } from '../read/read-document.ts';
import { signedInteger } from '../read/read-key.ts';
import type { Problem, Rule } from '../rule.ts';
import { eachExtension } from './extension-rules.ts';
import { timeProblem, timeProblems } from './time-rules.ts';

/** What is wrong with single entries; the path ends in the entry's number. */
function eachEntry(
  { entries = [] }: CrlDocument,
  problem: (entry: CrlEntry) => string | undefined,
): Problem[] {
  return entries.flatMap((entry, i) => {
    const message = problem(entry);
    return message === undefined ? [] : [{ path: [i], message }];
  });
}

const revoked = ['revokedCertificates'];
const hexOf = (serialNumber: Uint8Array) => Buffer.from(serialNumber).toString('hex').toUpperCase();
const isDelta = ({ extensions }: CrlDocument) => extensions.values.deltaCRLIndicator !== undefined;

export const crlRules: readonly Rule<CrlDocument>[] = [
  {
    id: 'rfc5280.crl.version',
    severity: 'error',
    source: 'RFC 5280 section 5.1.2.1',
    path: ['version'],
    hint: 'Issue a CRL of version 2.',
    check: ({ version }) => (version !== 2 ? `The CRL is of version ${version}.` : undefined),
  },
  {
    id: 'rfc5280.crl.time-encoding',
    severity: 'error',
    source: 'RFC 5280 sections 5.1.2.4 to 5.1.2.6',
    path: [],
    hint: 'Write YYMMDDHHMMSSZ as UTCTime through 2049, and YYYYMMDDHHMMSSZ as GeneralizedTime from 2050 on.',
    check: (crl) => [
      ...timeProblems({ thisUpdate: crl.thisUpdate, nextUpdate: crl.nextUpdate }),
      ...eachEntry(crl, ({ revocationDate }) => timeProblem(revocationDate)).map((problem) => ({
        ...problem,
        path: [...revoked, ...problem.path],
      })),
    ],
  },
  {
    id: 'rfc5280.crl.next-update',
    severity: 'error',
    source: 'RFC 5280 section 5.1.2.5',
    path: ['nextUpdate'],
    hint: 'Say when the next CRL is due.',
    check: ({ thisUpdate, nextUpdate }) => {
      if (nextUpdate === undefined) return 'The CRL does not say when the next one is due.';
      return thisUpdate.date && nextUpdate.date && nextUpdate.date <= thisUpdate.date
        ? 'The next CRL is due before this one is made.'
        : undefined;
    },
  },
  {
    id: 'rfc5280.crl.empty-list',
    severity: 'error',
    source: 'RFC 5280 section 5.1.2.6',
    path: revoked,
    hint: 'Leave the list away where nothing is revoked.',
    check: ({ entries }) => (entries?.length === 0 ? 'The list is there, but empty.' : undefined),
  },
  {
    id: 'rfc5280.crl.number',
    severity: 'error',
    source: 'RFC 5280 section 5.2.3',
    path: ['extensions', 'cRLNumber'],
    hint: 'Number the CRLs of an authority upwards, in 20 bytes at most.',
    check: ({ extensions: { list, values } }) => {
      if (!list.some(({ name }) => name === 'cRLNumber')) return 'The CRL has no number.';
      const number = values.cRLNumber;
      return number && (signedInteger(number) < 0n || number.length > 20)
        ? 'The number is negative or has more than 20 bytes.'
        : undefined;
    },
  },
  {
    id: 'rfc5280.crl.authorityKeyIdentifier',
    severity: 'error',
    source: 'RFC 5280 section 5.2.1',
    path: ['extensions', 'authorityKeyIdentifier'],
    hint: 'Add the identifier of the key that signs the CRL.',
    check: ({ extensions: { list } }) =>
      list.some(({ name }) => name === 'authorityKeyIdentifier')
        ? undefined
        : 'The CRL does not say by which key of the issuer it is signed.',
  },
  {
    id: 'rfc5280.crl.delta-base',
    severity: 'error',
    source: 'RFC 5280 section 5.2.4',
    path: ['extensions', 'deltaCRLIndicator'],
    hint: 'Let the delta refer to a CRL with a smaller number.',
    applies: isDelta,
    check: ({ extensions: { values } }) =>
      values.deltaCRLIndicator &&
      values.cRLNumber &&
      signedInteger(values.deltaCRLIndicator) >= signedInteger(values.cRLNumber)
        ? 'The delta does not come after its base.'
        : undefined,
  },
  {
    id: 'rfc5280.crl.issuingDistributionPoint',
    severity: 'error',
    source: 'RFC 5280 section 5.2.5',
    path: ['extensions', 'issuingDistributionPoint'],
    hint: 'Leave the extension away, or say one thing of which certificates the CRL is for.',
    check: ({ extensions: { values } }) => {
      if (values.issuingDistributionPoint?.isEmpty) return 'The issuing distribution point is empty.';
      return (values.issuingDistributionPoint?.onlyKinds ?? 0) > 1
        ? 'The CRL is only for one kind of certificates and only for another.'
        : undefined;
    },
  },
  {
    id: 'rfc5280.crl.entry-serial',
    severity: 'error',
    source: 'RFC 5280 section 5.1.2.6',
    path: revoked,
    hint: 'Write positive serial numbers of 20 bytes at most.',
    check: (crl) =>
      eachEntry(crl, ({ serialNumber }) =>
        signedInteger(serialNumber) <= 0n || serialNumber.length > 20
          ? 'The serial number is not positive or has more than 20 bytes.'
          : undefined,
      ),
  },
  {
    id: 'rfc5280.crl.entry-duplicate',
    severity: 'error',
    source: 'RFC 5280 section 5.3',
    path: revoked,
    hint: 'List each certificate once.',
    // In an indirect CRL the same number may belong to another issuer.
    applies: ({ entries = [] }) =>
      !entries.some(({ extensions }) => extensions.list.some(({ name }) => name === 'certificateIssuer')),
    check: (crl) => {
      const seen = new Set<string>();
      return eachEntry(crl, ({ serialNumber }) => {
        const key = hexOf(serialNumber);
        const isRepeated = seen.has(key);
        seen.add(key);
        return isRepeated ? `The certificate ${key.slice(0, 64)} is listed more than once.` : undefined;
      });
    },
  },
  {
    id: 'rfc5280.crl.entry-reason',
    severity: 'error',
    source: 'RFC 5280 section 5.3.1',
    path: revoked,
    hint: 'Use one of the reasons from 1 to 10; 7 is not used, and 8 (removeFromCRL) is for delta CRLs.',
    check: (crl) =>
      eachEntry(crl, ({ extensions: { values } }) => {
        const reason = values.reasonCode;
        if (reason === 7 || (reason ?? 0) > 10) return `The reason ${reason} does not exist.`;
        return reason === 8 && !isDelta(crl)
          ? 'removeFromCRL stands in a CRL that is not a delta.'
          : undefined;
      }),
  },
  {
    id: 'rfc5280.crl.entry-unspecified',
    severity: 'warning',
    source: 'RFC 5280 section 5.3.1',
    path: revoked,
    hint: 'Leave the reason away.',
    check: (crl) =>
      eachEntry(crl, ({ extensions: { values } }) =>
        values.reasonCode === 0 ? 'The reason unspecified is written out.' : undefined,
      ),
  },
  {
    id: 'rfc5280.crl.entry-future',
    severity: 'warning',
    source: 'RFC 5280 section 5.1.2.6',
    path: revoked,
    hint: 'List a revocation once it has happened.',
    check: (crl) =>
      eachEntry(crl, ({ revocationDate: { date } }) =>
        date && crl.thisUpdate.date && date > crl.thisUpdate.date
          ? 'The certificate is revoked after the CRL was made.'
          : undefined,
      ),
  },
  {
    id: 'rfc5280.crl.entry-extensions',
    severity: 'error',
    source: 'RFC 5280 section 5.3',
    path: revoked,
    hint: 'Write reasonCode and invalidityDate once, not critical, and as their standard defines them.',
    check: (crl) =>
      (crl.entries ?? []).flatMap(({ extensions }, i) => {
        const seen = new Set<string>();
        return eachExtension(extensions, ({ name, critical, problem }) => {
          if (seen.has(name)) return `The extension ${name} is there more than once.`;
          seen.add(name);
          if (critical && ['reasonCode', 'invalidityDate'].includes(name))
            return `The extension ${name} is critical.`;
          return problem;
        }).map((each) => ({ ...each, path: [i, ...each.path] }));
      }),
  },
  {
    id: 'br.crl.next-update',
    severity: 'error',
    source: 'CA/Browser Forum TLS Baseline Requirements section 4.9.7',
    path: ['nextUpdate'],
    hint: 'Renew the CRL at least every twelve months, and within ten days where it is for subscribers.',
    applies: (_, { profile }) => profile === 'public-like',
    check: ({ thisUpdate, nextUpdate }) => {
      const span = Number(nextUpdate?.date ?? 0) - Number(thisUpdate.date ?? 0);
      return span > 366 * 86_400_000 ? 'The next CRL is due after more than twelve months.' : undefined;
    },
  },
];
