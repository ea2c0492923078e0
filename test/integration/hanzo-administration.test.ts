/** What Hanzo's certificates, policies and profiles can do beside being issued, and how it refuses, by real curl and openssl. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CurlRequest, curl } from '../support/curl.ts';
import { certificateText, type Failed, type HanzoOffice, openHanzoOffice } from '../support/hanzo-office.ts';
import { opensslText } from '../support/openssl.ts';

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

describe('revoking', () => {
  it('puts the certificate on the CRL, holds it, and lifts the hold', async () => {
    const { certificate } = await issue({
      profileId: office.profiles['tls-server'],
      attributes: { commonName: 'hold.example.com' },
    });
    const path = `/certificates/${certificate.certificateId}`;
    const revoke = (revocationReason: string) => hanzo(`${path}/revoke`, { json: { revocationReason } });
    const onCrl = async () => {
      const { body } = await curl(office.running, '/crl/issuing.crl');
      const shown = await opensslText(
        'crl',
        '-inform',
        'DER',
        '-noout',
        '-text',
        '-in',
        inFile('one.crl', body),
      );
      return shown.includes(certificate.serialNumber);
    };
    const held = await revoke('CERTIFICATE_HOLD');
    expect(held.json).toMatchObject({
      message: 'Successfully revoked certificate',
      serialNumber: certificate.serialNumber,
      revokedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(await onCrl()).toBe(true);
    expect((await revoke('REMOVE_FROM_CRL')).status).toBe(200);
    expect(await onCrl()).toBe(false);
    expect((await revoke('KEY_COMPROMISE')).status).toBe(200);
    expect((await hanzo(path)).json).toMatchObject({
      certificate: { status: 'revoked', revocationReason: 1 },
    });
    const twice = await refused(`${path}/revoke`, { json: { revocationReason: 'SUPERSEDED' } });
    expect(twice).toMatchObject({ statusCode: 400, error: 'BadRequest' });
  });
});

describe('what is kept', () => {
  it('is fetched as body, bundle, private key and PKCS#12, by who asked for it', async () => {
    const { certificate } = await issue({
      profileId: office.profiles['tls-server'],
      attributes: { commonName: 'files.example.com' },
    });
    const path = `/certificates/${certificate.certificateId}`;
    const { certificate: pem, certificateChain, privateKey, serialNumber } = certificate;
    expect((await hanzo(`${path}/certificate`)).json).toEqual({
      certificate: pem,
      certificateChain,
      serialNumber,
    });
    expect((await hanzo(`${path}/bundle`)).json).toEqual({
      certificate: pem,
      certificateChain,
      privateKey,
      serialNumber,
    });
    const key = await hanzo(`${path}/private-key`);
    expect([key.headers['content-type'], key.body.toString()]).toEqual([
      'text/plain; charset=utf-8',
      privateKey,
    ]);
    const file = await hanzo(`${path}/pkcs12`, { json: { password: 'a long one', alias: 'files' } });
    const listed = await opensslText(
      ...['pkcs12', '-in', inFile('files.p12', file.body), '-passin', 'pass:a long one', '-nodes', '-info'],
    );
    expect(listed).toContain('friendlyName: files');
    expect(listed).toContain('PRIVATE KEY');

    // Another client of the realm sees the certificate, but no key of it.
    expect((await hanzo(`${path}/bundle`, { token: office.otherToken })).json).toMatchObject({
      privateKey: null,
    });
    expect((await hanzo(`${path}/private-key`, { token: office.otherToken })).status).toBe(404);
  });

  it('has notes and a way to renew itself', async () => {
    const { certificate } = await issue({
      profileId: office.profiles['tls-server'],
      attributes: { commonName: 'notes.example.com' },
    });
    const path = `/certificates/${certificate.certificateId}`;
    const metadata = [{ key: 'owner', value: 'web' }];
    const noted = await hanzo(path, { method: 'PATCH', json: { metadata } });
    expect(noted.json).toEqual({ metadata });
    expect((await hanzo(path)).json).toMatchObject({ certificate: { metadata } });
    const config = (json: object) => hanzo(`${path}/config`, { method: 'PATCH', json });
    expect((await config({ renewBeforeDays: 14 })).json).toEqual({
      message: 'Certificate configuration updated successfully',
      renewBeforeDays: 14,
    });
    expect((await config({ enableAutoRenewal: false })).json).toEqual({
      message: 'Auto-renewal disabled successfully',
    });
    expect((await config({ renewBeforeDays: 3, enableAutoRenewal: false })).status).toBe(422);
  });
});

describe('refusals', () => {
  it('tell all violations of the policy in one sentence', async () => {
    const attributes = {
      commonName: 'bad.example.com',
      keyUsages: ['crl_sign'],
      extendedKeyUsages: ['code_signing'],
      ttl: '5y',
    };
    const failure = await refused('/certificates', {
      json: { profileId: office.profiles['tls-server'], attributes },
    });
    expect(failure).toMatchObject({ statusCode: 400, error: 'BadRequest' });
    expect(failure.message).toMatch(
      /^Certificate request validation failed: .*cRLSign.*, .*codeSigning.*, .*longer/,
    );
  });

  it('have 422 for the schema, with every place that is wrong', async () => {
    const attributes = { ttl: '1d', notAfter: '2030-01-01T00:00:00Z', keyAlgorithm: 'ROT13' };
    const answer = await hanzo<Failed>('/certificates', { json: { profileId: 'none', attributes } });
    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({ statusCode: 422, error: 'ValidationFailure' });
    const paths = (answer.json.message as unknown as { path: string[] }[]).map(({ path }) => path.join('.'));
    expect(paths).toEqual(expect.arrayContaining(['profileId', 'attributes.keyAlgorithm']));
  });

  it('have 401 without a token or with a broken one, and 404 for what is not there', async () => {
    const json = { profileId: office.profiles['tls-server'] };
    const withoutToken = await curl<Failed>(office.running, '/api/v1/cert-manager/certificates', { json });
    expect(withoutToken.json).toMatchObject({
      statusCode: 401,
      error: 'UnauthorizedError',
      message: 'Token missing',
    });
    expect(withoutToken.headers['www-authenticate']).toContain('Bearer');
    expect(await refused('/certificates', { token: 'broken', json })).toMatchObject({ statusCode: 401 });
    expect(await refused('/nothing/here', {})).toMatchObject({ statusCode: 404, error: 'NotFound' });
    const unknown = { profileId: '019a0000-0000-7000-8000-000000000000' };
    expect(await refused('/certificates', { json: unknown })).toMatchObject({
      statusCode: 404,
      message: 'Certificate profile not found',
    });
    // What an API client may not do, its token may not do here either.
    expect(await refused('/certificate-policies', { json: { name: 'mine' } })).toMatchObject({
      statusCode: 403,
      error: 'ForbiddenError',
    });
  });

  it('name the way the issuer signs where another is asked for', async () => {
    const attributes = { commonName: 'a.example.com', signatureAlgorithm: 'RSA-SHA256' };
    const failure = await refused('/certificates', {
      json: { profileId: office.profiles['tls-server'], attributes },
    });
    expect(failure).toMatchObject({ statusCode: 400 });
    expect(failure.message).toContain('signs with ECDSA-SHA256');
  });
});

describe('policies and profiles', () => {
  it('are made, used, changed and deleted', async () => {
    const asAdmin = <T>(path: string, request: CurlRequest = {}) =>
      hanzo<T>(path, { token: office.admin, ...request });
    const policy = {
      name: 'Web_Servers',
      description: 'Servers of the shop',
      subject: [
        { type: 'common_name', allowed: ['*.shop.example'] },
        { type: 'organization', allowed: ['*'] },
      ],
      sans: [{ type: 'dns_name', allowed: ['*.shop.example'], denied: ['root.shop.example'] }],
      keyUsages: { required: ['digital_signature'] },
      extendedKeyUsages: { allowed: ['server_auth'] },
      algorithms: { keyAlgorithm: ['EC_prime256v1', 'RSA_2048'] },
      validity: { max: '90d' },
    };
    type Policy = { certificatePolicy: { id: string } & Record<string, unknown> };
    const made = await asAdmin<Policy>('/certificate-policies', { json: policy });
    expect(made.status, JSON.stringify(made.json)).toBe(200);
    expect(made.json.certificatePolicy).toMatchObject({
      ...policy,
      projectId: 'default',
      basicConstraints: { isCA: 'denied', maxPathLength: -1 },
    });
    const { id } = made.json.certificatePolicy;
    const caId = office.authorities.issuing;
    const profile = {
      slug: 'shop',
      enrollmentType: 'api',
      certificatePolicyId: id,
      apiConfig: { autoRenew: true, renewBeforeDays: 10 },
      defaults: { ttlDays: 30, organization: 'Shop', keyAlgorithm: 'RSA_2048' },
    };
    type Profile = { certificateProfile: { id: string } & Record<string, unknown> };
    const withoutCa = await asAdmin<Failed>('/certificate-profiles', { json: profile });
    expect([withoutCa.status, JSON.stringify(withoutCa.json)]).toEqual([
      422,
      expect.stringContaining('CA issuer type requires a CA ID'),
    ]);
    const shop = await asAdmin<Profile>('/certificate-profiles', { json: { ...profile, caId } });
    expect(shop.status, JSON.stringify(shop.json)).toBe(200);
    const { certificateProfile } = shop.json;
    expect(certificateProfile).toMatchObject({ ...profile, caId, issuerType: 'ca' });
    // An API client finds it, and is issued by its defaults.
    const found = await hanzo<Profile>('/certificate-profiles/slug/shop');
    expect(found.json.certificateProfile).toEqual(certificateProfile);
    const attributes = { commonName: 'www.shop.example' };
    const { certificate } = await issue({ profileId: certificateProfile.id, attributes });
    const shown = await certificateText(office, certificate.certificate);
    expect(shown).toMatch(/Subject: .*O ?= ?Shop/);
    expect(shown).toContain('2048 bit');
    // Its default organisation is cleared by null; a name below the label is refused.
    const cleared = await issue({
      profileId: certificateProfile.id,
      attributes: { ...attributes, organization: null },
    });
    expect(await certificateText(office, cleared.certificate.certificate)).not.toMatch(/Subject: .*Shop/);
    const deep = { profileId: certificateProfile.id, attributes: { commonName: 'a.b.shop.example' } };
    expect((await refused('/certificates', { json: deep })).message).toMatch(
      /^Certificate request validation failed/,
    );

    const patched = await asAdmin<Policy>(`/certificate-policies/${id}`, {
      method: 'PATCH',
      json: { validity: { max: '7d' } },
    });
    expect(patched.json.certificatePolicy).toMatchObject({ ...policy, validity: { max: '7d' } });
    expect(
      await refused('/certificates', { json: { profileId: certificateProfile.id, attributes } }),
    ).toMatchObject({
      statusCode: 400,
    });
    const changed = await asAdmin<Profile>(`/certificate-profiles/${certificateProfile.id}`, {
      method: 'PATCH',
      json: { description: 'The shop', defaults: { ttlDays: 5 } },
    });
    expect(changed.status, JSON.stringify(changed.json)).toBe(200);
    expect(changed.json.certificateProfile).toMatchObject({
      description: 'The shop',
      defaults: { ttlDays: 5 },
    });
    expect(changed.json.certificateProfile.defaults).not.toHaveProperty('organization');

    const listed = await asAdmin<{ certificatePolicies: { name: string }[]; totalCount: number }>(
      '/certificate-policies?limit=2&offset=1',
    );
    expect(listed.json.certificatePolicies).toHaveLength(2);
    expect(listed.json.totalCount).toBe(7);
    const selfSigned = await hanzo<{ certificateProfiles: { slug: string }[] }>(
      '/certificate-profiles?issuerType=self-signed',
    );
    expect(selfSigned.json.certificateProfiles.map(({ slug }) => slug)).toEqual(['self-signed']);
    const inUse = await asAdmin<Failed>(`/certificate-policies/${id}`, { method: 'DELETE' });
    expect(inUse.json).toMatchObject({ statusCode: 400, error: 'BadRequest' });
  });
});
