import { describe, expect, it } from 'vitest';
import { coveredReasons, implicitPoint, isDeltaOf } from '../../../../../src/main/x509/crl/crl-scope.ts';
import type { DistributionPoint } from '../../../../../src/main/x509/crl/distribution-point.ts';
import { allReasons } from '../../../../../src/main/x509/crl/reason-flags.ts';
import { contextGroup, contextValue } from '../../../../../src/main/x509/der/der-tags.ts';
import type { DerWriter } from '../../../../../src/main/x509/der/der-writer.ts';
import {
  crlEntries,
  encodeName,
  findCrlEntry,
  parseCrl,
  verifyCrlSignature,
} from '../../../../../src/main/x509/index.ts';
import { canonicalKeyOf } from '../../../../../src/main/x509/names/canonical-name.ts';
import {
  certificateIssuer,
  crlNumber,
  deltaOf,
  type EntryPart,
  invalidityDate,
  makeCrl,
  reason,
  scope,
} from '../support/crl-parts.ts';
import { thrownBy } from '../support/errors.ts';
import { createAuthority, issueCrl } from '../support/test-authority.ts';

const authority = createAuthority('ecdsa-p256');
const other = createAuthority('ecdsa-p256', { commonName: 'Other' });
const issuerKey = canonicalKeyOf(authority.nameDer);
const serial = (...bytes: number[]) => Uint8Array.from(bytes);
const crlOf = (parts: Parameters<typeof makeCrl>[1]) => parseCrl(makeCrl(authority, parts));

describe('parseCrl', () => {
  it('reads what was built, entry by entry', () => {
    const revoked = Array.from({ length: 3000 }, (_, i) => ({
      serialNumber: serial(0x40, i >> 8, i & 0xff),
      revokedAt: new Date('2026-03-04T05:06:07Z'),
      ...(i % 2 === 0 ? { reason: 'keyCompromise' as const } : {}),
    }));
    const crl = parseCrl(issueCrl(authority, revoked, 77));
    expect(crl).toMatchObject({
      version: 2,
      crlNumber: 77n,
      entryCount: 3000,
      issuer: { text: 'CN=Test root' },
    });
    const entries = [...crlEntries(crl)];
    expect(entries.map(({ serialNumber }) => [...serialNumber])).toEqual(
      revoked.map(({ serialNumber }) => [...serialNumber]),
    );
    expect(entries[1]).toMatchObject({ revokedAt: new Date('2026-03-04T05:06:07Z'), reason: undefined });
    expect(findCrlEntry(crl, serial(0x40, 0, 2), issuerKey)?.reason).toBe('keyCompromise');
    expect(findCrlEntry(crl, serial(0x40, 0xff, 2), issuerKey)).toBeUndefined();
    expect(findCrlEntry(crl, serial(0x40, 0, 2), canonicalKeyOf(other.nameDer))).toBeUndefined();
  });

  it('reads an empty CRL, and knows its signer', () => {
    const crl = parseCrl(issueCrl(authority, []));
    expect([...crlEntries(crl)]).toEqual([]);
    expect(verifyCrlSignature(crl, authority.spki)).toBe(true);
    expect(verifyCrlSignature(crl, other.spki)).toBe(false);
  });

  it('reads the extensions of entries in any order', () => {
    const since = new Date('2025-12-24T00:00:00Z');
    const crl = crlOf({ entries: [{ serial: serial(1), extensions: [invalidityDate(since), reason(1)] }] });
    expect([...crlEntries(crl)]).toMatchObject([{ reason: 'keyCompromise', invalidityDate: since }]);
  });

  it('notes a critical extension that it does not know, of the CRL and of an entry', () => {
    const unknown = { oid: '1.2.3.4', critical: true, value: (writer: DerWriter) => void writer.null() };
    expect(crlOf({ extensions: [unknown] }).unknownCriticalOid).toBe('1.2.3.4');
    const entries = [{ serial: serial(1) }, { serial: serial(2), extensions: [unknown] }];
    expect(crlOf({ entries }).unknownCriticalEntryOid).toBe('1.2.3.4');
  });

  it('refuses a malformed entry also behind one with an unknown critical extension', () => {
    const unknown = { oid: '1.2.3.4', critical: true, value: (writer: DerWriter) => void writer.null() };
    const entries = [
      { serial: serial(1), extensions: [unknown] },
      { serial: serial(2), extensions: [reason(1), reason(1)] },
    ];
    expect(thrownBy(() => crlOf({ entries })).detail).toContain('is there twice');
  });

  it.each<[string, EntryPart, string]>([
    ['a reason that does not exist', { serial: serial(1), extensions: [reason(7)] }, 'a reason is none'],
    ['a reason twice', { serial: serial(1), extensions: [reason(1), reason(1)] }, 'is there twice'],
    ['a serial number with padding', { serial: serial(0, 1) }, 'serial number'],
    ['a serial number without bytes', { serial: serial() }, 'serial number'],
    ['a serial number of 22 bytes', { serial: new Uint8Array(22).fill(1) }, 'serial number'],
  ])('refuses %s in an entry', (_what, entry, says) => {
    expect(thrownBy(() => crlOf({ entries: [entry] })).detail).toContain(says);
  });

  it('refuses an entry with a date that does not exist', () => {
    const der = Buffer.from(makeCrl(authority, { entries: [{ serial: serial(1) }] }));
    der.write('260230030405Z', der.indexOf('260102030405Z'));
    expect(thrownBy(() => parseCrl(der)).detail).toContain('the date of an entry');
  });

  it('refuses every cut of a CRL', () => {
    const der = makeCrl(authority, {
      entries: [{ serial: serial(1), extensions: [reason(1)] }],
      extensions: [crlNumber(1)],
    });
    for (let length = 0; length < der.length; length++) {
      expect(thrownBy(() => parseCrl(der.subarray(0, length))).code).toBe('INVALID_INPUT');
    }
  });

  it('refuses a scope that is limited to two kinds of certificates', () => {
    const both = scope((writer) => {
      writer.value(contextValue(1), serial(0xff)).value(contextValue(2), serial(0xff));
    });
    expect(thrownBy(() => crlOf({ extensions: [both] })).detail).toContain('two kinds');
  });
});

