import { describe, expect, it } from 'vitest';
import { type AuditEntry, writeEntry } from '../../../../src/main/audit/index.ts';

const entry: AuditEntry = {
  at: '2026-01-01T00:00:00.000Z',
  type: 'certificate.issued',
  actor: { kind: 'client', id: null, name: 'Zoë' },
  door: 'listener 127.0.0.1',
  outcome: 'success',
  realm: null,
  subject: null,
  detail: { b: 1, a: { d: [{ z: 1, y: 2 }], c: undefined } },
};

describe('the text of an audit event', () => {
  it('is JSON with sorted keys at every depth, without white space and without what is undefined', () => {
    expect(writeEntry(entry)).toBe(
      '{"actor":{"id":null,"kind":"client","name":"Zoë"},"at":"2026-01-01T00:00:00.000Z",' +
        '"detail":{"a":{"d":[{"y":2,"z":1}]},"b":1},"door":"listener 127.0.0.1","outcome":"success",' +
        '"realm":null,"subject":null,"type":"certificate.issued"}',
    );
  });

  it('is the same however the entry was put together', () => {
    const reversed = Object.fromEntries(Object.entries(entry).reverse()) as unknown as AuditEntry;
    expect(writeEntry(reversed)).toBe(writeEntry(entry));
  });

  it('keeps what it was given, also where a key is a number or looks like a prototype', () => {
    const detail = JSON.parse('{"10":"x","2":"y","__proto__":"z","constructor":"c"}');
    expect(JSON.parse(writeEntry({ ...entry, detail })).detail).toEqual(detail);
  });

  it('sorts keys by their UTF-16 units, as RFC 8785 does', () => {
    const detail = { ö: 1, Z: 2, a: 3, '€': 4, '😀': 5, '\ufb33': 6 };
    const text = writeEntry({ ...entry, detail });
    expect(text).toContain('{"Z":2,"a":3,"ö":1,"€":4,"😀":5,"\ufb33":6}');
  });
});
