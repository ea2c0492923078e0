import type { AskedCertificate } from '../../domain/index.ts';
import type { Signer } from '../../keys/index.ts';
import {
  assembleSigned,
  type CertificateTemplate,
  encodeName,
  type SignatureAlgorithm,
  subjectKeyIdentifier,
} from '../../x509/index.ts';
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

/** A leaf as it stands before its signature. */
export interface UnsignedLeaf {
  readonly tbs: Uint8Array;
  readonly subjectDer: Uint8Array;
  readonly template: CertificateTemplate;
  readonly signatureAlgorithm: SignatureAlgorithm;
}

/** The TBSCertificate of what was asked for, for the key given (SubjectPublicKeyInfo in DER). Throws INVALID_INPUT. */
export function leafToBeSigned(
  issuer: Issuer,
  asked: AskedCertificate,
  spki: Uint8Array,
  serialNumber: Uint8Array,
): UnsignedLeaf {
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
  return { tbs, subjectDer, template, signatureAlgorithm };
}

/** Signs exactly what the policy was asked about, for the key given (SubjectPublicKeyInfo in DER). Throws LINT_FAILED. */
export async function signLeaf(
  signer: Signer,
  issuer: Issuer,
  asked: AskedCertificate,
  spki: Uint8Array,
): Promise<SignedLeaf> {
  const serialNumber = newRandomSerialNumber();
  const { tbs, subjectDer, template, signatureAlgorithm } = leafToBeSigned(issuer, asked, spki, serialNumber);
  lintBeforeSigning(tbs, template, asked, spki);
  const signature = await signer.sign(issuer.row.keyId, tbs, signatureAlgorithm);
  return { asked, serialNumber, subjectDer, der: assembleSigned(tbs, signatureAlgorithm, signature) };
}
