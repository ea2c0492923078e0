import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';

export interface ApiAnswer<T> {
  readonly status: number;
  readonly body: T & { readonly code?: string };
}

export interface ApiClient {
  /** POST with JSON, or GET where there is none. Rejects where the other side is gone. */
  ask<T>(path: string, token: string | null, json?: unknown): Promise<ApiAnswer<T>>;
  bytes(path: string): Promise<Buffer>;
  close(): void;
}

/** Asks over kept connections, many at once where curl would be too slow. */
export function openApiClient(at: { readonly url: string; readonly caFile: string }): ApiClient {
  const agent = new Agent({ keepAlive: true, ca: readFileSync(at.caFile) });
  const send = (path: string, token: string | null, json?: unknown) =>
    new Promise<{ status: number; bytes: Buffer }>((resolve, reject) => {
      const headers = {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
      };
      const method = json === undefined ? 'GET' : 'POST';
      const outgoing = request(`${at.url}${path}`, { agent, method, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, bytes: Buffer.concat(chunks) }));
      });
      outgoing.on('error', reject);
      outgoing.end(json === undefined ? undefined : JSON.stringify(json));
    });
  return {
    ask: async (path, token, json) => {
      const { status, bytes } = await send(path, token, json);
      return { status, body: JSON.parse(bytes.toString()) };
    },
    bytes: async (path) => (await send(path, null)).bytes,
    close: () => agent.destroy(),
  };
}
