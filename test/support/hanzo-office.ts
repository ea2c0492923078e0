/** A console whose Hanzo surface real curl calls, and what its answers look like. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Output } from '../../src/shared/operations/index.ts';
import { newClient, prepareHome, type RunningConsole, startConsole } from './chancery-process.ts';
import { askToken, type CurlAnswer, type CurlRequest, curl } from './curl.ts';
import { opensslText } from './openssl.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface Issued {
  readonly certificate: string;
  readonly issuingCaCertificate: string;
  readonly certificateChain: string;
  readonly privateKey?: string;
  readonly serialNumber: string;
  readonly certificateId: string;
}

export interface IssueAnswer {
  readonly certificate: Issued;
  readonly certificateRequestId: string;
  readonly status: string;
}

export interface Failed {
  readonly reqId: string;
  readonly statusCode: number;
  readonly message: string;
  readonly error: string;
}

export interface HanzoOffice {
  readonly running: RunningConsole;
  /** Of an API client that asks for certificates. */
  readonly token: string;
  readonly otherToken: string;
  /** Of a session of the owner, who approves. */
  readonly admin: string;
  /** Ids by slugs. */
  readonly profiles: Readonly<Record<string, string>>;
  readonly authorities: Readonly<Record<string, string>>;
  /** By the native API, as the owner. */
  native<T>(path: string, request?: CurlRequest): Promise<CurlAnswer<T>>;
  /** By the surface, as the API client unless told otherwise. */
  hanzo<T>(path: string, request?: CurlRequest): Promise<CurlAnswer<T>>;
  /** Issues at once. */
  issue(json: object): Promise<IssueAnswer>;
  /** The body of a failure, which has the fields that one has, and no others. */
  refused(path: string, request: CurlRequest): Promise<Failed>;
  inFile(name: string, content: string | Uint8Array): string;
}

/** Opens a new data folder with the quick start's set. */
export async function openHanzoOffice(): Promise<HanzoOffice> {
  const folder = temporaryFolder('hanzo');
  const home = join(folder, 'home');
  const client = await prepareHome(home);
  const other = await newClient(home, 'Other');
  const running = await startConsole(home);
  const { access_token: token } = (await askToken(running, client)).json;
  const { access_token: otherToken } = (await askToken(running, other)).json;
  const redeemed = await curl<{ token: string }>(running, '/api/v1/sessions/redeem', {
    json: { ticket: running.ticket },
  });
  const admin = redeemed.json.token;
  const native = <T>(path: string, request: CurlRequest = {}) =>
    curl<T>(running, `/api/v1${path}`, { token: admin, ...request });
  const hanzo = <T>(path: string, request: CurlRequest = {}) =>
    curl<T>(running, `/api/v1/cert-manager${path}`, { token, ...request });
  const idsOf = (items: readonly { readonly slug: string; readonly id: string }[]) =>
    Object.fromEntries(items.map(({ slug, id }) => [slug, id]));
  return {
    ...{ running, token, otherToken, admin, native, hanzo },
    profiles: idsOf((await native<Output<'profiles.list'>>('/profiles')).json.items),
    authorities: idsOf((await native<Output<'authorities.list'>>('/authorities')).json.items),
    issue: async (json) => {
      const answer = await hanzo<IssueAnswer>('/certificates', { json });
      expect(answer.status, JSON.stringify(answer.json)).toBe(200);
      expect(answer.json.status).toBe('issued');
      return answer.json;
    },
    refused: async (path, request) => {
      const answer = await hanzo<Failed>(path, request);
      expect(Object.keys(answer.json).sort()).toEqual(['error', 'message', 'reqId', 'statusCode']);
      expect(answer.json.statusCode).toBe(answer.status);
      expect(answer.headers['x-request-id']).toBe(answer.json.reqId);
      return answer.json;
    },
    inFile: (name, content) => {
      const file = join(folder, name);
      writeFileSync(file, content);
      return file;
    },
  };
}

/** What openssl shows of a certificate in PEM. */
export function certificateText(office: HanzoOffice, pem: string): Promise<string> {
  return opensslText('x509', '-noout', '-text', '-in', office.inFile('text.pem', pem));
}
