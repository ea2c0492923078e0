/** The words of Hanzo KMS for what has other names here, both ways. */
import { z } from 'zod';
import {
  type KeyAlgorithm,
  keyAlgorithmFacts,
  keyAlgorithms,
  type SignatureAlgorithm,
  signatureAlgorithms,
} from '../../../../shared/model/algorithms.ts';
import type { CertificateStatus } from '../../../../shared/model/certificate.ts';
import type {
  ExtendedKeyUsage,
  KeyUsage,
  RevocationReason,
  subjectAltNameTypes,
} from '../../../../shared/model/names.ts';
import type { SubjectAttribute } from '../../../../shared/model/policy.ts';
import type { RequestStatus } from '../../../../shared/model/request.ts';

/** A table of words with its schema and its two directions. */
export class Words<Theirs extends string, Ours extends string> {
  readonly schema: z.ZodEnum<{ [Word in Theirs]: Word }>;
  readonly #ours: ReadonlyMap<string, Ours>;
  readonly #theirs: ReadonlyMap<string, Theirs>;

  /** Of several words for the same thing the first is the one that is answered. */
  constructor(pairs: readonly (readonly [Theirs, Ours])[], id: string, description: string) {
    const words = pairs.map(([theirs]) => theirs) as [Theirs, ...Theirs[]];
    this.schema = z.enum(words).meta({ id, description }) as typeof this.schema;
    this.#ours = new Map(pairs);
    this.#theirs = new Map([...pairs].reverse().map(([theirs, ours]) => [ours, theirs]));
  }

  /** Our word; what the schema lets through always has one. */
  ours(word: Theirs): Ours {
    return this.#ours.get(word) as Ours;
  }

  /** Their word, or ours where they have none: an object identifier, an algorithm of a foreign certificate. */
  theirs(word: Ours | (string & {})): string {
    return this.#theirs.get(word) ?? word;
  }
}

const pairsOf = <Theirs extends string, Ours extends string>(table: Readonly<Record<Theirs, Ours>>) =>
  Object.entries(table) as unknown as readonly (readonly [Theirs, Ours])[];

export const keyUsageWords = new Words(
  pairsOf({
    digital_signature: 'digitalSignature',
    key_encipherment: 'keyEncipherment',
    non_repudiation: 'contentCommitment',
    data_encipherment: 'dataEncipherment',
    key_agreement: 'keyAgreement',
    key_cert_sign: 'keyCertSign',
    crl_sign: 'cRLSign',
    encipher_only: 'encipherOnly',
    decipher_only: 'decipherOnly',
  } satisfies Record<string, KeyUsage>),
  'HanzoKeyUsage',
  'RFC 5280 section 4.2.1.3.',
);

export const extendedKeyUsageWords = new Words(
  pairsOf({
    client_auth: 'clientAuth',
    server_auth: 'serverAuth',
    code_signing: 'codeSigning',
    email_protection: 'emailProtection',
    ocsp_signing: 'OCSPSigning',
    time_stamping: 'timeStamping',
  } satisfies Record<string, ExtendedKeyUsage>),
  'HanzoExtendedKeyUsage',
  'RFC 5280 section 4.2.1.12.',
);

/** Those that Hanzo KMS has no word for go by their usual name. */
function keyAlgorithmWord(algorithm: KeyAlgorithm): string {
  const curve = { 'ecdsa-p256': 'prime256v1', 'ecdsa-p384': 'secp384r1', 'ecdsa-p521': 'secp521r1' };
  if (algorithm in curve) return `EC_${curve[algorithm as keyof typeof curve]}`;
  if (algorithm.startsWith('rsa-')) return algorithm.toUpperCase().replace('-', '_');
  return keyAlgorithmFacts[algorithm].label;
}

export const keyAlgorithmWords = new Words<string, KeyAlgorithm>(
  keyAlgorithms.map((algorithm) => [keyAlgorithmWord(algorithm), algorithm]),
  'HanzoKeyAlgorithm',
  'A key algorithm with its size or parameter set.',
);

function signatureAlgorithmWord(algorithm: SignatureAlgorithm): string {
  const isOfKey = (keyAlgorithms as readonly string[]).includes(algorithm);
  return isOfKey ? keyAlgorithmFacts[algorithm as KeyAlgorithm].label : algorithm.toUpperCase();
}

export const signatureAlgorithmWords = new Words<string, SignatureAlgorithm>(
  signatureAlgorithms.map((algorithm) => [signatureAlgorithmWord(algorithm), algorithm]),
  'HanzoSignatureAlgorithm',
  'How the issuer signs.',
);

type AltNameType = Exclude<(typeof subjectAltNameTypes)[number], 'otherName'>;

/** The short forms in capitals are aliases that scripts send. */
export const altNameWords = new Words<string, AltNameType>(
  [
    ['dns_name', 'dns'],
    ['ip_address', 'ip'],
    ['email', 'email'],
    ['uri', 'uri'],
    ['upn', 'upn'],
    ['DNS', 'dns'],
    ['IP', 'ip'],
    ['EMAIL', 'email'],
    ['URI', 'uri'],
    ['UPN', 'upn'],
  ],
  'HanzoAltNameType',
  'DNS, IP, EMAIL, URI and UPN are taken for the others, and never answered.',
);

/** Beside those of Hanzo KMS the two that are ruled here as well. */
export const subjectAttributeWords = new Words(
  pairsOf({
    common_name: 'commonName',
    organization: 'organization',
    organizational_unit: 'organizationalUnit',
    country: 'country',
    state: 'state',
    locality: 'locality',
    domain_component: 'domainComponent',
    serial_number: 'serialNumber',
    email_address: 'emailAddress',
  } satisfies Record<string, SubjectAttribute>),
  'HanzoSubjectAttribute',
  'A subject attribute that a policy can rule.',
);

export const revocationReasonWords = new Words(
  pairsOf({
    UNSPECIFIED: 'unspecified',
    KEY_COMPROMISE: 'keyCompromise',
    CA_COMPROMISE: 'cACompromise',
    AFFILIATION_CHANGED: 'affiliationChanged',
    SUPERSEDED: 'superseded',
    CESSATION_OF_OPERATION: 'cessationOfOperation',
    CERTIFICATE_HOLD: 'certificateHold',
    PRIVILEGE_WITHDRAWN: 'privilegeWithdrawn',
    A_A_COMPROMISE: 'aACompromise',
  } satisfies Record<string, RevocationReason>),
  'HanzoRevocationReason',
  'RFC 5280 section 5.3.1.',
);

/** CRLReason of RFC 5280 section 5.3.1, as a certificate answers it. */
export const revocationReasonCodes: Readonly<Record<RevocationReason, number>> = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  privilegeWithdrawn: 9,
  aACompromise: 10,
};

export const certificateStatuses = ['active', 'expired', 'revoked'] as const;

/** There is no hold there: whoever asks may not rely on such a certificate. */
export const certificateStatusOf: Readonly<Record<CertificateStatus, (typeof certificateStatuses)[number]>> =
  { valid: 'active', 'not-yet-valid': 'active', expired: 'expired', revoked: 'revoked', held: 'revoked' };

export const requestStatuses = ['pending_approval', 'pending', 'issued', 'failed', 'rejected'] as const;

export const requestStatusOf: Readonly<Record<RequestStatus, (typeof requestStatuses)[number]>> = {
  pending_approval: 'pending_approval',
  approved: 'pending',
  issued: 'issued',
  failed: 'failed',
  rejected: 'rejected',
  cancelled: 'rejected',
  expired: 'rejected',
};
