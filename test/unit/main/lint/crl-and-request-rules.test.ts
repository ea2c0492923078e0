import { describe, expect, it } from 'vitest';
import { crlLints, lintCrl, lintRequest, requestLints } from '../../../../src/main/lint/index.ts';
import { crlRules } from '../../../../src/main/lint/rules/crl-rules.ts';
import { requestRules } from '../../../../src/main/lint/rules/request-rules.ts';
import {
  caExtensions,
  certificate,
  crl,
  crlNumber,
  generalized,
  hex,
  list,
  reason,
  request,
  utc,
} from './document-parts.ts';

const crlCases: Readonly<Record<string, Uint8Array>> = {
  'rfc5280.crl.version': crl({ version: hex('020100') }),
  'rfc5280.crl.time-encoding': crl({ entries: [{ date: generalized('20260301000000Z') }] }),
  'rfc5280.crl.next-update': crl({ nextUpdate: null }),
  'rfc5280.crl.empty-list': crl({ entries: [] }),
  'rfc5280.crl.number': crl({ extensions: { cRLNumber: undefined } }),
  'rfc5280.crl.authorityKeyIdentifier': crl({ extensions: { authorityKeyIdentifier: undefined } }),
  'rfc5280.crl.delta-base': crl({ extensions: { deltaCRLIndicator: { critical: true, ...crlNumber(7) } } }),
  'rfc5280.crl.issuingDistributionPoint': crl({
    extensions: { issuingDistributionPoint: { critical: true, value: list() } },
  }),
  'rfc5280.crl.entry-serial': crl({ entries: [{ serial: hex('80') }] }),
  'rfc5280.crl.entry-duplicate': crl({ entries: [{}, {}] }),
  'rfc5280.crl.entry-reason': crl({ entries: [{ extensions: reason(8) }] }),
  'rfc5280.crl.entry-unspecified': crl({ entries: [{ extensions: reason(0) }] }),
  'rfc5280.crl.entry-future': crl({ entries: [{ date: utc('260402000000Z') }] }),
  'rfc5280.crl.entry-extensions': crl({ entries: [{ extensions: reason(1), repeated: 'reasonCode' }] }),
  'br.crl.next-update': crl({ nextUpdate: utc('270501000000Z') }),
};
const strict = { profile: 'public-like' } as const;

describe('a rule for CRLs', () => {
  it('has a CRL that breaks it, whatever rule it is', () => {
    expect(Object.keys(crlCases)).toEqual(crlRules.map(({ id }) => id));
  });

  it.each(Object.entries(crlCases))('%s finds what is wrong', (id, bad) => {
    expect(lintCrl(bad, strict).map(({ rule }) => rule)).toContain(id);
  });

  it('finds nothing in a good CRL and a good delta', () => {
    expect(lintCrl(crl(), strict)).toEqual([]);
    const delta = crl({
      entries: [{ extensions: reason(8) }],
      extensions: { deltaCRLIndicator: { critical: true, ...crlNumber(6) } },
    });
    expect(lintCrl(delta, strict)).toEqual([]);
  });

  it('names the first twenty of many places, and how many more there are', () => {
    const entries = Array.from({ length: 50 }, () => ({ serial: hex('80') }));
    const found = lintCrl(crl({ entries }), strict).filter(({ rule }) => rule === 'rfc5280.crl.entry-serial');
    expect(found).toHaveLength(21);
    expect(found[19]?.path).toEqual(['revokedCertificates', 19]);
    expect(found[20]?.message).toContain('30 more');
  });
});

const requestCases: Readonly<Record<string, Uint8Array>> = {
  'rfc2986.version': request({ version: 1 }),
  'rfc2986.attribute.duplicate': request({ attributes: ['1.2.3', '1.2.3'] }),
  'hygiene.request.challenge-password': request({ attributes: ['1.2.840.113549.1.9.7'] }),
};

describe('a rule for requests', () => {
  it('has a request that breaks it, whatever rule it is', () => {
    expect(Object.keys(requestCases)).toEqual(requestRules.map(({ id }) => id));
  });

  it.each(Object.entries(requestCases))('%s finds what is wrong', (id, bad) => {
    expect(lintRequest(bad, strict).map(({ rule }) => rule)).toContain(id);
  });

  it('finds nothing in a good request, and in a bad one what a certificate would have', () => {
    expect(lintRequest(request(), strict)).toEqual([]);
    const keyUsage = caExtensions.keyUsage;
    expect(lintRequest(request({ extensions: { keyUsage } }), strict).map(({ rule }) => rule)).toEqual([
      'rfc5280.keyUsage.sign-certificates',
    ]);
  });
});

describe('broken input', () => {
  it.each([
    ['nothing', new Uint8Array()],
    ['a certificate cut off', certificate().subarray(0, 100)],
    ['a number', hex('020101')],
  ])('%s is refused with the error of its kind', (_, bytes) => {
    expect(() => lintCrl(bytes, strict)).toThrow(expect.objectContaining({ code: 'INVALID_CERTIFICATE' }));
    expect(() => lintRequest(bytes, strict)).toThrow(expect.objectContaining({ code: 'INVALID_CSR' }));
  });

  it('has rules of one name each', () => {
    for (const rules of [crlLints, requestLints]) {
      expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    }
  });
});
