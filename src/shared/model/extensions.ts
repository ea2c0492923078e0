/** Extensions of certificates that people choose, as JSON (RFC 5280 section 4.2, RFC 7633). */
import { z } from 'zod';
import { ExtendedKeyUsage, ObjectIdentifier } from './names.ts';

export const ExtendedKeyUsageOrOid = z.union([ExtendedKeyUsage, ObjectIdentifier]).meta({
  id: 'ExtendedKeyUsageOrOid',
  description: 'An extended key usage by name or by object identifier.',
});

export const nameConstraintTypes = ['dns', 'email', 'ip', 'uri', 'directory'] as const;

export const NameConstraint = z
  .strictObject({
    type: z.enum(nameConstraintTypes),
    value: z.string().max(2048),
  })
  .meta({
    id: 'NameConstraint',
    description:
      'A subtree of names, RFC 5280 section 4.2.1.10. dns: example.com and all below it. email: a mailbox, a host, ' +
      'or .example.com for all hosts below. ip: an address or a CIDR prefix. uri: a host, or .example.com. ' +
      'directory: a name such as O=Example,C=DE and all below it. An empty value (0.0.0.0/0 and ::/0 for ip) is all names of the type.',
  });
export type NameConstraint = z.infer<typeof NameConstraint>;

export const CertificatePolicy = z
  .strictObject({
    oid: ObjectIdentifier,
    cps: z.url().max(500).optional().describe('Where the practice statement lies'),
    notice: z.string().min(1).max(200).optional().describe('A notice to users'),
  })
  .meta({
    id: 'CertificatePolicy',
    description:
      'A policy under which certificates are issued, RFC 5280 section 4.2.1.4; anyPolicy is 2.5.29.32.0.',
  });
export type CertificatePolicy = z.infer<typeof CertificatePolicy>;

export const PolicyMapping = z
  .strictObject({ issuerDomainPolicy: ObjectIdentifier, subjectDomainPolicy: ObjectIdentifier })
  .meta({
    id: 'PolicyMapping',
    description: "A policy of the issuer's that one of the subject's counts as, RFC 5280 section 4.2.1.5.",
  });
export type PolicyMapping = z.infer<typeof PolicyMapping>;

const skipCertificates = z.int().min(0).max(255);

export const PolicyConstraints = z
  .strictObject({
    requireExplicitPolicy: skipCertificates.optional(),
    inhibitPolicyMapping: skipCertificates.optional(),
  })
  .meta({
    id: 'PolicyConstraints',
    description: 'After how many certificates each begins to hold, RFC 5280 section 4.2.1.11.',
  });
export type PolicyConstraints = z.infer<typeof PolicyConstraints>;

export const SubjectInfoAccess = z
  .strictObject({
    method: z
      .union([z.enum(['caRepository', 'timeStamping']), ObjectIdentifier])
      .default('caRepository')
      .describe('What is found there, by name or object identifier'),
    url: z.url().max(500),
  })
  .meta({ id: 'SubjectInfoAccess', description: 'A service of the subject, RFC 5280 section 4.2.2.2.' });
export type SubjectInfoAccess = z.infer<typeof SubjectInfoAccess>;

export const CustomExtension = z
  .strictObject({
    oid: ObjectIdentifier,
    critical: z.boolean().default(false),
    value: z.string().min(4).max(40_000).describe('The DER of its value, in hexadecimal or base64'),
  })
  .meta({ id: 'CustomExtension', description: 'Any extension that has no field of its own.' });
export type CustomExtension = z.infer<typeof CustomExtension>;

export const PolicyExtensions = z
  .strictObject({
    tlsFeatures: z
      .array(z.enum(['mustStaple']))
      .min(1)
      .max(1)
      .optional()
      .describe('What the server must do, RFC 7633: mustStaple is an OCSP answer in the handshake'),
    certificatePolicies: z.array(CertificatePolicy).min(1).max(20).optional(),
    subjectInfoAccess: z.array(SubjectInfoAccess).min(1).max(10).optional(),
    crlDistributionPoints: z
      .array(z.url().max(500))
      .min(1)
      .max(10)
      .optional()
      .describe('Places of the CRL, instead of the one below the publication URL of the authority'),
    custom: z.array(CustomExtension).min(1).max(20).optional(),
  })
  .meta({ id: 'PolicyExtensions', description: 'Fixed extensions of all certificates under the policy.' });
export type PolicyExtensions = z.infer<typeof PolicyExtensions>;

/** Extensions that have a field of their own, or that the issuer alone fills; none of them can be a custom one. */
export const extensionsWithFields: Readonly<Record<string, string>> = {
  '2.5.29.14': 'subjectKeyIdentifier',
  '2.5.29.15': 'keyUsages',
  '2.5.29.17': 'subjectAltNames',
  '2.5.29.19': 'pathLength',
  '2.5.29.30': 'permittedNames and excludedNames',
  '2.5.29.31': 'publicationUrl',
  '2.5.29.32': 'certificatePolicies',
  '2.5.29.33': 'policyMappings',
  '2.5.29.35': 'authorityKeyIdentifier',
  '2.5.29.36': 'policyConstraints',
  '2.5.29.37': 'extendedKeyUsages',
  '2.5.29.54': 'inhibitAnyPolicy',
  '1.3.6.1.5.5.7.1.1': 'publicationUrl',
  '1.3.6.1.5.5.7.1.11': 'subjectInfoAccess',
  '1.3.6.1.5.5.7.1.24': 'tlsFeatures',
};
