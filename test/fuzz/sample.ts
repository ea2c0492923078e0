/** What is mutated: a file that is right, and what it is to be read as. */

export const kinds = [
  'certificate',
  'csr',
  'crl',
  'ocsp-request',
  'ocsp-response',
  'pkcs7',
  'pkcs8',
  'encrypted-pkcs8',
  'pkcs12',
  'pkcs12-safe',
  'jks',
  'public-key',
  'name',
  'pem',
  'jwk',
  'ssh',
] as const;
export type Kind = (typeof kinds)[number];

export interface Sample {
  readonly kind: Kind;
  /** Where it comes from, for the report. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Files of the corpus that take a passphrase have this one. */
export const passphrase = 'p';
