/** A certificate in the words of Keyfactor Command. */
import type { Output } from '../../../../shared/operations/index.ts';
import type { KeyfactorCall } from './keyfactor-call.ts';

type Detail = Output<'certificates.show'>;

/** CRLReason (RFC 5280 section 5.3.1) as numbers; those that the other product has no number for are 0. */
export const reasonNumbers: Readonly<Record<NonNullable<Detail['revocationReason']>, number>> = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  privilegeWithdrawn: 0,
  aACompromise: 0,
};

const usageBits: Readonly<Record<string, number>> = {
  ...{ encipherOnly: 1, cRLSign: 2, keyCertSign: 4, keyAgreement: 8, dataEncipherment: 16 },
  ...{ keyEncipherment: 32, contentCommitment: 64, digitalSignature: 128, decipherOnly: 32_768 },
};

const extendedUsages: Readonly<Record<string, readonly [string, string]>> = {
  serverAuth: ['1.3.6.1.5.5.7.3.1', 'Server Authentication'],
  clientAuth: ['1.3.6.1.5.5.7.3.2', 'Client Authentication'],
  codeSigning: ['1.3.6.1.5.5.7.3.3', 'Code Signing'],
  emailProtection: ['1.3.6.1.5.5.7.3.4', 'Secure Email'],
  timeStamping: ['1.3.6.1.5.5.7.3.8', 'Time Stamping'],
  OCSPSigning: ['1.3.6.1.5.5.7.3.9', 'OCSP Signing'],
};

const nameTypes: Readonly<Record<string, number>> = { email: 1, dns: 2, uri: 6, ip: 7 };
const curves: Readonly<Record<string, string>> = {
  'ecdsa-p256': '1.2.840.10045.3.1.7',
  'ecdsa-p384': '1.3.132.0.34',
  'ecdsa-p521': '1.3.132.0.35',
};

/** The kind of a key and its bits, from its algorithm's name here or in a foreign certificate. */
export function keyOf(algorithm: string): {
  readonly type: number;
  readonly name: string;
  readonly bits: number;
} {
  const bits = Number(/([0-9]{3,5})$/.exec(algorithm)?.[1] ?? 0);
  if (/^rsa/i.test(algorithm)) return { type: 1, name: 'RSA', bits };
  if (/^dsa/i.test(algorithm)) return { type: 2, name: 'DSA', bits };
  if (/^ecdsa/i.test(algorithm)) return { type: 3, name: 'ECC', bits };
  if (algorithm === 'ed25519') return { type: 0, name: 'Ed25519', bits: 256 };
  if (algorithm === 'ed448') return { type: 0, name: 'Ed448', bits: 456 };
  return { type: 0, name: algorithm.toUpperCase(), bits: 0 };
}

/** The bare bytes of a PEM, in base64. */
export function base64Of(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s/g, '');
}

interface Shown {
  readonly includeMetadata: boolean;
  readonly includeHasPrivateKey: boolean;
}

/** How to show certificates, with the numbers of what they name; what was not asked for is there, but empty. */
export async function certificatePresenter(
  { numbers }: Pick<KeyfactorCall, 'numbers'>,
  details: readonly Detail[],
  { includeMetadata, includeHasPrivateKey }: Shown,
): Promise<object[]> {
  const numberOf = await numbers.of(
    details.flatMap(({ profileId, authorityId }) => [profileId, authorityId]),
  );
  return details.map((one) => {
    const key = keyOf(one.keyAlgorithm);
    const isRevoked = one.revokedAt !== null;
    const usage = one.keyUsages.reduce((sum, word) => sum + (usageBits[word] ?? 0), 0);
    return {
      Id: one.number,
      Thumbprint: one.sha1Fingerprint,
      SerialNumber: one.serialNumber,
      IssuedDN: one.subject,
      IssuedCN: one.commonName,
      ImportDate: one.createdAt,
      NotBefore: one.notBefore,
      NotAfter: one.notAfter,
      IssuerDN: one.issuer,
      PrincipalId: null,
      OwnerRoleId: null,
      OwnerRoleName: null,
      TemplateId: numberOf(one.profileId),
      CertState: isRevoked ? 2 : 1,
      KeySizeInBits: key.bits,
      KeyType: key.type,
      AltKeySizeInBits: null,
      AltKeyType: null,
      RequesterId: 0,
      IssuedOU: one.subjectAttributes.organizationalUnit ?? null,
      IssuedEmail:
        one.subjectAttributes.emailAddress ??
        one.subjectAltNames.find(({ type }) => type === 'email')?.value ??
        null,
      KeyUsage: usage,
      SigningAlgorithm: one.signatureAlgorithm,
      AltSigningAlgorithm: null,
      CertStateString: isRevoked ? 'Revoked (2)' : 'Active (1)',
      KeyTypeString: key.name,
      AltKeyTypeString: null,
      RevocationEffDate: one.revokedAt,
      RevocationReason: one.revocationReason === null ? null : reasonNumbers[one.revocationReason],
      RevocationComment: one.revocationComment,
      CertificateAuthorityId: numberOf(one.authorityId),
      CertificateAuthorityName: one.authority,
      TemplateName: one.profile,
      ArchivedKey: includeHasPrivateKey && one.hasPrivateKey,
      HasPrivateKey: includeHasPrivateKey && one.hasPrivateKey,
      HasAltPrivateKey: false,
      PrincipalName: null,
      CertRequestId: null,
      RequesterName: one.requestedBy,
      ContentBytes: base64Of(one.certificate),
      ExtendedKeyUsages: one.extendedKeyUsages.map((word, index) => {
        const [oid, name] = extendedUsages[word] ?? [word, word];
        return { Id: index + 1, Oid: oid, DisplayName: name };
      }),
      SubjectAltNameElements: one.subjectAltNames.map(({ type, value }, index) => ({
        Id: index + 1,
        Value: value,
        Type: nameTypes[type] ?? 0,
        ValueHash: '',
      })),
      CRLDistributionPoints: distributionPoints(one).map((url, index) => ({
        Id: index + 1,
        Url: url,
        UrlHash: '',
      })),
      LocationsCount: [],
      SSLLocations: [],
      Locations: [],
      Metadata: includeMetadata ? one.metadata : {},
      CARowIndex: 0,
      CARecordId: one.serialNumber,
      DetailedKeyUsage: detailedUsage(one, usage),
      KeyRecoverable: includeHasPrivateKey && one.hasPrivateKey,
      Curve: curves[one.keyAlgorithm] ?? null,
      EnrollmentPatternId: numberOf(one.profileId),
    };
  });
}

function distributionPoints({ extensions }: Detail): string[] {
  const extension = extensions.find(({ oid }) => oid === '2.5.29.31');
  return extension?.summary.match(/https?:\/\/[^\s,;]+/g) ?? [];
}

function detailedUsage({ keyUsages }: Detail, usage: number): object {
  const has = (word: (typeof keyUsages)[number]) => keyUsages.includes(word);
  return {
    CrlSign: has('cRLSign'),
    DataEncipherment: has('dataEncipherment'),
    DecipherOnly: has('decipherOnly'),
    DigitalSignature: has('digitalSignature'),
    EncipherOnly: has('encipherOnly'),
    KeyAgreement: has('keyAgreement'),
    KeyCertSign: has('keyCertSign'),
    KeyEncipherment: has('keyEncipherment'),
    NonRepudiation: has('contentCommitment'),
    HexCode: usage.toString(16),
  };
}
