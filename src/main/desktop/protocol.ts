import type { CustomScheme } from 'electron';
import type { Door } from '../http/door.ts';

/** The one origin of the window. */
export const appOrigin = 'chancery://app';

/** Must be registered before Electron is ready. `standard` gives URLs an origin, `codeCache` a faster start. */
export const appScheme: CustomScheme = {
  scheme: 'chancery',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

type Handle = (request: Request, door: Door) => Promise<Response>;

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Answers chancery://app/... by the fetch handler, in process. Only the host `app` exists; a request that
 * changes something must come from our own page, and no request may come from any other. The handler sees an
 * https URL, since a custom scheme's URL has the origin 'null' for it.
 */
export function answerBy(handle: Handle): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    if (url.host !== 'app') return refusal(404, 'There is no such host.');
    if (!isOurs(request)) return refusal(403, 'This comes from another origin.');
    const leaving = new AbortController();
    const peer = { address: null, certificates: [] };
    const door: Door = { kind: 'desktop', principal: 'owner', peer, signal: leaving.signal };
    return abortOnCancel(await handle(rewrite(request, url, leaving.signal), door), leaving);
  };
}

function isOurs(request: Request): boolean {
  // Electron's own note of who asks, which the asking page cannot write; absent where nobody but the shell asks.
  const initiator = 'initiatorOrigin' in request ? request.initiatorOrigin : undefined;
  if (initiator !== undefined && initiator !== appOrigin) return false;
  return safeMethods.has(request.method) || request.headers.get('origin') === appOrigin;
}

function rewrite(request: Request, url: URL, signal: AbortSignal): Request {
  const { method, headers, body } = request;
  const init: RequestInit & { duplex: 'half' } = { method, headers, body, signal, duplex: 'half' };
  return new Request(`https://app${url.pathname}${url.search}`, init);
}

/** Turns the cancelling of the answer's stream into the door's signal: Electron's request signal never aborts. */
function abortOnCancel(response: Response, leaving: AbortController): Response {
  if (!response.body) return response;
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => {
      leaving.abort(reason);
      return reader.cancel(reason);
    },
  });
  return new Response(body, response);
}

function refusal(status: number, detail: string): Response {
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
  return new Response(JSON.stringify({ type: 'about:blank', status, detail }), { status, headers });
}
