/** Certificate and CRL extensions by name (RFC 5280 sections 4.2 and 5.2, and what else is common). */
import { writeDer } from '../der/der-writer.ts';

export const extensionOids = {
  subjectDirectoryAttributes: '2.5.29.9',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  cRLNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaCRLIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  nameConstraints: '2.5.29.30',
  cRLDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extKeyUsage: '2.5.29.37',
  freshestCRL: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  subjectInfoAccess: '1.3.6.1.5.5.7.1.11',
  tlsFeature: '1.3.6.1.5.5.7.1.24',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  signedCertificateTimestamps: '1.3.6.1.4.1.11129.2.4.2',
  precertificatePoison: '1.3.6.1.4.1.11129.2.4.3',
  netscapeComment: '2.16.840.1.113730.1.13',
  microsoftTemplate: '1.3.6.1.4.1.311.21.7',
  microsoftTemplateName: '1.3.6.1.4.1.311.20.2',
} as const;

export type ExtensionName = keyof typeof extensionOids;

const entries = Object.entries(extensionOids) as [ExtensionName, string][];

export const extensionNames: ReadonlyMap<string, ExtensionName> = new Map(
  entries.map(([name, oid]) => [oid, name]),
);

/** The identifiers as they are written. */
export const encodedExtensionOids = Object.fromEntries(
  entries.map(([name, oid]) => [name, writeDer((writer) => writer.objectIdentifier(oid))]),
) as Readonly<Record<ExtensionName, Uint8Array>>;
