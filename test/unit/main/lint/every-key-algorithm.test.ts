import { describe, expect, it } from 'vitest';
import { lintCertificate, lintCrl } from '../../../../src/main/lint/index.ts';
import { encodeName } from '../../../../src/main/x509/index.ts';
import { keyAlgorithms } from '../../../../src/shared/model/algorithms.ts';
import { createAuthority, issue, issueCrl, selfSigned } from '../x509/support/test-authority.ts';

// The larger RSA keys take seconds to make, and differ in nothing else; SLH-DSA takes as long to sign.
const tried = keyAlgorithms.filter((algorithm) => !/3072|4096|slh/.test(algorithm));

describe('what is built here', () => {
  it.each(tried)('with a key of %s breaks no rule of RFC 5280, and no post-quantum one', (algorithm) => {
    const authority = createAuthority(algorithm);
    const leaf = issue(authority, {
      subjectDer: encodeName({ commonName: 'a.example' }),
      spki: authority.spki,
      extensions: { keyUsages: ['digitalSignature'], subjectAltNames: [{ type: 'dns', value: 'a.example' }] },
    });
    expect(lintCertificate(selfSigned(authority), { profile: 'rfc5280' })).toEqual([]);
    expect(lintCertificate(leaf, { profile: 'rfc5280' })).toEqual([]);
    expect(lintCrl(issueCrl(authority, []), { profile: 'rfc5280' })).toEqual([]);
  });
});
