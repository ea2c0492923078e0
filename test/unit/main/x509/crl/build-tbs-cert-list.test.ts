import 'reflect-metadata';
import { X509Crl, X509CrlReason } from '@peculiar/x509';
import { describe, expect, it } from 'vitest';
import {
  buildTbsCertList,
  type CertListFields,
  type RevokedCertificate,
} from '../../../../../src/main/x509/index.ts';
import { type RevocationReason, revocationReasons } from '../../../../../src/shared/model/names.ts';
import { thrownBy } from '../support/errors.ts';
import { createAuthority, issueCrl } from '../support/test-authority.ts';

const authority = createAuthority('ecdsa-p256');
const revokedAt = new Date('2026-01-02T03:04:05Z');

function entriesOf(revoked: Iterable<RevokedCertificate>) {
  return new X509Crl(Uint8Array.from(issueCrl(authority, revoked))).entries;
}

const fields: CertListFields = {
  signatureAlgorithm: 'ecdsa-sha256',
  issuerDer: authority.nameDer,
  thisUpdate: new Date('2026-01-01'),
  nextUpdate: new Date('2026-02-01'),
  crlNumber: 1,
  authorityKeyIdentifier: authority.keyIdentifier,
};

const codes: Record<RevocationReason, X509CrlReason | undefined> = {
  unspecified: undefined,
  keyCompromise: X509CrlReason.keyCompromise,
  cACompromise: X509CrlReason.cACompromise,
  affiliationChanged: X509CrlReason.affiliationChanged,
  superseded: X509CrlReason.superseded,
  cessationOfOperation: X509CrlReason.cessationOfOperation,
  certificateHold: X509CrlReason.certificateHold,
  privilegeWithdrawn: X509CrlReason.privilegeWithdrawn,
  aACompromise: X509CrlReason.aACompromise,
};

describe('buildTbsCertList', () => {
  it('writes every reason but unspecified', () => {
    const revoked = revocationReasons.map((reason, i) => ({
      serialNumber: Uint8Array.of(i + 1),
      revokedAt,
      reason,
    }));
    const entries = entriesOf(revoked);
    expect(entries.map(({ reason }) => reason)).toEqual(revocationReasons.map((reason) => codes[reason]));
    expect(entries.map(({ serialNumber }) => Number.parseInt(serialNumber, 16))).toEqual(
      revoked.map((_, i) => i + 1),
    );
    expect(entries.every(({ revocationDate }) => revocationDate.getTime() === revokedAt.getTime())).toBe(
      true,
    );
  });

  it('writes since when a key is thought to be compromised', () => {
    const invalidityDate = new Date('2025-12-31T00:00:00Z');
    const [entry] = entriesOf([
      { serialNumber: Uint8Array.of(9), revokedAt, reason: 'keyCompromise', invalidityDate },
    ]);
    expect(entry?.invalidity).toEqual(invalidityDate);
  });

  it('takes what was revoked from a source that gives it once', () => {
    function* source() {
      for (let i = 1; i <= 1000; i++) yield { serialNumber: Uint8Array.of(i >> 8, i & 0xff), revokedAt };
    }
    expect(entriesOf(source())).toHaveLength(1000);
  });

  it('has no list when nothing is revoked', () => {
    const withOne = buildTbsCertList(fields, [{ serialNumber: Uint8Array.of(1), revokedAt }]);
    // The SEQUENCE of the list, of its entry, a serial number of three bytes and a UTCTime of fifteen.
    expect(withOne.length - buildTbsCertList(fields, []).length).toBe(2 + 2 + 3 + 15 + 1);
  });

  it('writes CRL numbers above 2^53 exactly', () => {
    const crlNumber = 2n ** 64n + 1n;
    const extension = new X509Crl(Uint8Array.from(issueCrl(authority, [], crlNumber))).getExtension(
      '2.5.29.20',
    );
    expect(Buffer.from(extension?.value ?? new ArrayBuffer()).toString('hex')).toBe('0209010000000000000001');
  });

  it.each<[string, Partial<CertListFields>]>([
    ['a negative number', { crlNumber: -1 }],
    ['a number above 20 bytes', { crlNumber: 2n ** 159n }],
    ['a number that is none', { crlNumber: Number.NaN }],
    ['a next update before this one', { nextUpdate: fields.thisUpdate }],
    ['a delta that does not come after its base', { baseCrlNumber: 1 }],
    ['a distribution point that is no URI', { distributionPoint: ['no uri'] }],
  ])('refuses %s', (_, change) => {
    expect(thrownBy(() => buildTbsCertList({ ...fields, ...change }, [])).code).toBe('INVALID_INPUT');
  });

  it('refuses a revoked serial number of zero', () => {
    const zero = [{ serialNumber: Uint8Array.of(0), revokedAt }];
    expect(thrownBy(() => buildTbsCertList(fields, zero)).code).toBe('INVALID_INPUT');
  });
});
