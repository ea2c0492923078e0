/** Renewing by Hanzo's endpoint, in the era of its guide: what was issued with a key generated here. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CurlRequest } from '../support/curl.ts';
import { type HanzoOffice, type Issued, openHanzoOffice } from '../support/hanzo-office.ts';
import { newCsr, newSelfSigned, opensslText } from '../support/openssl.ts';

let office: HanzoOffice;
const { hanzo, issue, refused, inFile } = {
  hanzo: <T>(path: string, request?: CurlRequest) => office.hanzo<T>(path, request),
  issue: (json: object) => office.issue(json),
  refused: (path: string, request: CurlRequest) => office.refused(path, request),
  inFile: (name: string, content: string | Uint8Array) => office.inFile(name, content),
};

beforeAll(async () => {
  office = await openHanzoOffice();
});

afterAll(async () => {
  await office?.running.stop();
});

const publicKeyOf = (pem: string) =>
  opensslText('x509', '-noout', '-pubkey', '-in', inFile('public.pem', pem));
const publicKeyOfKey = (pem: string) => opensslText('pkey', '-pubout', '-in', inFile('private.pem', pem));

/** openssl finds the way from the certificate to the last of its chain. */
async function verify({ certificate, certificateChain }: Pick<Issued, 'certificate' | 'certificateChain'>) {
  const chain = inFile('chain.pem', certificateChain);
  const said = await opensslText('verify', '-CAfile', chain, inFile('leaf.pem', certificate));
  expect(said).toContain('OK');
}

describe('renewing', () => {
  it('makes a new key for the same names and as long, answers it, and links both', async () => {
    const attributes = { commonName: 'renew.example.com', ttl: '20d' };
    const { certificate: old } = await issue({ profileId: office.profiles['tls-server'], attributes });
    const renewed = await hanzo<Issued>(`/certificates/${old.certificateId}/renew`, { json: {} });
    expect(renewed.status, JSON.stringify(renewed.json)).toBe(200);
    await verify(renewed.json);
    const [before, after] = [await publicKeyOf(old.certificate), await publicKeyOf(renewed.json.certificate)];
    expect(after).not.toBe(before);
    expect(await publicKeyOfKey(renewed.json.privateKey ?? '')).toBe(after);

    type Fetched = {
      certificate: { notBefore: string; notAfter: string; altNames: string; status: string } & Record<
        string,
        unknown
      >;
    };
    const first = (await hanzo<Fetched>(`/certificates/${old.certificateId}`)).json.certificate;
    const second = (await hanzo<Fetched>(`/certificates/${renewed.json.certificateId}`)).json.certificate;
    const span = ({ notBefore, notAfter }: Fetched['certificate']) =>
      Date.parse(notAfter) - Date.parse(notBefore);
    expect([second.altNames, span(second)]).toEqual([first.altNames, span(first)]);
    expect(first).toMatchObject({
      status: 'active',
      renewedByCertificateId: renewed.json.certificateId,
      keyAlgorithm: 'EC_prime256v1',
      signatureAlgorithm: 'ECDSA-SHA256',
      keyUsages: ['digital_signature'],
      profileId: office.profiles['tls-server'],
      caId: office.authorities.issuing,
      hasPrivateKey: true,
      subject: { commonName: 'renew.example.com' },
    });
    expect(second.renewedFromCertificateId).toBe(old.certificateId);

    const twice = await refused(`/certificates/${old.certificateId}/renew`, { json: {} });
    expect(twice).toMatchObject({ statusCode: 400, error: 'BadRequest' });
    expect(twice.message).toMatch(/^Certificate is not eligible for renewal: it is renewed already/);
  });

  it('is forbidden for what was issued for the key of a request, and for what has no profile', async () => {
    const csr = await newCsr('/CN=own-key.example.com', 'DNS:own-key.example.com');
    const { certificate } = await issue({ profileId: office.profiles['tls-server'], csr: csr.pem });
    const path = `/certificates/${certificate.certificateId}/renew`;
    expect(await refused(path, { json: {} })).toMatchObject({
      statusCode: 403,
      error: 'ForbiddenError',
      message:
        'Certificate is not eligible for renewal: certificates issued from CSR (external private key) cannot be renewed',
    });
    const certificatePem = await newSelfSigned('/CN=elsewhere.example.com');
    const imported = await hanzo<{ certificateId: string }>('/certificates/import-certificate', {
      token: office.admin,
      json: { certificatePem },
    });
    expect(imported.status, JSON.stringify(imported.json)).toBe(200);
    expect(await refused(`/certificates/${imported.json.certificateId}/renew`, { json: {} })).toMatchObject({
      statusCode: 403,
      message: 'Only certificates issued from a profile can be renewed',
    });
    const unknown = '/certificates/019a0000-0000-7000-8000-000000000000/renew';
    expect(await refused(unknown, { json: {} })).toMatchObject({
      statusCode: 404,
      error: 'NotFound',
      message: 'Certificate not found',
    });
  });

  it('takes the key source of later versions for what it is here: no field', async () => {
    const { certificate } = await issue({
      profileId: office.profiles['tls-server'],
      attributes: { commonName: 'later.example.com' },
    });
    const json = { renewalKeySource: 'reuse' };
    const path = `/certificates/${certificate.certificateId}/renew`;
    expect(await refused(path, { json })).toMatchObject({ statusCode: 422, error: 'ValidationFailure' });
  });
});
