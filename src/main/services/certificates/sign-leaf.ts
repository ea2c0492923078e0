import type { AskedCertificate } from '../../domain/index.ts';
import type { SealedKey, Signer } from '../../keys/index.ts';
import type { Finding } from '../../lint/index.ts';
import {
  assembleSigned,
  type CertificateTemplate,
  encodeName,
  type SignatureAlgorithm,
  subjectKeyIdentifier,
} from '../../x509/index.ts';
import type { Issuer } from '../authorities/authority-directory.ts';
import { newRandomSerialNumber } from '../authorities/build-authority.ts';
import { shardFor } from '../authorities/crl-shard.ts';
import { type Additions, leafTemplate, selfSignedTemplate } from './leaf-template.ts';
import { type LintRules, lintBeforeSigning } from './lint-before-signing.ts';

/** A signed certificate with what it was made of. */
export interface SignedLeaf {
  readonly asked: AskedCertificate;
  readonly serialNumber: Uint8Array;
  readonly subjectDer: Uint8Array;
  readonly spki: Uint8Array;
  readonly der: Uint8Array;
  readonly signatureAlgorithm: SignatureAlgorithm;
  /** What the lint has against it without refusing it. */
  readonly warnings: readonly Finding[];
}

/** What a profile says of its certificates beside what was asked. */
export interface LeafRules extends LintRules, Additions {}

/** A leaf as it stands before its signature. */
export interface UnsignedLeaf {
  readonly tbs: Uint8Array;
  readonly subjectDer: Uint8Array;
  readonly template: CertificateTemplate;
  readonly signatureAlgorithm: SignatureAlgorithm;
}

/**
 * The TBSCertificate of what was asked for, for the key given (SubjectPublicKeyInfo in DER); without an issuer the
 * key is to sign it itself. Throws INVALID_INPUT.
 */
export function leafToBeSigned(
  issuer: Issuer | null,
  asked: AskedCertificate,
  spki: Uint8Array,
  serialNumber: Uint8Array,
  rules: LeafRules = {},
): UnsignedLeaf {
  const subjectDer = encodeName(asked.subject);
  const keyIdentifier = subjectKeyIdentifier(spki);
  const { template, signatureAlgorithm } = issuer
    ? leafTemplate(issuer, asked, rules, shardFor(issuer.row, serialNumber))
    : selfSignedTemplate(asked, { subjectDer, keyIdentifier }, rules);
  const tbs = template.build({
    serialNumber,
    notBefore: asked.notBefore,
    notAfter: asked.notAfter,
    subjectDer,
    spki,
    subjectAltNames: asked.subjectAltNames,
    subjectKeyIdentifier: keyIdentifier,
  });
  return { tbs, subjectDer, template, signatureAlgorithm };
}

/**
 * Signs exactly what the policy was asked about, for the key given (SubjectPublicKeyInfo in DER), where it is on no
 * list of weak ones, with the key of the issuer or with its own. Throws LINT_FAILED.
 */
export async function signLeaf(
  signer: Signer,
  issuer: Issuer | SealedKey,
  asked: AskedCertificate,
  spki: Uint8Array,
  rules: LeafRules = {},
): Promise<SignedLeaf> {
  const serialNumber = newRandomSerialNumber();
  const authority = 'row' in issuer ? issuer : null;
  const unsigned = leafToBeSigned(authority, asked, spki, serialNumber, rules);
  const { tbs, subjectDer, template, signatureAlgorithm } = unsigned;
  const warnings = lintBeforeSigning(tbs, template, asked, spki, rules);
  const signature =
    'row' in issuer
      ? await signer.sign(issuer.row.keyId, tbs, signatureAlgorithm)
      : await signer.signOnce(issuer, tbs, signatureAlgorithm);
  const der = assembleSigned(tbs, signatureAlgorithm, signature);
  return { asked, serialNumber, subjectDer, spki, der, signatureAlgorithm, warnings };
}
