/** The sequence of Hanzo KMS's guide "Request a certificate via API", by real curl and openssl over real HTTPS. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Output } from '../../src/shared/operations/index.ts';
import type { CurlRequest } from '../support/curl.ts';
import {
  certificateText,
  type HanzoOffice,
  type IssueAnswer,
  type Issued,
  openHanzoOffice,
} from '../support/hanzo-office.ts';
import { newCsr, opensslText } from '../support/openssl.ts';
import { runProgram } from '../support/run-program.ts';

interface Polled {
  readonly status: string;
  readonly certificate: string;
  readonly certificateId: string;
  readonly privateKey: string | null;
  readonly serialNumber: string;
  readonly errorMessage: string | null;
}

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

describe('issuing by an authority', () => {
  it('generates a key where there is no request, and answers it with certificate, chain, issuer and ids', async () => {
    const { certificate, certificateRequestId } = await issue({
      profileId: office.profiles['tls-server'],
      attributes: {
        commonName: 'shop.example.com',
        organization: 'Example',
        altNames: [
          { type: 'dns_name', value: 'shop.example.com' },
          { type: 'DNS', value: 'www.example.com' },
          { type: 'ip_address', value: '192.0.2.7' },
        ],
        keyAlgorithm: 'RSA_2048',
        keyUsages: ['digital_signature', 'key_encipherment'],
        extendedKeyUsages: ['server_auth'],
        signatureAlgorithm: 'ECDSA-SHA256',
        ttl: '30d',
      },
      metadata: [{ key: 'team', value: 'shop' }],
    });
    await verify(certificate);
    expect(certificate.certificateChain).toContain(certificate.issuingCaCertificate);
    expect(await publicKeyOfKey(certificate.privateKey ?? '')).toBe(
      await publicKeyOf(certificate.certificate),
    );
    const shown = await certificateText(office, certificate.certificate);
    expect(shown).toContain('DNS:shop.example.com, DNS:www.example.com, IP Address:192.0.2.7');
    expect(shown).toContain('Digital Signature, Key Encipherment');
    expect(shown).toContain('TLS Web Server Authentication');
    expect(shown).not.toContain('TLS Web Client Authentication');
    expect(shown).toContain('2048 bit');

    // What was issued at once is polled like the others.
    const polled = await hanzo<Polled>(`/certificates/certificate-requests/${certificateRequestId}`);
    expect(polled.json).toMatchObject({
      status: 'issued',
      certificate: certificate.certificate,
      certificateId: certificate.certificateId,
      privateKey: certificate.privateKey,
      serialNumber: certificate.serialNumber,
      errorMessage: null,
      commonName: 'shop.example.com',
      organization: 'Example',
      metadata: [{ key: 'team', value: 'shop' }],
    });
  });

  it('signs the key of a request, and answers no private key', async () => {
    const csr = await newCsr('/CN=csr.example.com', 'DNS:csr.example.com');
    const { certificate } = await issue({ profileId: office.profiles['tls-server'], csr: csr.pem });
    await verify(certificate);
    expect(certificate).not.toHaveProperty('privateKey');
    const ownKey = await opensslText('pkey', '-pubout', '-in', csr.keyFile);
    expect(await publicKeyOf(certificate.certificate)).toBe(ownKey);
  });

  it('leaves the root out of the chain where asked to', async () => {
    const attributes = { commonName: 'short.example.com' };
    const json = { profileId: office.profiles['tls-server'], attributes };
    const whole = (await issue(json)).certificate;
    const short = (await issue({ ...json, removeRootsFromChain: 'true' })).certificate;
    const count = (chain: string) => chain.split('BEGIN CERTIFICATE').length - 1;
    expect([count(whole.certificateChain), count(short.certificateChain)]).toEqual([2, 1]);
    expect(short.certificateChain).toBe(short.issuingCaCertificate);
  });

  it('takes moments instead of a duration', async () => {
    const notBefore = new Date(Math.floor(Date.now() / 1000) * 1000 + 86_400_000);
    const notAfter = new Date(notBefore.getTime() + 10 * 86_400_000);
    const { certificate } = await issue({
      profileId: office.profiles['tls-server'],
      attributes: {
        commonName: 'dates.example.com',
        notBefore: notBefore.toISOString(),
        notAfter: notAfter.toISOString(),
      },
    });
    const file = inFile('dates.pem', certificate.certificate);
    const dates = await opensslText('x509', '-noout', '-startdate', '-enddate', '-in', file);
    const [start = '', end = ''] = [...dates.matchAll(/=(.*)/g)].map(([, date]) => date);
    expect([Date.parse(start), Date.parse(end)]).toEqual([notBefore.getTime(), notAfter.getTime()]);
  });
});

describe('issuing under a self-signed profile', () => {
  it('generates the key and signs with it', async () => {
    const { certificate } = await issue({
      profileId: office.profiles['self-signed'],
      attributes: { commonName: 'self.example.com' },
    });
    await verify({ ...certificate, certificateChain: certificate.certificate });
    expect(certificate.issuingCaCertificate).toBe('');
    expect(certificate.certificateChain).toBe(certificate.certificate);
    expect(await publicKeyOfKey(certificate.privateKey ?? '')).toBe(
      await publicKeyOf(certificate.certificate),
    );

    const { certificateId: id } = certificate;
    const renewed = await hanzo<Issued>(`/certificates/${id}/renew`, { json: {} });
    expect(renewed.status, JSON.stringify(renewed.json)).toBe(200);
    await verify({ ...renewed.json, certificateChain: renewed.json.certificate });
  });

  it('refuses a request with 400, since its key is not here', async () => {
    const csr = await newCsr('/CN=self.example.com', 'DNS:self.example.com');
    const json = { profileId: office.profiles['self-signed'], csr: csr.pem };
    const failure = await refused('/certificates', { json });
    expect(failure).toMatchObject({ statusCode: 400, error: 'BadRequest' });
    expect(failure.message).toMatch(/key of a request is not here/);
  });
});

describe('a profile whose certificates have to be approved', () => {
  const ask = async (commonName: string) => {
    const json = { profileId: office.profiles['tls-server-approval'], attributes: { commonName } };
    const answer = await hanzo<IssueAnswer>('/certificates', { json });
    expect(answer.json).toMatchObject({ certificate: null, status: 'pending_approval' });
    expect(answer.status).toBe(200);
    return answer.json.certificateRequestId;
  };
  const decide = async (id: string, verb: 'approve' | 'reject') => {
    const { askedHash } = (await office.native<Output<'requests.show'>>(`/requests/${id}`)).json;
    const json = { askedHash, ...(verb === 'reject' && { reason: 'not ours' }) };
    expect((await office.native(`/requests/${id}/${verb}`, { json })).status).toBe(200);
  };

  it('answers the id of a request, to be polled until the certificate is there with its key', async () => {
    const id = await ask('slow.example.com');
    const path = `/certificates/certificate-requests/${id}`;
    const waiting = await hanzo<Polled>(path);
    expect(waiting.json).toMatchObject({ status: 'pending_approval', certificate: null, privateKey: null });
    expect(Number(waiting.headers['retry-after'])).toBeGreaterThan(0);
    const args = ['--header', `If-None-Match: ${waiting.headers.etag}`];
    expect((await hanzo(path, { args })).status).toBe(304);

    await decide(id, 'approve');
    // Looking at the headers does not use up the one answer that holds the key.
    const looked = [
      '--silent',
      '--head',
      '--cacert',
      office.running.caFile,
      '--header',
      `Authorization: Bearer ${office.token}`,
    ];
    const head = await runProgram('curl', [...looked, `${office.running.url}/api/v1/cert-manager${path}`]);
    expect(head.stdout).toMatch(/^HTTP\/1.1 200/);
    const issued = (await hanzo<Polled>(path)).json;
    expect(issued).toMatchObject({ status: 'issued', errorMessage: null });
    expect(await publicKeyOfKey(issued.privateKey ?? '')).toBe(await publicKeyOf(issued.certificate));
    // The key is kept here, so that who lost the first answer gets it again.
    expect((await hanzo<Polled>(path)).json.privateKey).toBe(issued.privateKey);
    expect((await hanzo(path, { token: office.otherToken })).status).toBe(404);

    const renewed = await hanzo<Issued & { certificateRequestId: string; status: string }>(
      `/certificates/${issued.certificateId}/renew`,
      { method: 'POST' },
    );
    expect(renewed.json).toMatchObject({ certificate: '', status: 'pending_approval' });
    await decide(renewed.json.certificateRequestId, 'approve');
    const again = `/certificates/certificate-requests/${renewed.json.certificateRequestId}`;
    expect((await hanzo<Polled>(again)).json.status).toBe('issued');
  });

  it('tells why a request was rejected or taken back', async () => {
    const [rejected, cancelled] = [await ask('no.example.com'), await ask('back.example.com')];
    await decide(rejected, 'reject');
    const path = '/certificates/certificate-requests';
    expect((await hanzo<Polled>(`${path}/${rejected}`)).json).toMatchObject({
      status: 'rejected',
      errorMessage: expect.stringContaining('not ours'),
    });
    const answer = await hanzo(`${path}/${cancelled}/cancel`, { method: 'POST' });
    expect(answer.json).toEqual({
      status: 'rejected',
      cancelled: true,
      errorMessage: 'The request was cancelled.',
    });
    const twice = await refused(`${path}/${cancelled}/cancel`, { method: 'POST' });
    expect(twice).toMatchObject({ statusCode: 400, error: 'BadRequest' });
    const found = await hanzo<{ certificateRequests: { id: string }[]; totalCount: number }>(
      `${path}/search`,
      {
        json: { status: 'rejected', limit: 10 },
      },
    );
    expect(found.json.certificateRequests.map(({ id }) => id).sort()).toEqual([rejected, cancelled].sort());
    expect(found.json.totalCount).toBe(2);
  });
});
