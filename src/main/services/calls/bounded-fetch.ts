/**
 * Calls to the outside. What it is for: to ask services that a person configured, and no others. Its invariant:
 * every call ends, after a time and a size that are known before; it goes where it was sent and is led nowhere
 * else (no redirect is followed); it is encrypted unless it stays on this machine. What does not belong: what is
 * asked, and what the answer means.
 */
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { ChanceryError } from '../../../shared/errors.ts';
import { isLoopbackUrl } from '../../../shared/model/identity-provider.ts';

export interface FetchBounds {
  /** PEM of the only authorities that are trusted; those of the machine without it. */
  readonly ca?: string | undefined;
  /** Whether this machine itself may be asked: only where the configured address says so. */
  readonly mayBeLoopback: boolean;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

export interface FetchInit {
  readonly method?: string | undefined;
  readonly headers?: HeadersInit | undefined;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null | undefined;
}

export type BoundedFetch = (url: string, init?: FetchInit) => Promise<Response>;

const usualTimeoutMs = 10_000;
const usualMaxBytes = 1_000_000;

/** A fetch within those bounds. It throws PROVIDER_UNAVAILABLE for all that keeps an answer from coming. */
export function boundedFetch(bounds: FetchBounds): BoundedFetch {
  const { ca, mayBeLoopback, timeoutMs = usualTimeoutMs, maxBytes = usualMaxBytes } = bounds;
  return (address, init = {}) => {
    const url = new URL(address);
    const isLoopback = isLoopbackUrl(address);
    if (isLoopback && !mayBeLoopback) throw unavailable(url, 'it names this machine');
    if (url.protocol !== 'https:' && !(isLoopback && url.protocol === 'http:')) {
      throw unavailable(url, 'it is not encrypted');
    }
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    const body = init.body === undefined || init.body === null ? '' : String(init.body);
    const headers = Object.fromEntries(new Headers(init.headers).entries());
    if (init.body instanceof URLSearchParams) headers['content-type'] ??= 'application/x-www-form-urlencoded';
    if (body !== '') headers['content-length'] = String(Buffer.byteLength(body));
    const options = { method: init.method ?? 'GET', headers, signal, agent: false as const };
    return new Promise<Response>((resolve, reject) => {
      const fail = (cause: unknown) =>
        reject(unavailable(url, timeout.aborted ? 'it takes too long' : reasonOf(cause), cause));
      const outgoing =
        url.protocol === 'https:'
          ? requestTls(url, { ...options, ...(ca !== undefined && { ca }) })
          : requestPlain(url, options);
      outgoing.on('error', fail);
      outgoing.on('response', (incoming) => {
        const chunks: Buffer[] = [];
        let size = 0;
        incoming.on('data', (chunk: Buffer) => {
          size += chunk.length;
          chunks.push(chunk);
          if (size > maxBytes) outgoing.destroy(new Error('its answer is too long'));
        });
        incoming.on('error', fail);
        incoming.on('aborted', () => fail(new Error('it broke off')));
        incoming.on('end', () => {
          if (size <= maxBytes) resolve(responseOf(incoming.statusCode ?? 0, incoming.headers, chunks));
        });
      });
      outgoing.end(body);
    });
  };
}

/** JSON of a success. Throws PROVIDER_UNAVAILABLE for everything else. */
export async function jsonOf(response: Response, address: string): Promise<unknown> {
  const url = new URL(address);
  if (!response.ok) throw unavailable(url, `it answers with the status ${response.status}`);
  return response.json().catch((cause: unknown) => {
    throw unavailable(url, 'what it answers is not JSON', cause);
  });
}

function responseOf(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  chunks: readonly Buffer[],
): Response {
  const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  const isEmpty = status < 200 || status === 204 || status === 304;
  return new Response(isEmpty ? null : Buffer.concat(chunks), {
    status: status < 200 ? 599 : status,
    headers: kept,
  });
}

function unavailable(url: URL, reason: string, cause?: unknown): ChanceryError {
  return new ChanceryError({
    code: 'PROVIDER_UNAVAILABLE',
    detail: `${url.origin}${url.pathname} cannot be used: ${reason}.`,
    hint: 'Signing in with name and password, and what is kept here, go on working.',
    data: { retryAfterSeconds: 10 },
    cause,
  });
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause instanceof Error ? (cause as Error & { code?: string }) : {};
  if (code === 'ECONNREFUSED') return 'nothing answers there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its name is not known';
  if (code?.includes('CERT') || code?.includes('SELF_SIGNED') || code?.includes('ISSUER'))
    return `its certificate is not trusted (${code})`;
  return message ?? 'it does not answer';
}
