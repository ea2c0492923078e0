import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ChanceryError } from '../../src/shared/errors.ts';
import { pycaFiles } from './pyca.ts';
import { pycaVectors } from './pyca-vectors.ts';

const alteredSignature = 'its signature was altered so that its bit string does not end at a byte';

/** Files that are refused, each with the part of the message that states the reason. */
const refused: Readonly<Record<string, { readonly says: string; readonly since: string }>> = {
  'x509/PKITS_data/certs/BadSignedCACert.crt': { says: 'does not end at a byte', since: alteredSignature },
  'x509/PKITS_data/certs/InvalidDSASignatureTest6EE.crt': {
    says: 'does not end at a byte',
    since: alteredSignature,
  },
  'x509/PKITS_data/crls/BadCRLSignatureCACRL.crl': {
    says: 'does not end at a byte',
    since: alteredSignature,
  },
  'x509/badasn1time.pem': { says: 'notAfter is not a time', since: 'its time has no seconds' },
  'x509/cryptography-scts-tbs-precert.der': {
    says: 'signed part has the tag 0xa0',
    since: 'it is the signed part of a certificate only',
  },
  'x509/custom/crl_bad_version.pem': {
    says: 'version is not 1 or 2',
    since: 'RFC 5280 section 5.1.2.1 has no other version',
  },
  'x509/custom/crl_dup_entry_ext.pem': {
    says: 'is there twice',
    since: 'RFC 5280 section 4.2 allows an extension once',
  },
  'x509/custom/crl_inval_cert_issuer_entry_ext.pem': {
    says: 'certificateIssuer is missing',
    since: 'RFC 5280 section 5.3.3: at least one name',
  },
  'x509/custom/crl_invalid_time.der': { says: 'thisUpdate is not a time', since: 'its time has an offset' },
  'x509/custom/crl_unsupported_reason.pem': {
    says: 'a reason is none of RFC 5280',
    since: 'RFC 5280 section 5.3.1 has no such reason',
  },
  'x509/custom/inhibit_any_policy_negative.pem': {
    says: 'inhibitAnyPolicy is not from 0',
    since: 'RFC 5280 section 4.2.1.14: SkipCerts is not negative',
  },
  'x509/custom/invalid_utf8_common_name.pem': {
    says: 'bytes that its string type does not allow',
    since: 'its UTF8String is not UTF-8',
  },
  'x509/custom/invalid_version.pem': {
    says: 'version is not 1, 2 or 3',
    since: 'RFC 5280 section 4.1.2.1 has no other version',
  },
  'x509/custom/san_empty_hostname.pem': { says: 'an empty name', since: 'RFC 5280 section 4.2.1.6' },
  'x509/custom/two_basic_constraints.pem': {
    says: 'is there twice',
    since: 'RFC 5280 section 4.2 allows an extension once',
  },
  'x509/ocsp/req-duplicate-ext.der': {
    says: 'is there twice',
    since: 'RFC 5280 section 4.2 allows an extension once',
  },
  'x509/ocsp/resp-response-type-unknown-oid.der': {
    says: 'its type 1.3.6.1.5.5.7.48.1.50000 is not known',
    since: 'only BasicOCSPResponse is defined',
  },
  'x509/ocsp/resp-successful-no-response-bytes.der': {
    says: 'successful but says nothing',
    since: 'RFC 6960 section 4.2.1 wants the bytes then',
  },
  'x509/ocsp/resp-unknown-response-status.der': {
    says: 'its status 7 does not exist',
    since: 'RFC 6960 section 4.2.1 has no such status',
  },
  'x509/requests/bad-version.pem': { says: 'version is not 1', since: 'RFC 2986 has no other version' },
  'x509/requests/freeipa-bad-critical.pem': {
    says: 'a kind that cannot be issued',
    since: 'it asks for a Kerberos name, and what cannot be issued is not passed over in silence',
  },
  'x509/requests/long-form-attribute.pem': {
    says: 'a tag of several bytes',
    since: 'X.690 section 8.1.2: numbers below 31 have a tag of one byte',
  },
  'x509/requests/two_basic_constraints.pem': {
    says: 'is there twice',
    since: 'RFC 5280 section 4.2 allows an extension once',
  },
  'x509/utf8-dnsname.pem': {
    says: 'other than printable ASCII',
    since: 'RFC 5280 section 7.2 wants A-labels in an IA5String',
  },
  'x509/v1_cert.pem': {
    says: 'two signature algorithms differ',
    since: 'RFC 5280 section 4.1.1.2 wants them equal',
  },
};

if (!existsSync(pycaVectors)) {
  describe("pyca's vectors, skipped, since the package python3-cryptography-vectors is not installed", () => {
    it.skip('reads or refuses every file', () => undefined);
  });
} else {
  describe("pyca's vectors", () => {
    it('are all read, or refused for the reason in the table', async () => {
      const files = pycaFiles(pycaVectors);
      expect(files.length).toBeGreaterThan(1000);
      // A few at once: old PKCS#12 files are read by workers.
      const problems: string[] = [];
      const queue = files.values();
      await Promise.all(
        Array.from({ length: 4 }, async () => {
          for (const { name, read } of queue) {
            const problem = await problemWith(name, read);
            if (problem !== undefined) problems.push(`${name}: ${problem}`);
          }
        }),
      );
      expect(problems).toEqual([]);
    }, 300_000);
  });
}

/** What came out otherwise than the table says. */
async function problemWith(name: string, read: () => Promise<unknown>): Promise<string | undefined> {
  const error = await read().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const row = refused[name];
  if (error === undefined) return row && `is read, but the table says: ${row.since}`;
  if (!(error instanceof ChanceryError)) return String(error);
  return row !== undefined && error.detail.includes(row.says) ? undefined : error.detail;
}
