/** The Keyfactor surface over a whole Chancery in this process. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type ChanceryInProcess, listenerDoor, openInProcess } from '../support/chancery-in-process.ts';
import { newCsr } from '../support/openssl.ts';

let chancery: ChanceryInProcess;
let token: string;
let administrator: string;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, looked into by the tests
  readonly body: any;
}

interface Asking {
  readonly method?: string;
  readonly json?: unknown;
  readonly as?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(path: string, { method, json, as = token, headers = {} }: Asking = {}): Promise<Answer> {
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const request = new Request(`https://127.0.0.1${path}`, {
    method: method ?? (json === undefined ? 'GET' : 'POST'),
    headers: {
      'x-keyfactor-requested-with': 'APIClient',
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(as !== null && { authorization: `Bearer ${as}` }),
      ...headers,
    },
    ...body,
  });
  const response = await chancery.chancery.handle(request, listenerDoor);
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== '' ? JSON.parse(text) : text,
  };
}

async function enroll(name: string, more: object = {}) {
  const { pem } = await newCsr(`/CN=${name}`, `DNS:${name}`);
  const answer = await ask('/KeyfactorAPI/Enrollment/CSR', {
    json: { CSR: pem, Template: 'tls-server', IncludeChain: true, SANs: null, Metadata: null, ...more },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.CertificateInformation;
}

const search = (query: string, more = '') =>
  ask(`/KeyfactorAPI/Certificates?QueryString=${encodeURIComponent(query)}${more}`);

beforeAll(async () => {
  chancery = await openInProcess();
  const client = await chancery.newClient();
  token = await chancery.token(client);
  administrator = (await chancery.must('sessions.enter', {})).token;
});

describe('enrolling', () => {
  it('issues for the key of a request and answers certificate, chain and number', async () => {
    const made = await enroll('one.example.com', { Metadata: { Owner: 'Ada' } });
    expect(made).toMatchObject({ RequestDisposition: 'ISSUED', KeyfactorID: expect.any(Number) });
    expect(made.Certificates).toHaveLength(3);
    expect(made.Certificates[0]).toMatch(/^-----BEGIN CERTIFICATE-----/);
    const found = await ask(`/keyfactorapi/certificates/${made.KeyfactorID}?INCLUDEMETADATA=true`);
    expect(found.body).toMatchObject({
      ...{ Id: made.KeyfactorID, Thumbprint: made.Thumbprint, IssuedCN: 'one.example.com' },
      ...{ KeyType: 3, KeySizeInBits: 256, TemplateName: 'tls-server', CertState: 1 },
      Metadata: { Owner: 'Ada' },
      SubjectAltNameElements: [{ Value: 'one.example.com', Type: 2 }],
    });
  });

  it('makes a key of the kind asked for and answers PKCS#12, which can be had again', async () => {
    const json = {
      ...{ Subject: 'CN=pfx.example.com', Password: 'a good password', Template: 'tls-server' },
      ...{ SANs: { dns: ['pfx.example.com'], ip4: '192.0.2.9' }, KeyType: 'RSA', KeyLength: 2048 },
    };
    const { status, body } = await ask('/KeyfactorAPI/Enrollment/PFX', {
      json,
      headers: { 'x-keyfactor-api-version': '2.0' },
    });
    expect(status, JSON.stringify(body)).toBe(200);
    const { KeyfactorId: CertID, Pkcs12Blob } = body.CertificateInformation;
    expect(Buffer.from(Pkcs12Blob, 'base64')[0]).toBe(0x30);
    const again = await ask('/KeyfactorAPI/Certificates/Recover', {
      json: { CertID, Password: 'a good password' },
    });
    expect(Buffer.from(again.body.PFX, 'base64')[0]).toBe(0x30);
    const pem = await ask('/KeyfactorAPI/Certificates/Recover', {
      json: { CertID, IncludeChain: true },
      headers: { 'x-certificateformat': 'PEM' },
    });
    expect(Buffer.from(pem.body.PFX, 'base64').toString()).toContain('PRIVATE KEY');
  });

  it('refuses an unknown template, another issuer and an unknown kind of name', async () => {
    for (const more of [
      { Template: 'nothing' },
      { CertificateAuthority: 'host.example\\Other CA' },
      { SANs: { pigeon: ['coo'] } },
    ]) {
      const { pem } = await newCsr('/CN=no.example.com');
      const { status, body } = await ask('/KeyfactorAPI/Enrollment/CSR', {
        json: { CSR: pem, Template: 'tls-server', ...more },
      });
      expect([status, body.ErrorCode]).toEqual([400, '0xA0110007']);
    }
  });
});

describe('finding', () => {
  it('takes names of parameters in any case and with any prefix, and pages to an empty end', async () => {
    for (const name of ['a', 'b', 'c']) await enroll(`${name}.paged.example.com`);
    const query = 'CN -contains "paged.example"';
    for (const prefix of ['', 'pq.', 'pagedQuery.', 'query.']) {
      const path = `/KeyfactorAPI/Certificates?${prefix}queryString=${encodeURIComponent(query)}&${prefix}RETURNLIMIT=2&${prefix}SortField=CN`;
      const first = await ask(path);
      expect(first.headers.get('x-total-count')).toBe('3');
      expect(first.body.map((one: { IssuedCN: string }) => one.IssuedCN)).toEqual([
        'a.paged.example.com',
        'b.paged.example.com',
      ]);
      expect((await ask(`${path}&${prefix}PageReturned=2`)).body).toHaveLength(1);
      expect((await ask(`${path}&${prefix}pageReturned=3`)).body).toEqual([]);
    }
    const down = await search(query, '&SortField=CN&SortAscending=1&ReturnLimit=1');
    expect(down.body[0].IssuedCN).toBe('c.paged.example.com');
  });

  it('takes a raw day of the language in the address', async () => {
    const { body } = await ask(
      '/KeyfactorAPI/Certificates?QueryString=IssuedDate%20-ge%20"%TODAY-7%"%20AND%20CN%20-eq%20"one.example.com"',
    );
    expect(body).toHaveLength(1);
  });

  it('says where a query is wrong, and what is no order', async () => {
    const wrong = await search('CN -contain "x"');
    expect(wrong.status).toBe(400);
    expect(wrong.body).toMatchObject({
      ErrorCode: '0xA0110007',
      Message: expect.stringMatching(/character 4.*Did you mean -contains\?/),
    });
    expect((await search('', '&SortField=Moon')).body).toEqual({
      ErrorCode: '0xA011004A',
      Message: 'Invalid sort field: Moon.',
    });
  });

  it('shows nothing of another realm, whatever the query', async () => {
    await chancery.must('realms.create', { slug: 'other' });
    const stranger = await chancery.newClient({
      name: 'Stranger',
      realms: ['other'],
      defaultProfile: undefined,
    });
    const as = await chancery.token(stranger, 'other');
    for (const query of ['', 'CN -ne NULL', 'CertId -ge 0 OR CertId -ge 0', 'Owner -eq "Ada"']) {
      const answer = await ask(`/KeyfactorAPI/Certificates?QueryString=${encodeURIComponent(query)}`, { as });
      expect(answer.body.length ?? 0, query).toBeLessThanOrEqual(0);
    }
    const { body } = await ask('/KeyfactorAPI/Certificates?QueryString=Owne%20-eq%20x', { as });
    expect(body.Message).not.toContain('Owner');
  });
});

describe('changing', () => {
  it('revokes, holds and lifts, and leaves revoked ones out unless they are asked for', async () => {
    const { KeyfactorID: id } = await enroll('revoked.example.com');
    const revoke = (Reason: number, more: object = { Comment: 'test' }) =>
      ask('/KeyfactorAPI/Certificates/Revoke', { json: { CertificateIds: [id], Reason, ...more } });
    expect((await revoke(4, {})).status).toBe(400);
    expect((await revoke(6)).body).toEqual({ RevokedIds: [], SuspendedCerts: [id] });
    expect((await revoke(-1)).status).toBe(200);
    expect((await revoke(4)).body).toEqual({ RevokedIds: [id], SuspendedCerts: [] });
    expect((await search('CN -eq "revoked.example.com"')).body).toEqual([]);
    const [found] = (await search('CN -eq "revoked.example.com" AND CertState -eq 2', '&IncludeRevoked=true'))
      .body;
    expect(found).toMatchObject({
      CertStateString: 'Revoked (2)',
      RevocationReason: 4,
      RevocationComment: 'test',
    });
  });

  it('changes the notes that are named, with 204 and nothing else', async () => {
    const { KeyfactorID: Id } = await enroll('noted.example.com', {
      Metadata: { Owner: 'Ada', Team: 'red' },
    });
    const put = await ask('/KeyfactorAPI/Certificates/Metadata', {
      method: 'PUT',
      json: { id: Id, metadata: { Team: 'blue', Floor: 4 } },
    });
    expect([put.status, put.body]).toEqual([204, '']);
    const [found] = (await search('team -eq "BLUE" AND owner -startswith "A"', '&IncludeMetadata=true')).body;
    expect(found.Metadata).toEqual({ Owner: 'Ada', Team: 'blue', Floor: '4' });
  });

  it('keeps queries as collections, which narrow a list', async () => {
    const as = administrator;
    const made = await ask('/KeyfactorAPI/CertificateCollections', {
      json: { Name: 'Paged', Query: 'CN -contains "paged"' },
      as,
    });
    expect(made.body).toMatchObject({
      Id: expect.any(Number),
      Name: 'Paged',
      Content: 'CN -contains "paged"',
    });
    const narrowed = await search('CN -startswith "b"', `&collectionId=${made.body.Id}`);
    expect(narrowed.body.map((one: { IssuedCN: string }) => one.IssuedCN)).toEqual(['b.paged.example.com']);
    const put = await ask('/KeyfactorAPI/CertificateCollections', {
      method: 'PUT',
      json: { Id: made.body.Id, Name: 'Paged', Query: 'CN -eq' },
      as,
    });
    expect(put.status).toBe(400);
  });

  it('makes fields of notes, and holds later notes to them', async () => {
    const as = administrator;
    const made = await ask('/KeyfactorAPI/MetadataFields', {
      json: { Name: 'Floor-Number', DataType: 2, Enrollment: 0 },
      as,
    });
    expect(made.body).toMatchObject({ Name: 'Floor-Number', DataType: 2 });
    const { KeyfactorID: Id } = await enroll('floor.example.com');
    const note = (value: unknown) =>
      ask('/KeyfactorAPI/Certificates/Metadata', {
        method: 'PUT',
        json: { Id, Metadata: { 'Floor-Number': value } },
      });
    expect((await note('up')).status).toBe(400);
    expect((await note(12)).status).toBe(204);
    expect((await search('Floor-Number -gt 3')).body).toHaveLength(1);
    expect((await search('floor-number -gt 30')).body).toHaveLength(0);
  });

  it('lets requests be approved and denied by their numbers', async () => {
    const waiting = await enroll('waits.example.com', { Template: 'tls-server-approval' });
    expect(waiting).toMatchObject({ RequestDisposition: 'PENDING', KeyfactorRequestId: expect.any(Number) });
    const as = administrator;
    const pending = await ask('/KeyfactorAPI/Workflow/Certificates/Pending', { as });
    expect(pending.body).toMatchObject([{ Id: waiting.KeyfactorRequestId, CommonName: 'waits.example.com' }]);
    const denied = await ask('/KeyfactorAPI/Workflow/Certificates/Deny', {
      json: { Comment: 'No', CertificateRequestIds: [waiting.KeyfactorRequestId, 999_999] },
      as,
    });
    expect(denied.body.Denials).toHaveLength(1);
    expect(denied.body.Failures).toHaveLength(1);
    expect(
      (await ask('/KeyfactorAPI/Workflow/Certificates/Denied', { as })).headers.get('x-total-count'),
    ).toBe('1');
  });
});

describe('the transport', () => {
  it('wants the header unless the setting says otherwise, and a version that there is', async () => {
    const without = await ask('/KeyfactorAPI/Templates', { headers: { 'x-keyfactor-requested-with': '' } });
    expect([without.status, without.body.Message]).toEqual([400, expect.stringContaining('APIClient')]);
    await chancery.must('settings.set', { key: 'keyfactor.requestedWith', value: 'optional' });
    expect(
      (await ask('/KeyfactorAPI/Templates', { headers: { 'x-keyfactor-requested-with': '' } })).status,
    ).toBe(200);
    expect(
      (await ask('/KeyfactorAPI/Templates', { headers: { 'x-keyfactor-api-version': '7' } })).status,
    ).toBe(400);
  });

  it('answers at both roots in any case, lists what it has, and has empty lists of what it has not', async () => {
    for (const root of ['/KeyfactorAPI', '/KeyfactorApi', '/keyfactorapi', '/Keyfactor/API']) {
      const { body, headers } = await ask(`${root}/status/endpoints`);
      expect(body).toContain('GET /Certificates');
      expect(headers.get('x-keyfactor-product-version')).toBe('25.1.0.0');
    }
    expect((await ask('/KeyfactorAPI/Status/HealthCheck')).status).toBe(204);
    expect((await ask('/KeyfactorAPI/CertificateStores')).body).toEqual([]);
    expect((await ask('/KeyfactorAPI/Nothing')).status).toBe(404);
    expect((await ask('/KeyfactorAPI/Templates', { method: 'DELETE' })).status).toBe(405);
    const templates = await ask('/KeyfactorAPI/Templates');
    expect(templates.body).toContainEqual(
      expect.objectContaining({ CommonName: 'tls-server', Id: expect.any(Number) }),
    );
    expect((await ask('/KeyfactorAPI/CertificateAuthority')).body.length).toBe(2);
  });

  it('downloads as DER, PEM with its chain in either order, and PKCS#7', async () => {
    const { Thumbprint } = await enroll('files.example.com');
    const download = async (format: string, more: object = {}) => {
      const { body } = await ask('/KeyfactorAPI/Certificates/Download', {
        json: { Thumbprint, IncludeChain: true, ...more },
        headers: { 'x-certificateformat': format },
      });
      return Buffer.from(body.Content, 'base64');
    };
    expect((await download('DER'))[0]).toBe(0x30);
    const pems = (text: Buffer) => text.toString().match(/-----BEGIN[^-]+-----[^-]+/g) ?? [];
    const down = pems(await download('PEM'));
    expect(down).toHaveLength(3);
    expect(pems(await download('PEM', { ChainOrder: 'RootFirst' }))).toEqual(down.toReversed());
    expect((await download('P7B'))[0]).toBe(0x30);
  });

  it('streams CSV, tells the history, and describes itself', async () => {
    const csv = await ask('/KeyfactorAPI/Certificates/CSV?QueryString=CN%20-contains%20%22paged%22');
    expect(csv.body.trim().split('\n')).toHaveLength(4);
    const [one] = (await search('CN -eq "one.example.com"')).body;
    expect((await ask(`/KeyfactorAPI/Certificates/${one.Id}/History`)).body).toMatchObject([
      { Action: 'Issued' },
    ]);
    const document = await ask('/KeyfactorAPI/swagger/v1/swagger.json', { as: null });
    expect(document.body.info.title).toBe('Keyfactor API Reference and Utility');
    expect((await ask('/keyfactorapi/', { as: null })).body).toContain(
      '<title>Keyfactor API Reference and Utility',
    );
  });
});
