import { describe, expect, it } from 'vitest';
import { answerBy, appScheme } from '../../../../src/main/desktop/protocol.ts';
import type { Door } from '../../../../src/main/http/door.ts';

const ours = { origin: 'chancery://app' };

function recorder(response = () => new Response('done')) {
  const calls: { request: Request; door: Door }[] = [];
  const answer = answerBy(async (request, door) => {
    calls.push({ request, door });
    return response();
  });
  return { calls, answer };
}

describe('the scheme', () => {
  it('has the privileges that pages need and no others', () => {
    expect(appScheme).toEqual({
      scheme: 'chancery',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    });
  });
});

describe('answerBy', () => {
  it('gives the handler an https URL with the same path and query', async () => {
    const { calls, answer } = recorder();
    await answer(new Request('chancery://app/api/v1/certificates?search=a%20b&limit=5'));
    expect(calls[0]?.request.url).toBe('https://app/api/v1/certificates?search=a%20b&limit=5');
  });

  it('passes method, headers and body on', async () => {
    const { calls, answer } = recorder();
    const headers = { ...ours, authorization: 'Bearer t', 'content-type': 'application/json' };
    await answer(
      new Request('chancery://app/api/v1/clients', { method: 'POST', headers, body: '{"name":"x"}' }),
    );
    const request = calls[0]?.request;
    expect(request?.method).toBe('POST');
    expect(request?.headers.get('authorization')).toBe('Bearer t');
    expect(await request?.json()).toEqual({ name: 'x' });
  });

  it('says that the person of the operating system calls, from no address', async () => {
    const { calls, answer } = recorder();
    await answer(new Request('chancery://app/ui/'));
    expect(calls[0]?.door).toMatchObject({
      kind: 'desktop',
      principal: 'owner',
      peer: { address: null, certificates: [] },
    });
  });

  it.each(['chancery://other/ui/', 'chancery://app.example/ui/', 'chancery://app:81/ui/'])(
    'knows no host but app: %s',
    async (url) => {
      const { calls, answer } = recorder();
      expect((await answer(new Request(url))).status).toBe(404);
      expect(calls).toEqual([]);
    },
  );

  it.each([
    ['no origin', {}],
    ["a sandboxed frame's origin", { origin: 'null' }],
    ['a web page', { origin: 'https://example.com' }],
    ['another host of the scheme', { origin: 'chancery://other' }],
  ])('refuses a change from %s', async (_title, headers) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const { calls, answer } = recorder();
      expect((await answer(new Request('chancery://app/api/v1/clients', { method, headers }))).status).toBe(
        403,
      );
      expect(calls).toEqual([]);
    }
  });

  it('refuses even reading where Electron says that another page asks', async () => {
    const { calls, answer } = recorder();
    const request = Object.assign(new Request('chancery://app/api/v1/certificates', { headers: ours }), {
      initiatorOrigin: 'https://example.com',
    });
    expect((await answer(request)).status).toBe(403);
    expect(calls).toEqual([]);
  });

  it('answers with the status, headers and body of the handler', async () => {
    const { answer } = recorder(() => new Response('made', { status: 201, headers: { etag: '"1"' } }));
    const response = await answer(new Request('chancery://app/ui/'));
    expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([
      201,
      '"1"',
      'made',
    ]);
  });

  it('passes an answer without a body', async () => {
    const { answer } = recorder(() => new Response(null, { status: 204 }));
    expect((await answer(new Request('chancery://app/ui/'))).body).toBeNull();
  });

  it("aborts the door's signal and ends the handler's stream when the page stops reading", async () => {
    let cancelled: unknown;
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('event\n')),
      cancel: (reason) => {
        cancelled = reason;
      },
    });
    const { calls, answer } = recorder(() => new Response(endless));
    const response = await answer(new Request('chancery://app/api/v1/events'));
    const reader = response.body?.getReader();
    await reader?.read();
    expect(calls[0]?.door.signal.aborted).toBe(false);
    await reader?.cancel('gone');
    expect(calls[0]?.door.signal.aborted).toBe(true);
    expect(cancelled).toBe('gone');
  });
});
