import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';

interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly error?: string;
}

export interface CurlAnswer<T> {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The output or the problem; nothing in it where the answer is no JSON. */
  readonly json: T & Problem;
}

export interface CurlRequest {
  readonly method?: string;
  readonly token?: string;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly args?: readonly string[];
  readonly input?: string | Uint8Array;
}

/** Asks with the real curl, which trusts what tls/ca.pem holds and nothing else. */
export async function curl<T = Problem>(
  at: { readonly url: string; readonly caFile: string },
  path: string,
  request: CurlRequest = {},
): Promise<CurlAnswer<T>> {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-curl-'));
  const [headerFile, bodyFile] = [join(folder, 'headers'), join(folder, 'body')];
  const { method, token, json, args = [] } = request;
  const input = json === undefined ? request.input : JSON.stringify(json);
  try {
    const ran = await runProgram(
      'curl',
      [
        ...['--silent', '--show-error', '--cacert', at.caFile, '--dump-header', headerFile],
        ...['--output', bodyFile, '--write-out', '%{http_code}'],
        ...(method ? ['--request', method] : []),
        ...(token ? ['--header', `Authorization: Bearer ${token}`] : []),
        ...(json === undefined ? [] : ['--header', 'Content-Type: application/json', '--data-binary', '@-']),
        ...args,
        `${at.url}${path}`,
      ],
      input === undefined ? {} : { input },
    );
    const status = Number(ran.stdout);
    if (status === 0) throw new Error(`curl ended with ${ran.code}: ${ran.stderr}`);
    const body = readFileSync(bodyFile, { flag: 'a+' });
    const headers = headersOf(readFileSync(headerFile, 'utf8'));
    return {
      status,
      headers,
      body,
      json: /json/.test(headers['content-type'] ?? '') ? JSON.parse(body.toString()) : {},
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Of the last answer, where there was a 100 before it. */
function headersOf(text: string): Record<string, string> {
  const last =
    text
      .trimEnd()
      .split(/\r\n\r\n/)
      .at(-1) ?? '';
  const lines = last.split('\r\n').slice(1);
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
}

/** The answer of the token endpoint, by HTTP Basic as curl's --user sends it. */
export function askToken(
  at: { readonly url: string; readonly caFile: string },
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
  realm = 'default',
): Promise<CurlAnswer<{ readonly access_token: string }>> {
  const args = ['--user', `${clientId}:${clientSecret}`, '--data', 'grant_type=client_credentials'];
  return curl(at, `/realms/${realm}/protocol/openid-connect/token`, { args });
}
