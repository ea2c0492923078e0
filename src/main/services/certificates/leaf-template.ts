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

export interface LeafTemplate {
  readonly template: CertificateTemplate;
  readonly signatureAlgorithm: SignatureAlgorithm;
}

/**
 * Of an issuer as it was decoded and of the extensions that a policy adds; the directories make others after a
 * change, and these go with the old ones.
 */
const templates = new WeakMap<Issuer, WeakMap<object, Map<string, LeafTemplate>>>();
const noExtensions: PolicyExtensions = {};

/** Requests choose their usages within the policy, so the number of combinations is theirs. */
const maxPerIssuer = 64;

/** What the issuer's certificates for these usages share, encoded on first use. */
export function leafTemplate(
  issuer: Issuer,
  { keyUsages, extendedKeyUsages }: Pick<AskedCertificate, 'keyUsages' | 'extendedKeyUsages'>,
  added: PolicyExtensions = noExtensions,
): LeafTemplate {
  const ofIssuer = templates.get(issuer) ?? new WeakMap<object, Map<string, LeafTemplate>>();
  const known = ofIssuer.get(added) ?? new Map<string, LeafTemplate>();
  const key = `${keyUsages.join()} ${extendedKeyUsages.join()}`;
  const found = known.get(key);
  if (found) return found;
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
      ...fixedExtensions(added),
    },
  });
  if (known.size >= maxPerIssuer) known.clear();
  known.set(key, { template, signatureAlgorithm });
  templates.set(issuer, ofIssuer.set(added, known));
  return { template, signatureAlgorithm };
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