describe('an indirect CRL', () => {
  const indirect = scope((writer) => void writer.value(contextValue(4), serial(0xff)));
  const crl = crlOf({
    extensions: [indirect],
    entries: [
      { serial: serial(1) },
      { serial: serial(2), extensions: [certificateIssuer(other.nameDer)] },
      { serial: serial(3), extensions: [reason(4)] },
      { serial: serial(4), extensions: [certificateIssuer(authority.nameDer)] },
    ],
  });
  const otherKey = canonicalKeyOf(other.nameDer);

  it('speaks of the issuer named last, until another is named', () => {
    expect([...crlEntries(crl)].map((entry) => entry.issuerKey)).toEqual([
      issuerKey,
      otherKey,
      otherKey,
      issuerKey,
    ]);
    expect(findCrlEntry(crl, serial(3), otherKey)?.reason).toBe('superseded');
    expect(findCrlEntry(crl, serial(3), issuerKey)).toBeUndefined();
    expect(findCrlEntry(crl, serial(4), issuerKey)).toBeDefined();
    expect(findCrlEntry(crl, serial(4), otherKey)).toBeUndefined();
  });
});

describe('the scope of a CRL', () => {
  const subject = { issuerKey, issuerParts: [issuerKey], isCa: false };
  const own = implicitPoint(subject);
  const at = (uri: string): DistributionPoint => ({
    name: { fullName: [{ kind: 'uri', value: uri }] },
    reasons: undefined,
    crlIssuer: undefined,
  });
  const named = (uri: string) =>
    scope((writer) => {
      writer.group(contextGroup(0), () =>
        writer.group(contextGroup(0), () => writer.text(contextValue(6), uri)),
      );
    });

  it('is everything of its issuer where it says nothing', () => {
    expect(coveredReasons(crlOf({}), own, subject)).toBe(allReasons);
    expect(coveredReasons(crlOf({}), own, { ...subject, issuerKey: 'another' })).toBe(0);
  });

  it('is one distribution point where it names one', () => {
    const crl = crlOf({ extensions: [named('http://a.example/1')] });
    expect(coveredReasons(crl, at('http://a.example/1'), subject)).toBe(allReasons);
    expect(coveredReasons(crl, at('http://a.example/2'), subject)).toBe(0);
    expect(coveredReasons(crl, own, subject)).toBe(0);
  });

  it('can be limited to authorities or to others', () => {
    const users = crlOf({
      extensions: [scope((writer) => void writer.value(contextValue(1), serial(0xff)))],
    });
    const authorities = crlOf({
      extensions: [scope((writer) => void writer.value(contextValue(2), serial(0xff)))],
    });
    expect(coveredReasons(users, own, subject)).toBe(allReasons);
    expect(coveredReasons(users, own, { ...subject, isCa: true })).toBe(0);
    expect(coveredReasons(authorities, own, subject)).toBe(0);
    expect(coveredReasons(authorities, own, { ...subject, isCa: true })).toBe(allReasons);
  });

  it('can be limited to some reasons, in the CRL and in the certificate', () => {
    const some = crlOf({
      extensions: [scope((writer) => void writer.value(contextValue(3), serial(5, 0x60)))],
    });
    expect(coveredReasons(some, own, subject)).toBe(0b110);
    expect(coveredReasons(some, { ...own, reasons: 0b10 }, subject)).toBe(0b10);
  });

  it('takes another issuer for a CRL only where the certificate names it and the CRL is indirect', () => {
    const name = { kind: 'directory' as const, parts: [issuerKey], key: issuerKey, text: '' };
    const point: DistributionPoint = { name: undefined, reasons: undefined, crlIssuer: [name] };
    const foreign = { ...subject, issuerKey: 'another' };
    const indirect = crlOf({
      extensions: [scope((writer) => void writer.value(contextValue(4), serial(0xff)))],
    });
    expect(coveredReasons(indirect, point, foreign)).toBe(allReasons);
    expect(coveredReasons(crlOf({}), point, foreign)).toBe(0);
    expect(coveredReasons(indirect, own, foreign)).toBe(0);
  });
});

