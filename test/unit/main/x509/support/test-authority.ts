/** Authorities whose keys live in the test: the room under test never signs. */
import { constants, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  assembleSigned,
  buildTbsCertificate,
  buildTbsCertList,
  type CertificateExtensions,
  encodeName,
  newSerialNumber,
  type RevokedCertificate,
  type SignatureAlgorithm,
  signatureAlgorithmFor,
  subjectKeyIdentifier,
} from '../../../../../src/main/x509/index.ts';
import { type KeyAlgorithm, signatureHash } from '../../../../../src/shared/model/algorithms.ts';
import type { Subject } from '../../../../../src/shared/model/names.ts';
import { nodeKeyPair } from '../../../../support/key-algorithms.ts';

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly spki: Uint8Array;
}

export function generateKey(algorithm: KeyAlgorithm): KeyPair {
  const { privateKey, publicKey } = nodeKeyPair(algorithm);
  return { privateKey, spki: Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' })) };
}

export function signWith(algorithm: SignatureAlgorithm, data: Uint8Array, key: KeyObject): Uint8Array {
  const input = {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  };
  return sign(signatureHash(algorithm), data, algorithm.startsWith('rsa-pss-') ? input : key);
}

export interface TestAuthority extends KeyPair {
  readonly algorithm: SignatureAlgorithm;
  readonly nameDer: Uint8Array;
  readonly keyIdentifier: Uint8Array;
}

export function createAuthority(
  keyAlgorithm: KeyAlgorithm,
  name: Subject = { commonName: 'Test root' },
  algorithm: SignatureAlgorithm = signatureAlgorithmFor(keyAlgorithm),
): TestAuthority {
  const key = generateKey(keyAlgorithm);
  return {
    ...key,
    algorithm,
    nameDer: encodeName(name),
    keyIdentifier: subjectKeyIdentifier(key.spki),
  };
}

export interface Issued {
  readonly subjectDer: Uint8Array;
  readonly spki: Uint8Array;
  readonly extensions: CertificateExtensions;
  readonly serialNumber?: Uint8Array;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

export function issue(authority: TestAuthority, fields: Issued): Uint8Array {
  const tbs = buildTbsCertificate({
    serialNumber: fields.serialNumber ?? newSerialNumber(randomBytes(16)),
    signatureAlgorithm: authority.algorithm,
    issuerDer: authority.nameDer,
    notBefore: fields.notBefore ?? new Date(Date.now() - 60_000),
    notAfter: fields.notAfter ?? new Date(Date.now() + 86_400_000),
    subjectDer: fields.subjectDer,
    spki: fields.spki,
    extensions: {
      subjectKeyIdentifier: subjectKeyIdentifier(fields.spki),
      authorityKeyIdentifier: authority.keyIdentifier,
      ...fields.extensions,
    },
  });
  return assembleSigned(tbs, authority.algorithm, signWith(authority.algorithm, tbs, authority.privateKey));
}

export const caExtensions: CertificateExtensions = {
  basicConstraints: { ca: true },
  keyUsages: ['keyCertSign', 'cRLSign'],
};

export function selfSigned(
  authority: TestAuthority,
  extensions: CertificateExtensions = caExtensions,
): Uint8Array {
  return issue(authority, { subjectDer: authority.nameDer, spki: authority.spki, extensions });
}

export function issueCrl(
  authority: TestAuthority,
  revoked: Iterable<RevokedCertificate>,
  crlNumber: bigint | number = 1,
): Uint8Array {
  const tbs = buildTbsCertList(
    {
      signatureAlgorithm: authority.algorithm,
      issuerDer: authority.nameDer,
      thisUpdate: new Date(Date.now() - 60_000),
      nextUpdate: new Date(Date.now() + 86_400_000),
      crlNumber,
      authorityKeyIdentifier: authority.keyIdentifier,
    },
    revoked,
  );
  return assembleSigned(tbs, authority.algorithm, signWith(authority.algorithm, tbs, authority.privateKey));
}
