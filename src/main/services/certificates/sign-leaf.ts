import type { AskedCertificate } from '../../domain/index.ts';
import type { Signer } from '../../keys/index.ts';
import type { LintOptions } from '../../lint/index.ts';
import { assembleSigned, encodeName, subjectKeyIdentifier } from '../../x509/index.ts';
import type { Issuer } from '../authorities/authority-directory.ts';
import { newRandomSerialNumber } from '../authorities/build-authority.ts';
import { leafTemplate } from './leaf-template.ts';
import { lintBeforeSigning } from './lint-before-signing.ts';

/** A signed certificate with what it was made of. */
export interface SignedLeaf {
  readonly asked: AskedCertificate;
  readonly serialNumber: Uint8Array;
  readonly subjectDer: Uint8Array;
  readonly der: Uint8Array;
}

/**
 * Signs exactly what the policy was asked about, for the key given (SubjectPublicKeyInfo in DER), where it is on no
 * list of weak ones. Throws LINT_FAILED.
 */
export async function signLeaf(
  signer: Signer,
  issuer: Issuer,
  asked: AskedCertificate,
  spki: Uint8Array,
  isBlacklisted?: LintOptions['isBlacklisted'],
): Promise<SignedLeaf> {
  const serialNumber = newRandomSerialNumber();
  const subjectDer = encodeName(asked.subject);
  const { template, signatureAlgorithm } = leafTemplate(issuer, asked);
  const tbs = template.build({
    serialNumber,
    notBefore: asked.notBefore,
    notAfter: asked.notAfter,
    subjectDer,
    spki,
    subjectAltNames: asked.subjectAltNames,
    subjectKeyIdentifier: subjectKeyIdentifier(spki),
  });
  lintBeforeSigning(tbs, template, asked, spki, isBlacklisted);
  const signature = await signer.sign(issuer.row.keyId, tbs, signatureAlgorithm);
  return { asked, serialNumber, subjectDer, der: assembleSigned(tbs, signatureAlgorithm, signature) };
}
