/** A whole Chancery in the process of the test, over a real data folder, asked as every door asks it. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type Chancery, type OpenOptions, openChancery } from '../../src/main/chancery.ts';
import { operationRequest } from '../../src/main/cli/operation-request.ts';
import type { Door } from '../../src/main/http/door.ts';
import {
  type Input,
  type OperationId,
  type Output,
  operationById,
} from '../../src/shared/operations/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  /** The output, or the problem. */
  readonly body: T & { readonly code?: string; readonly detail?: string };
}

export interface CallOptions {
  /** Null is nobody in particular: the owner at the owner's door, anonymous elsewhere. */
  readonly token?: string | null;
  readonly door?: Door;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Client {
  readonly id: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface ChanceryInProcess {
  readonly home: string;
  readonly chancery: Chancery;
  readonly logged: string[];
  /** Moves its clock, in milliseconds. */
  advance(ms: number): void;
  call<Id extends OperationId>(id: Id, input: Input<Id>, options?: CallOptions): Promise<Answer<Output<Id>>>;
  /** As call, but throws where the answer is a problem. */
  must<Id extends OperationId>(id: Id, input: Input<Id>, options?: CallOptions): Promise<Output<Id>>;
  newClient(fields?: Partial<Input<'clients.create'>>): Promise<Client>;
  /** An access token for the client. */
  token(client: Pick<Client, 'clientId' | 'clientSecret'>, realm?: string): Promise<string>;
  /** The status and the error of asking for one. */
  askToken(client: Pick<Client, 'clientId' | 'clientSecret'>, realm?: string): Promise<Answer<TokenAnswer>>;
}

interface TokenAnswer {
  readonly access_token: string;
  readonly error?: string;
  readonly error_description?: string;
}

const folder = temporaryFolder('in-process');
const signal = new AbortController().signal;
export const ownerDoor: Door = {
  kind: 'command-line',
  principal: 'owner',
  peer: { address: null, certificates: [] },
  signal,
};
export const listenerDoor: Door = {
  kind: 'listener',
  principal: null,
  peer: { address: '127.0.0.1', certificates: [] },
  signal,
};

export interface InProcessOptions {
  /** A data folder that is there already; else a new one. */
  readonly home?: string;
  /** Whether the vault is made, in a file, and the quick start's set with it: everything, where it is absent. */
  readonly prepares?: 'nothing' | 'vault' | 'everything';
  readonly systemBrowser?: OpenOptions['systemBrowser'];
}

/** Opens a data folder. */
export async function openInProcess(options: InProcessOptions = {}): Promise<ChanceryInProcess> {
  const { home = mkdtempSync(join(folder, 'home-')), prepares = 'everything' } = options;
  const logged: string[] = [];
  let aheadMs = 0;
  const clock = () => new Date(Date.now() + aheadMs);
  const { systemBrowser } = options;
  const log = (line: string) => logged.push(line);
  const chancery = await openChancery({ home, clock, log, ...(systemBrowser && { systemBrowser }) });

  const send = async <T>(request: Request, door: Door): Promise<Answer<T>> => {
    const response = await chancery.handle(request, door);
    const text = await response.text();
    // A text that is sent piece by piece is no answer to look into; its own test reads it.
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const body = text === '' || !isJson ? {} : JSON.parse(text);
    return { status: response.status, headers: response.headers, body };
  };
  const call: ChanceryInProcess['call'] = (
    id,
    input,
    { token = null, door = ownerDoor, headers = {} } = {},
  ) => {
    const outgoing = operationRequest(operationById(id), input, token);
    const url = `https://127.0.0.1${outgoing.path}`;
    return send(new Request(url, { ...outgoing, headers: { ...outgoing.headers, ...headers } }), door);
  };
  const must: ChanceryInProcess['must'] = async (id, input, given) => {
    const answer = await call(id, input, given);
    if (answer.status < 400) return answer.body;
    throw new Error(`${id} answered ${answer.status} ${answer.body.code}: ${answer.body.detail}`);
  };
  const askToken: ChanceryInProcess['askToken'] = ({ clientId, clientSecret }, realm = 'default') =>
    send(
      new Request(`https://127.0.0.1/realms/${realm}/protocol/openid-connect/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials',
      }),
      listenerDoor,
    );

  if (prepares !== 'nothing') await must('vault.initialise', { vault: 'file' });
  if (prepares === 'everything') await must('system.quickstart', {});
  return {
    home,
    chancery,
    logged,
    advance: (ms) => {
      aheadMs += ms;
    },
    call,
    must,
    newClient: (fields) =>
      must('clients.create', { name: 'Test', realms: ['default'], defaultProfile: 'tls-server', ...fields }),
    token: async (client, realm) => (await askToken(client, realm)).body.access_token,
    askToken,
  };
}