describe('a delta CRL', () => {
  const complete = crlOf({ extensions: [crlNumber(5)] });
  const delta = (number: number, base: number, ...more: Parameters<typeof scope>[]) =>
    crlOf({ extensions: [crlNumber(number), deltaOf(base), ...more.map((fields) => scope(...fields))] });

  it('continues complete CRLs from its base on, up to its own number', () => {
    expect(isDeltaOf(delta(6, 5), complete)).toBe(true);
    expect(isDeltaOf(delta(6, 3), complete)).toBe(true);
    expect(isDeltaOf(delta(7, 6), complete)).toBe(false);
    expect(isDeltaOf(delta(5, 4), complete)).toBe(false);
    expect(isDeltaOf(complete, complete)).toBe(false);
  });

  it('must have the same scope and issuer', () => {
    expect(
      isDeltaOf(delta(6, 5, [(writer) => void writer.value(contextValue(1), serial(0xff))]), complete),
    ).toBe(false);
    const foreign = parseCrl(makeCrl(other, { extensions: [crlNumber(6), deltaOf(5)] }));
    expect(isDeltaOf(foreign, complete)).toBe(false);
  });

  it('can take an entry back', () => {
    const crl = crlOf({
      extensions: [deltaOf(1)],
      entries: [{ serial: serial(9), extensions: [reason(8)] }],
    });
    expect(findCrlEntry(crl, serial(9), issuerKey)?.reason).toBe('removeFromCRL');
  });
});

it('a name of a CRL issuer is compared, not matched byte by byte', () => {
  const crl = parseCrl(makeCrl({ ...authority, nameDer: encodeName({ commonName: 'TEST  ROOT' }) }, {}));
  expect(crl.issuer.key).toBe(issuerKey);
});
