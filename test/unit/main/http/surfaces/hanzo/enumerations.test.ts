import { describe, expect, it } from 'vitest';
import {
  altNameWords,
  certificateStatusOf,
  extendedKeyUsageWords,
  keyAlgorithmWords,
  keyUsageWords,
  requestStatusOf,
  revocationReasonCodes,
  revocationReasonWords,
  signatureAlgorithmWords,
  subjectAttributeWords,
} from '../../../../../../src/main/http/surfaces/hanzo/enumerations.ts';
import { keyAlgorithms, signatureAlgorithms } from '../../../../../../src/shared/model/algorithms.ts';
import { certificateStatuses } from '../../../../../../src/shared/model/certificate.ts';
import { extendedKeyUsages, keyUsages, revocationReasons } from '../../../../../../src/shared/model/names.ts';
import { subjectAttributes } from '../../../../../../src/shared/model/policy.ts';
import { requestStatuses } from '../../../../../../src/shared/model/request.ts';

describe('the words of Hanzo KMS', () => {
  it.each([
    ['digital_signature', 'digitalSignature'],
    ['key_encipherment', 'keyEncipherment'],
    ['non_repudiation', 'contentCommitment'],
    ['data_encipherment', 'dataEncipherment'],
    ['key_agreement', 'keyAgreement'],
    ['key_cert_sign', 'keyCertSign'],
    ['crl_sign', 'cRLSign'],
    ['encipher_only', 'encipherOnly'],
    ['decipher_only', 'decipherOnly'],
  ] as const)('have the key usage %s for %s', (theirs, ours) => {
    expect([keyUsageWords.ours(theirs), keyUsageWords.theirs(ours)]).toEqual([ours, theirs]);
  });

  it.each([
    ['client_auth', 'clientAuth'],
    ['server_auth', 'serverAuth'],
    ['code_signing', 'codeSigning'],
    ['email_protection', 'emailProtection'],
    ['ocsp_signing', 'OCSPSigning'],
    ['time_stamping', 'timeStamping'],
  ] as const)('have the extended usage %s for %s', (theirs, ours) => {
    expect([extendedKeyUsageWords.ours(theirs), extendedKeyUsageWords.theirs(ours)]).toEqual([ours, theirs]);
  });

  it.each([
    ['RSA_2048', 'rsa-2048'],
    ['RSA_3072', 'rsa-3072'],
    ['RSA_4096', 'rsa-4096'],
    ['EC_prime256v1', 'ecdsa-p256'],
    ['EC_secp384r1', 'ecdsa-p384'],
    ['EC_secp521r1', 'ecdsa-p521'],
    ['Ed25519', 'ed25519'],
    ['ML-DSA-65', 'ml-dsa-65'],
  ] as const)('have the key algorithm %s for %s', (theirs, ours) => {
    expect([keyAlgorithmWords.ours(theirs), keyAlgorithmWords.theirs(ours)]).toEqual([ours, theirs]);
  });

  it.each([
    ['RSA-SHA256', 'rsa-sha256'],
    ['RSA-SHA512', 'rsa-sha512'],
    ['ECDSA-SHA384', 'ecdsa-sha384'],
    ['RSA-PSS-SHA256', 'rsa-pss-sha256'],
    ['ML-DSA-87', 'ml-dsa-87'],
  ] as const)('have the signature algorithm %s for %s', (theirs, ours) => {
    expect([signatureAlgorithmWords.ours(theirs), signatureAlgorithmWords.theirs(ours)]).toEqual([
      ours,
      theirs,
    ]);
  });

  it.each([
    ['dns_name', 'dns', 'dns_name'],
    ['DNS', 'dns', 'dns_name'],
    ['IP', 'ip', 'ip_address'],
    ['email', 'email', 'email'],
    ['URI', 'uri', 'uri'],
    ['upn', 'upn', 'upn'],
  ] as const)('take the type of name %s for %s and answer %s', (given, ours, answered) => {
    expect([altNameWords.ours(given), altNameWords.theirs(ours)]).toEqual([ours, answered]);
  });

  it.each([
    ['UNSPECIFIED', 'unspecified', 0],
    ['KEY_COMPROMISE', 'keyCompromise', 1],
    ['CA_COMPROMISE', 'cACompromise', 2],
    ['AFFILIATION_CHANGED', 'affiliationChanged', 3],
    ['SUPERSEDED', 'superseded', 4],
    ['CESSATION_OF_OPERATION', 'cessationOfOperation', 5],
    ['CERTIFICATE_HOLD', 'certificateHold', 6],
    ['PRIVILEGE_WITHDRAWN', 'privilegeWithdrawn', 9],
    ['A_A_COMPROMISE', 'aACompromise', 10],
  ] as const)('have the reason %s for %s, which is CRLReason %i', (theirs, ours, code) => {
    expect([revocationReasonWords.ours(theirs), revocationReasonWords.theirs(ours)]).toEqual([ours, theirs]);
    expect(revocationReasonCodes[ours]).toBe(code);
  });

  it.each([
    ['pending_approval', 'pending_approval'],
    ['approved', 'pending'],
    ['issued', 'issued'],
    ['failed', 'failed'],
    ['rejected', 'rejected'],
    ['cancelled', 'rejected'],
    ['expired', 'rejected'],
  ] as const)('have for a request that is %s the status %s', (ours, theirs) => {
    expect(requestStatusOf[ours]).toBe(theirs);
  });

  it('leave out nothing that there is here', () => {
    const all = (words: { readonly schema: { readonly options: readonly string[] } }) => words.schema.options;
    expect(all(keyUsageWords)).toHaveLength(keyUsages.length);
    expect(all(extendedKeyUsageWords)).toHaveLength(extendedKeyUsages.length);
    expect(new Set(all(keyAlgorithmWords)).size).toBe(keyAlgorithms.length);
    expect(new Set(all(signatureAlgorithmWords)).size).toBe(signatureAlgorithms.length);
    expect(all(subjectAttributeWords)).toHaveLength(subjectAttributes.length);
    expect(Object.keys(revocationReasonCodes).sort()).toEqual([...revocationReasons].sort());
    expect(Object.keys(requestStatusOf).sort()).toEqual([...requestStatuses].sort());
    expect(Object.keys(certificateStatusOf).sort()).toEqual([...certificateStatuses].sort());
  });

  it('leave what they have no word for as it is', () => {
    expect(extendedKeyUsageWords.theirs('1.3.6.1.4.1.311.20.2.2')).toBe('1.3.6.1.4.1.311.20.2.2');
    expect(keyAlgorithmWords.theirs('rsa-1024')).toBe('rsa-1024');
  });
});
