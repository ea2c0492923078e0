import { describe, expect, it } from 'vitest';
import { present, record, relative } from '../../../../src/main/cli/present.ts';
import { terminalForTest } from './terminal-for-test.ts';

const now = new Date('2026-01-01T00:00:00Z');

describe('answers for people', () => {
  it('are tables of aligned columns with dates that say how far off they are', () => {
    const terminal = terminalForTest();
    const item = (slug: string, name: string) => ({
      slug,
      name,
      kind: 'root',
      realm: 'default',
      status: 'active',
      notAfter: '2026-04-01T00:00:00Z',
      certificateCount: 2,
    });
    present(
      'authorities.list',
      {
        items: [item('a', 'Root'), item('issuing', 'B')],
        nextCursor: 'abc',
        total: 5001,
        totalIsCapped: true,
      },
      now,
      terminal,
    );
    expect(terminal.output()).toBe(
      [
        'SLUG     NAME  KIND  REALM    STATUS  NOT AFTER                CERTIFICATE COUNT',
        'a        Root  root  default  active  2026-04-01 (in 90 days)  2',
        'issuing  B     root  default  active  2026-04-01 (in 90 days)  2',
        '',
      ].join('\n'),
    );
    expect(terminal.errors()).toBe('2 of 5001 or more; the next page: --cursor abc\n');
  });

  it('say on stderr that nothing was found', () => {
    const terminal = terminalForTest();
    present('clients.list', { items: [], nextCursor: null, total: 0, totalIsCapped: false }, now, terminal);
    expect([terminal.output(), terminal.errors()]).toEqual(['', 'Nothing found.\n']);
  });

  it('are records with PEM at the end', () => {
    const text = record(
      {
        certificate: '-----BEGIN\nX\n-----END\n',
        notAfter: '2026-01-03T00:00:00Z',
        subject: { commonName: 'a' },
        realms: ['x', 'y'],
        none: null,
      },
      now,
    );
    expect(text).toBe(
      [
        'not after            2026-01-03 00:00:00 UTC (in 2 days)',
        'subject common name  a',
        'realms               x, y',
        'none                 -',
        '',
        'certificate:',
        '-----BEGIN',
        'X',
        '-----END',
        '',
      ].join('\n'),
    );
    expect(record({}, now)).toBe('Done.\n');
  });

  it('show lists of records as tables, and alternative names by their type', () => {
    const text = record(
      {
        subjectAltNames: [
          { type: 'dns', value: 'a' },
          { type: 'ip', value: '::1' },
        ],
        links: [{ subject: 'CN=a', at: '2026-01-01T12:30:00Z' }],
      },
      now,
    );
    expect(text).toBe(
      [
        'subject alt names  dns:a, ip:::1',
        '',
        'links:',
        'SUBJECT  AT',
        'CN=a     2026-01-01 12:30 (in 13 hours)',
        '',
      ].join('\n'),
    );
  });

  it('hold no control characters that somebody put into a name', () => {
    expect(record({ name: 'a\u001b[2Jb' }, now)).toBe('name  a [2Jb\n');
  });

  it.each([
    [0, 'now'],
    [-90_000, '2 minutes ago'],
    [5 * 3_600_000, 'in 5 hours'],
    [36 * 3_600_000, 'in 36 hours'],
    [90 * 86_400_000, 'in 90 days'],
    [400 * 86_400_000, 'in 13 months'],
    [-3650 * 86_400_000, '10 years ago'],
  ])('tell %i ms as "%s"', (spanMs, text) => {
    expect(relative(spanMs)).toBe(text);
  });
});
