import type { PolicyExtensions } from '../../../shared/model/extensions.ts';
import type { PolicyDefinition } from '../../../shared/model/policy.ts';
import type { AskedCertificate } from '../../domain/index.ts';
import {
  type CertificateExtensions,
  CertificateTemplate,
  readCustomExtensions,
  type SignatureAlgorithm,
  signatureAlgorithmFor,
} from '../../x509/index.ts';
import type { Issuer } from '../authorities/authority-directory.ts';
import { publicationOf } from '../authorities/publication-urls.ts';

type Usages = Pick<AskedCertificate, 'keyUsages' | 'extendedKeyUsages'>;
type Shape = Usages & Partial<Pick<AskedCertificate, 'isCa' | 'pathLength' | 'extensions'>>;

/** What a policy says beyond what is asked. */
export interface Additions {
  readonly extensions?: PolicyExtensions | undefined;
  /** Of authorities alone (RFC 5280 section 4.2.1.10). */
  readonly nameConstraints?: PolicyDefinition['nameConstraints'];
}

export interface LeafTemplate extends Usages {
  readonly template: CertificateTemplate;
  readonly signatureAlgorithm: SignatureAlgorithm;
  /** What the policy adds, as its directory decoded it. */
  readonly added?: PolicyExtensions | undefined;
}

/** By shard, of an issuer as it was decoded; the directory makes another one after a change, and these go with the old one. */
const templates = new WeakMap<Issuer, Map<number, LeafTemplate[]>>();

/** Requests choose their usages within the policy, so the number of combinations is theirs. */
const maxPerIssuer = 64;

/** What the issuer's certificates for these usages, in that shard of its CRL, share, encoded on first use. */
export function leafTemplate(
  issuer: Issuer,
  asked: Shape,
  additions: Additions = {},
  crlShard = 0,
): LeafTemplate {
  if (asked.isCa || asked.extensions) return newTemplate(issuer, asked, additions, crlShard);
  const { keyUsages, extendedKeyUsages } = asked;
  const { extensions: added } = additions;
  const byShard = templates.get(issuer) ?? new Map<number, LeafTemplate[]>();
  const known = byShard.get(crlShard) ?? [];
  for (const one of known) {
    const isFor = isSame(one.keyUsages, keyUsages) && isSame(one.extendedKeyUsages, extendedKeyUsages);
    if (isFor && one.added === added) return one;
  }
  const made = newTemplate(issuer, asked, additions, crlShard);
  templates.set(issuer, byShard.set(crlShard, [made, ...known].slice(0, maxPerIssuer)));
  return made;
}

function newTemplate(issuer: Issuer, asked: Shape, additions: Additions, crlShard: number): LeafTemplate {
  const { signatureAlgorithm } = issuer;
  const { keyUsages, extendedKeyUsages } = asked;
  const template = new CertificateTemplate({
    signatureAlgorithm,
    issuerDer: issuer.certificate.subject.der,
    extensions: {
      ...ownExtensions(asked, additions),
      authorityKeyIdentifier: issuer.subjectKeyIdentifier,
      ...publicationOf(issuer.publishedAs, issuer.row.publicationUrl, crlShard),
      ...extensionsOf(asked, additions),
    },
  });
  return { template, signatureAlgorithm, keyUsages, extendedKeyUsages, added: additions.extensions };
}

/** Of a certificate that its own key signs, by that key's usual algorithm; it has nowhere to be revoked. */
export function selfSignedTemplate(
  asked: Shape & Pick<AskedCertificate, 'keyAlgorithm'>,
  own: { readonly subjectDer: Uint8Array; readonly keyIdentifier: Uint8Array },
  additions: Additions = {},
): LeafTemplate {
  const signatureAlgorithm = signatureAlgorithmFor(asked.keyAlgorithm);
  const template = new CertificateTemplate({
    signatureAlgorithm,
    issuerDer: own.subjectDer,
    extensions: {
      ...ownExtensions(asked, additions),
      authorityKeyIdentifier: own.keyIdentifier,
      ...extensionsOf(asked, additions),
    },
  });
  const { keyUsages, extendedKeyUsages } = asked;
  return { template, signatureAlgorithm, keyUsages, extendedKeyUsages };
}

function ownExtensions(asked: Shape, { nameConstraints }: Additions): CertificateExtensions {
  const { keyUsages, extendedKeyUsages, isCa = false, pathLength } = asked;
  const basicConstraints = isCa && pathLength !== undefined ? { ca: isCa, pathLength } : { ca: isCa };
  return { basicConstraints, keyUsages, extendedKeyUsages, ...(isCa && { nameConstraints }) };
}

/** What the policy adds, and what the request brought along and may. */
function extensionsOf({ extensions: asked }: Shape, { extensions: added }: Additions): CertificateExtensions {
  const fixed = added && fixedExtensions(added);
  if (!asked) return fixed ?? {};
  return { ...fixed, others: [...(fixed?.others ?? []), ...readCustomExtensions(asked, ['extensions'])] };
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
