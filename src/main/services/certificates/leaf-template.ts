import type { AskedCertificate } from '../../domain/index.ts';
import { CertificateTemplate, type SignatureAlgorithm } from '../../x509/index.ts';
import type { Issuer } from '../authorities/authority-directory.ts';
import { publicationOf } from '../authorities/publication-urls.ts';

export interface LeafTemplate {
  readonly template: CertificateTemplate;
  readonly signatureAlgorithm: SignatureAlgorithm;
}

/** Of an issuer as it was decoded; the directory makes another one after a change, and these go with the old one. */
const templates = new WeakMap<Issuer, Map<string, LeafTemplate>>();

/** Requests choose their usages within the policy, so the number of combinations is theirs. */
const maxPerIssuer = 64;

/** What the issuer's certificates for these usages share, encoded on first use. */
export function leafTemplate(
  issuer: Issuer,
  { keyUsages, extendedKeyUsages }: Pick<AskedCertificate, 'keyUsages' | 'extendedKeyUsages'>,
): LeafTemplate {
  const known = templates.get(issuer) ?? new Map<string, LeafTemplate>();
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
    },
  });
  if (known.size >= maxPerIssuer) known.clear();
  known.set(key, { template, signatureAlgorithm });
  templates.set(issuer, known);
  return { template, signatureAlgorithm };
}
