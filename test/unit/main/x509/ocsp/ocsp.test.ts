import { describe, expect, it } from 'vitest';
import {
  assembleOcspResponse,
  buildOcspError,
  buildOcspRequest,
  buildTbsOcspResponse,
  isCertIdOf,
  readOcspRequest,
  readOcspResponse,
  responderKeyHash,
} from '../../../../../src/main/x509/index.ts';
import { thrownBy } from '../support/errors.ts';
import { createAuthority } from '../support/test-authority.ts';

const authority = createAuthority('ecdsa-p256');
const fields = {
  issuerNameDer: authority.nameDer,
  issuerSpki: authority.spki,
  serialNumber: Uint8Array.of(0x12, 0x34),
};
const nonce = new Uint8Array(32).fill(7);
const thisUpdate = new Date('2026-01-01T00:00:00Z');
const nextUpdate = new Date('2026-01-02T00:00:00Z');

describe('an OCSP request', () => {
  it('is read as it was built', () => {
    const der = buildOcspRequest([fields, { ...fields, hash: 'sha256' }], nonce);
    const request = readOcspRequest(der);
    expect(request.certIds.map(({ hash }) => hash)).toEqual(['sha1', 'sha256']);
    expect(request.certIds.every((id) => isCertIdOf(id, fields))).toBe(true);
    expect(
      isCertIdOf(request.certIds[0] ?? expect.fail(), { ...fields, serialNumber: Uint8Array.of(1) }),
    ).toBe(false);
    expect([...(request.nonce ?? [])]).toEqual([...nonce]);
    expect(request).toMatchObject({ isSigned: false, unknownCriticalOid: undefined });
  });

  it('is refused in every cut', () => {
    const der = buildOcspRequest([fields], nonce);
    for (let length = 0; length < der.length; length++) {
      expect(thrownBy(() => readOcspRequest(der.subarray(0, length))).code).toBe('INVALID_INPUT');
    }
  });

  it('has a nonce of 1 to 128 bytes, or none', () => {
    expect(readOcspRequest(buildOcspRequest([fields])).nonce).toBeUndefined();
    for (const length of [0, 129]) {
      expect(thrownBy(() => buildOcspRequest([fields], new Uint8Array(length))).code).toBe('INVALID_INPUT');
    }
  });
});

describe('an OCSP response', () => {
  const [certId] = readOcspRequest(buildOcspRequest([fields])).certIds;
  const certIdDer = certId?.der ?? new Uint8Array();

  it('is read as it was built', () => {
    const revokedAt = new Date('2025-12-31T23:59:59Z');
    const tbs = buildTbsOcspResponse({
      responderKeyHash: responderKeyHash(authority.spki),
      producedAt: thisUpdate,
      statuses: [
        { certIdDer, status: 'good', thisUpdate, nextUpdate },
        { certIdDer, status: 'unknown', thisUpdate },
        { certIdDer, status: { revokedAt, reason: 'keyCompromise' }, thisUpdate },
        { certIdDer, status: { revokedAt, reason: 'unspecified' }, thisUpdate },
      ],
      nonce,
    });
    const response = readOcspResponse(
      assembleOcspResponse(tbs, 'ecdsa-sha256', new Uint8Array(8), [certIdDer]),
    );
    if (response.status !== 'successful') throw new Error(response.status);
    const { basic } = response;
    expect(basic.responses).toMatchObject([
      { status: 'good', thisUpdate, nextUpdate },
      { status: 'unknown', nextUpdate: undefined },
      { status: 'revoked', revokedAt, reason: 'keyCompromise' },
      { status: 'revoked', revokedAt, reason: undefined },
    ]);
    expect(basic.producedAt).toEqual(thisUpdate);
    expect([...(basic.nonce ?? [])]).toEqual([...nonce]);
    expect([...basic.tbs]).toEqual([...tbs]);
    expect(basic.certificates).toHaveLength(1);
  });

  it.each(['malformedRequest', 'internalError', 'tryLater', 'sigRequired', 'unauthorized'] as const)(
    'says %s without more',
    (status) => {
      expect(readOcspResponse(buildOcspError(status))).toEqual({ status });
    },
  );

  it('says something', () => {
    const empty = {
      responderKeyHash: responderKeyHash(authority.spki),
      producedAt: thisUpdate,
      statuses: [],
    };
    expect(thrownBy(() => buildTbsOcspResponse(empty)).code).toBe('INVALID_INPUT');
  });
});
