import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Finding, lintCertificate, lintCrl } from '../../../../src/main/lint/index.ts';
import { readCertificates } from '../../../../src/main/x509/index.ts';
import { type ChanceryInProcess, openInProcess } from '../../../support/chancery-in-process.ts';

describe('what the quick start sets up', () => {
  let office: ChanceryInProcess;
  beforeAll(async () => {
    office = await openInProcess();
  });
  afterAll(() => office.chancery.close());

  const errorsOf = (pem: string): Finding[] =>
    readCertificates(pem)
      .flatMap((der) => lintCertificate(der, { profile: 'rfc5280' }))
      .filter(({ severity }) => severity === 'error');

  it.each([
    ['tls-server', [{ type: 'dns', value: 'a.example' }]],
    ['tls-client', [{ type: 'email', value: 'a@b.example' }]],
    ['code-signing', []],
    ['user', [{ type: 'upn', value: 'a@b.example' }]],
  ] as const)('issues under %s, up to the root, without an error', async (profile, subjectAltNames) => {
    const issued = await office.must('certificates.issue', {
      profile,
      realm: 'default',
      subject: { commonName: 'a.example', organization: 'Org', country: 'DE' },
      subjectAltNames: [...subjectAltNames],
    });
    if (!('certificate' in issued)) throw new Error('it was not issued at once');
    expect(errorsOf([issued.certificate, ...issued.chain].join(''))).toEqual([]);
  });

  it('publishes CRLs without an error', async () => {
    const response = await office.chancery.handle(new Request('https://127.0.0.1/crl/issuing.crl'), {
      kind: 'listener',
      principal: null,
      peer: { address: '127.0.0.1', certificates: [] },
      signal: new AbortController().signal,
    });
    const der = new Uint8Array(await response.arrayBuffer());
    expect(lintCrl(der, { profile: 'public-like' })).toEqual([]);
  });
});

describe('the public roots that Node brings', () => {
  it('break few rules, each by a deviation that is known of the root', () => {
    const counts: Record<string, number> = {};
    for (const pem of rootCertificates) {
      for (const der of readCertificates(pem)) {
        for (const { rule } of lintCertificate(der, { profile: 'rfc5280' })) {
          counts[rule] = (counts[rule] ?? 0) + 1;
        }
      }
    }
    // Serial number 0 of Go Daddy, Starfield and others; TWCA Global without its key identifier; Certum's
    // GeneralizedTime of 2011; the exponent 43147 of NetLock; the rest are habits of the years before 2010.
    expect(counts).toEqual({
      'hygiene.serial.guessable': 18,
      'hygiene.rsa.small-exponent': 1,
      'rfc5280.name.email-in-subject': 1,
      'hygiene.altName.unsorted': 1,
      'rfc5280.serial.positive': 6,
      'rfc5280.subjectKeyIdentifier.authority': 1,
      'rfc5280.extension.should-be-critical': 1,
      'rfc5280.validity.encoding': 2,
    });
  });
});
