/** Distinguished names and subject alternative names as JSON (RFC 5280 sections 4.1.2.4 and 4.2.1.6). */
import { z } from 'zod';

/** The subject attributes that a request may carry; an absent one is not in the name. */
export const Subject = z
  .strictObject({
    commonName: z.string().min(1).max(64).optional(),
    organization: z.string().min(1).max(64).optional(),
    organizationalUnit: z.string().min(1).max(64).optional(),
    country: z.string().length(2).optional().describe('ISO 3166 code of two letters'),
    state: z.string().min(1).max(128).optional(),
    locality: z.string().min(1).max(128).optional(),
    serialNumber: z.string().min(1).max(64).optional(),
    emailAddress: z.string().min(1).max(255).optional(),
    domainComponent: z
      .array(z.string().min(1).max(63))
      .max(16)
      .optional()
      .describe('From the top-level domain down'),
  })
  .meta({ id: 'Subject', description: 'The subject of a certificate, RFC 5280 section 4.1.2.6.' });
export type Subject = z.infer<typeof Subject>;

const { shape } = Subject;

/** The same as asked for: null keeps an attribute out that a profile would fill in. */
export const SubjectFields = z
  .strictObject({
    commonName: shape.commonName.nullable(),
    organization: shape.organization.nullable(),
    organizationalUnit: shape.organizationalUnit.nullable(),
    country: shape.country.nullable(),
    state: shape.state.nullable(),
    locality: shape.locality.nullable(),
    serialNumber: shape.serialNumber.nullable(),
    emailAddress: shape.emailAddress.nullable(),
    domainComponent: shape.domainComponent.nullable(),
  })
  .meta({
    id: 'SubjectFields',
    description: 'A subject as asked for: an absent attribute is the default of the profile, null is none.',
  });
export type SubjectFields = z.infer<typeof SubjectFields>;

/** `otherName` is any name of an object identifier of its own, with a UTF8String as its value. */
export const subjectAltNameTypes = ['dns', 'ip', 'email', 'uri', 'upn', 'otherName'] as const;

/** What names of any kind are named by, dotted decimal as in X.660. */
export const ObjectIdentifier = z
  .string()
  .max(128)
  .regex(/^(?:[01]\.(?:[0-9]|[1-3][0-9])|2\.(?:0|[1-9][0-9]*))(?:\.(?:0|[1-9][0-9]*))+$/)
  .meta({ id: 'ObjectIdentifier', description: 'Dotted decimal, X.660.', examples: ['1.3.6.1.5.5.7.3.17'] });

/** Names of type `otherName` say which kind they are, and no others do. */
export const namesItsKind = ({ type, oid }: { type: string; oid?: string | undefined }): boolean =>
  (type === 'otherName') === (oid !== undefined);

export const SubjectAltName = z
  .strictObject({
    type: z.enum(subjectAltNameTypes),
    oid: ObjectIdentifier.optional().describe('Of an otherName: its kind'),
    value: z.string().min(1).max(2048),
  })
  .refine(namesItsKind, { error: 'An otherName has an oid, and no other name has one.', path: ['oid'] })
  .meta({
    id: 'SubjectAltName',
    description: 'One name of the subjectAltName extension, RFC 5280 section 4.2.1.6.',
  });
export type SubjectAltName = z.infer<typeof SubjectAltName>;

export const keyUsages = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export const KeyUsage = z
  .enum(keyUsages)
  .meta({ id: 'KeyUsage', description: 'RFC 5280 section 4.2.1.3, in bit order.' });
export type KeyUsage = z.infer<typeof KeyUsage>;

export const extendedKeyUsages = [
  'serverAuth',
  'clientAuth',
  'codeSigning',
  'emailProtection',
  'timeStamping',
  'OCSPSigning',
] as const;
export const ExtendedKeyUsage = z.enum(extendedKeyUsages).meta({
  id: 'ExtendedKeyUsage',
  description: 'RFC 5280 section 4.2.1.12.',
});
export type ExtendedKeyUsage = z.infer<typeof ExtendedKeyUsage>;

/** RFC 5280 section 5.3.1, without unused (7) and removeFromCRL, which only a delta CRL holds. */
export const revocationReasons = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
] as const;
export const RevocationReason = z.enum(revocationReasons).meta({
  id: 'RevocationReason',
  description: 'RFC 5280 section 5.3.1.',
});
export type RevocationReason = z.infer<typeof RevocationReason>;
