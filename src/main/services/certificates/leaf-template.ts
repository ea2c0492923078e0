import type { PolicyExtensions } from '../../../shared/model/extensions.ts';
import type { AskedCertificate } from '../../domain/index.ts';
import {
  type CertificateExtensions,
  CertificateTemplate,
  readCustomExtensions,
  type SignatureAlgorithm,
} from '../../x509/index.ts';
import type { Issuer } from '../authorities/authority-directory.ts';
import { publicationOf } from '../authorities/publication-urls.ts';

type Usages = Pick<AskedCertificate, 'keyUsages' | 'extendedKeyUsages'>;

export interface LeafTemplate extends Usages {
  readonly template: CertificateTemplate;
  readonly signatureAlgorithm: SignatureAlgorithm;
  /** What the policy adds, as its directory decoded it. */
  readonly added?: PolicyExtensions | undefined;
}

/** Of an issuer as it was decoded; the directory makes another one after a change, and these go with the old one. */
const templates = new WeakMap<Issuer, LeafTemplate[]>();

/** Requests choose their usages within the policy, so the number of combinations is theirs. */
const maxPerIssuer = 64;

/** What the issuer's certificates for these usages share, encoded on first use. */
export function leafTemplate(
  issuer: Issuer,
  { keyUsages, extendedKeyUsages }: Usages,
  added?: PolicyExtensions,
): LeafTemplate {
  const known = templates.get(issuer) ?? [];
  for (const one of known) {
    const isFor = isSame(one.keyUsages, keyUsages) && isSame(one.extendedKeyUsages, extendedKeyUsages);
    if (isFor && one.added === added) return one;
  }
  const { signatureAlgorithm } = issuer;
  const template = new CertificateTemplate({
    signatureAlgorithm,
    issuerDer: issuer.certificate.subject.der,
    extensions: {
      basicConstraints: { ca: false },
      keyUsages,
      extendedKeyUsages,
      authorityKeyIdentifier: issuer.subjectKeyIdentifier,
      ...publicationOf(issuer.publishedAs, issuer.row.publicationUrl),
      ...(added && fixedExtensions(added)),
    },
  });
  const made = { template, signatureAlgorithm, keyUsages, extendedKeyUsages, added };
  templates.set(issuer, [made, ...known].slice(0, maxPerIssuer));
  return made;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}

/** RFC 7633: the number of the TLS extension status_request. */
const statusRequest = 5;

/** What a policy adds to all its certificates. Throws INVALID_INPUT for what cannot be written. */
export function fixedExtensions(added: PolicyExtensions): CertificateExtensions {
  const { tlsFeatures, certificatePolicies, subjectInfoAccess, crlDistributionPoints, custom = [] } = added;
  return {
    certificatePolicies,
    subjectInfoAccess,
    tlsFeatures: tlsFeatures && [statusRequest],
    others: readCustomExtensions(custom, ['extensions', 'custom']),
    ...(crlDistributionPoints && { crlDistributionPoints }),
  };
}
