import type { ParsedCertificate } from '../x509/index.ts';

/** What a query may ask of a certificate that no other column says. */
export interface CertificateFacts {
  /** SHA-1 of its DER in upper-case hexadecimal. */
  readonly sha1Fingerprint: string;
  readonly signatureAlgorithm: string;
  readonly keyUsages: readonly string[];
  readonly extendedKeyUsages: readonly string[];
  readonly organizationalUnit?: string | undefined;
}

export function factsOf(certificate: ParsedCertificate): CertificateFacts {
  const { sha1Fingerprint, signatureAlgorithm, keyUsages, extendedKeyUsages, subject } = certificate;
  const { organizationalUnit } = subject.attributes;
  return { sha1Fingerprint, signatureAlgorithm, keyUsages, extendedKeyUsages, organizationalUnit };
}

export const factColumnNames = [
  'thumbprint',
  'organizationalUnit',
  'signatureAlgorithm',
  'keyUsages',
  'extendedKeyUsages',
] as const;

/** The values of those columns, in their order; null where nothing is known. */
export function factColumns(facts: CertificateFacts | undefined): (string | Buffer | null)[] {
  if (!facts) return factColumnNames.map(() => null);
  return [
    Buffer.from(facts.sha1Fingerprint, 'hex'),
    facts.organizationalUnit ?? null,
    facts.signatureAlgorithm,
    wordList(facts.keyUsages),
    wordList(facts.extendedKeyUsages),
  ];
}

/** Words between commas, so that each is found with its own. */
function wordList(words: readonly string[]): string {
  return words.length === 0 ? '' : `,${words.join(',')},`;
}
