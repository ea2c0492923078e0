/** The examples of Keyfactor's guide on authenticating to its API, as written but for host, id and secret, by real curl. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  newClient,
  prepareHome,
  type RunningConsole,
  runChancery,
  startConsole,
} from '../support/chancery-process.ts';
import { curl } from '../support/curl.ts';
import { secretFile } from '../support/secret-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Certificate {
  readonly Id: number;
  readonly IssuedCN: string;
  readonly Thumbprint: string;
  readonly HasPrivateKey: boolean;
}

let running: RunningConsole;
let client: { readonly clientId: string; readonly clientSecret: string };
let token: string;
let certificate: Certificate;

const tokenPath = '/realms/Keyfactor/protocol/openid-connect/token';
const host = 'appsrvr23.keyexample.com';
/** As the guide's PowerShell puts it together. */
const query = '&QueryString=CN%20-contains%20%22appsrvr23.keyexample.com%22%20';
const queryextras = 'includeLocations=false&includeMetadata=false&includeHasPrivateKey=true&verbose=0';
const invoked = [
  ...['--header', 'Accept: application/json', '--header', 'x-keyfactor-requested-with: APIClient'],
  ...['--header', 'Content-Type: application/json'],
];

beforeAll(async () => {
  const home = join(temporaryFolder('keyfactor'), 'home');
  await prepareHome(home);
  client = await newClient(home, 'Keyfactor-API-User');
  const password = secretFile('MySuperSecretAPIUserPassword');
  running = await startConsole(home);
  const made = await runChancery(home, [
    ...[
      'operators',
      'create',
      '--name',
      'APIUser1',
      '--role',
      'ra-operator',
      '--realm',
      'default',
      '--password-file',
      password,
    ],
  ]);
  expect(made.code, made.stderr).toBe(0);
});

afterAll(async () => {
  await running?.stop();
});

describe('acquiring a token', () => {
  it('works as the curl of the guide asks', async () => {
    const answer = await curl<{ access_token: string; token_type: string; expires_in: number }>(
      running,
      tokenPath,
      {
        method: 'POST',
        args: [
          ...['--header', 'Content-Type: application/x-www-form-urlencoded'],
          ...['--data', `client_secret=${client.clientSecret}`, '--data', `client_id=${client.clientId}`],
          ...['--data', 'grant_type=client_credentials'],
        ],
      },
    );
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      ...{ token_type: 'Bearer', expires_in: 300, refresh_expires_in: 0, 'not-before-policy': 0 },
    });
    token = answer.json.access_token;
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  it('works as PowerShell sends the form of its script, in one body', async () => {
    const form = `client_id=${client.clientId}&client_secret=${client.clientSecret}&grant_type=client_credentials`;
    const args = ['--header', 'Content-Type: application/x-www-form-urlencoded', '--data', form];
    expect(
      (await curl<{ access_token: string }>(running, tokenPath, { args })).json.access_token,
    ).toBeTruthy();
  });
});

describe('the requests of the guide', () => {
  beforeAll(async () => {
    const enrolled = await curl(running, '/KeyfactorAPI/Enrollment/PFX', {
      token,
      json: { Subject: `CN=${host}`, Password: 'at least eight', SANs: { dns: [host] } },
      args: ['--header', 'x-keyfactor-requested-with: APIClient'],
    });
    expect(enrolled.status, enrolled.body.toString()).toBe(200);
  });

  const searched = async (authorization: string) => {
    const answer = await curl<Certificate[]>(running, `/KeyfactorAPI/Certificates?${queryextras}${query}`, {
      args: ['--header', `Authorization: ${authorization}`, ...invoked],
    });
    expect(answer.status, answer.body.toString()).toBe(200);
    expect(answer.headers['x-total-count']).toBe('1');
    expect(answer.json).toHaveLength(1);
    return answer.json[0] as Certificate;
  };

  it('find a certificate with a token, as its second PowerShell script does', async () => {
    certificate = await searched(`Bearer ${token}`);
    expect(certificate).toMatchObject({ IssuedCN: host, HasPrivateKey: true, CertStateString: 'Active (1)' });
  });

  it('find it with the name and password of a service account of a domain, as its PowerShell does', async () => {
    const credentials = Buffer.from('keyexample\\APIUser1:MySuperSecretAPIUserPassword', 'ascii').toString(
      'base64',
    );
    expect(await searched(`Basic ${credentials}`)).toMatchObject({ Id: certificate.Id });
    // The second call knows the session of the first.
    expect(await searched(`Basic ${credentials}`)).toMatchObject({ Id: certificate.Id });
  });

  it('fetch it by its id with the curl of the guide, whatever it says to accept', async () => {
    const path = `/KeyfactorAPI/Certificates/${certificate.Id}?includeLocations=false&includeMetadata=false&collectionId=0`;
    const answer = await curl<Certificate>(running, path, {
      method: 'GET',
      token,
      args: ['-H', 'accept: text/plain', '-H', 'x-keyfactor-requested-with: APIClient'],
    });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toContain('application/json');
    expect(answer.json.Thumbprint).toBe(certificate.Thumbprint);
  });

  it('say of Windows integrated authentication that it is not possible, and of nothing what would be', async () => {
    const args = ['--header', 'Authorization: Negotiate YII=', ...invoked];
    const refused = await curl<{ Message: string }>(running, '/KeyfactorAPI/Certificates', { args });
    expect(refused.status).toBe(401);
    expect(refused.json.Message).toContain('Windows integrated authentication is not possible here.');
    const anonymous = await curl(running, '/KeyfactorAPI/Certificates', { args: invoked });
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers['www-authenticate']).toMatch(/Basic|Bearer/);
  });
});
