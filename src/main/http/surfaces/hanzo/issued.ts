/** A certificate as issuing, polling and fetching answer it. */
import { z } from 'zod';
import { Id } from '../../../../shared/model/basics.ts';
import { X509Certificate } from '../../../crypto/index.ts';

export const IssuedFields = z
  .strictObject({
    certificate: z.string().describe('PEM'),
    issuingCaCertificate: z.string().describe('PEM; empty where the certificate signs itself'),
    certificateChain: z.string().describe('PEM, the issuer first'),
    privateKey: z.string().optional().describe('PEM (PKCS#8), where the key was generated here'),
    serialNumber: z.string(),
    certificateId: Id,
  })
  .meta({ id: 'HanzoIssuedCertificate' });
export type IssuedFields = z.infer<typeof IssuedFields>;

interface Issued {
  readonly id: string;
  readonly serialNumber: string;
  readonly certificate: string;
  readonly chain: readonly string[];
  readonly privateKey?: string | undefined;
}

/** Whether the certificate (PEM) ends a chain: it names itself as its issuer (RFC 5280 section 3.2). */
function isRoot(pem: string): boolean {
  const { subject, issuer } = new X509Certificate(pem);
  return subject === issuer;
}

/** The chain as one text; of a certificate that signs itself, the certificate. */
export function chainText(
  { certificate, chain }: Pick<Issued, 'certificate' | 'chain'>,
  removesRoots: boolean,
): string {
  if (chain.length === 0) return certificate;
  return chain.filter((pem) => !removesRoots || !isRoot(pem)).join('');
}

export function issuedFields(issued: Issued, removesRoots: boolean): IssuedFields {
  const { id, serialNumber, certificate, chain, privateKey } = issued;
  return {
    certificate,
    issuingCaCertificate: chain[0] ?? '',
    certificateChain: chainText(issued, removesRoots),
    ...(privateKey !== undefined && { privateKey }),
    serialNumber,
    certificateId: id,
  };
}
