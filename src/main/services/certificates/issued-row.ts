import { fingerprint, newId } from '../../crypto/index.ts';
import type { NewCertificate } from '../../store/index.ts';
import { formatSubject } from '../../x509/index.ts';
import type { Issuer } from '../authorities/authority-directory.ts';
import type { SignedLeaf } from './sign-leaf.ts';

/**
 * The row of a certificate that was just signed, from the values that were written into it: the same as reading
 * it again would give, which takes longer than signing it.
 */
export function issuedRow(
  leaf: SignedLeaf,
  issuer: Issuer | null,
  given: Pick<NewCertificate, 'realmId' | 'profileId' | 'commonName' | 'requestedBy' | 'requestedById'> &
    Pick<NewCertificate, 'endEntityId' | 'endEntityName' | 'keyId' | 'metadata'> & {
      readonly orderId?: string;
      readonly renewsId?: string;
      readonly now: Date;
    },
): NewCertificate {
  const { now, ...fields } = given;
  const id = newId(now);
  const subject = formatSubject(leaf.asked.subject);
  return {
    id,
    orderId: id,
    authorityId: issuer?.row.id ?? null,
    isAuthority: 0,
    serialNumber: Buffer.from(leaf.serialNumber).toString('hex').toUpperCase(),
    subject,
    subjectAltNames: JSON.stringify(leaf.asked.subjectAltNames),
    issuer: issuer?.certificate.subject.text ?? subject,
    keyAlgorithm: leaf.asked.keyAlgorithm,
    notBefore: leaf.asked.notBefore.getTime(),
    notAfter: leaf.asked.notAfter.getTime(),
    createdAt: now.getTime(),
    der: leaf.der,
    spki: leaf.spki,
    sha256Fingerprint: fingerprint('sha256', leaf.der),
    facts: {
      sha1Fingerprint: fingerprint('sha1', leaf.der),
      signatureAlgorithm: leaf.signatureAlgorithm,
      keyUsages: leaf.asked.keyUsages,
      extendedKeyUsages: leaf.asked.extendedKeyUsages,
      organizationalUnit: leaf.asked.subject.organizationalUnit,
    },
    ...fields,
  };
}
