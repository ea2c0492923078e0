import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { boundedFetch } from '../../../../../src/main/services/calls/bounded-fetch.ts';

describe('a call to the outside', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });
  const listen = async (answer: RequestListener): Promise<string> => {
    server = createServer(answer);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
  };
  const unavailable = { code: 'PROVIDER_UNAVAILABLE' };

  it('brings what was sent and what was answered', async () => {
    const url = await listen((request, response) => {
      request.setEncoding('utf8').on('data', (text) => response.end(`${request.method} ${text}`));
    });
    const fetch = boundedFetch({ mayBeLoopback: true });
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ a: 'b c' }) });
    expect(await answer.text()).toBe('POST a=b+c');
  });

  it('goes to this machine only where it was told to, and nowhere in clear', async () => {
    const url = await listen((_request, response) => response.end());
    for (const to of [url, 'http://localhost:1/', 'http://[::1]:1/', 'https://127.0.0.1/'])
      await expect(async () => boundedFetch({ mayBeLoopback: false })(to)).rejects.toMatchObject(unavailable);
    const plain = async () => boundedFetch({ mayBeLoopback: true })('http://provider.example/');
    await expect(plain).rejects.toMatchObject(unavailable);
  });

  it('follows no redirect', async () => {
    const url = await listen((_request, response) => response.writeHead(302, { location: '/other' }).end());
    expect((await boundedFetch({ mayBeLoopback: true })(url)).status).toBe(302);
  });

  it('ends when the answer is too long, too slow, or breaks off', async () => {
    const long = await listen((_request, response) => response.end('x'.repeat(1_001)));
    await expect(boundedFetch({ mayBeLoopback: true, maxBytes: 1_000 })(long)).rejects.toMatchObject(
      unavailable,
    );
    server?.close();
    const silent = await listen(() => undefined);
    await expect(boundedFetch({ mayBeLoopback: true, timeoutMs: 50 })(silent)).rejects.toMatchObject(
      unavailable,
    );
    server?.closeAllConnections();
    server?.close();
    const broken = await listen((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.destroy(), 10);
    });
    await expect(boundedFetch({ mayBeLoopback: true })(broken)).rejects.toMatchObject(unavailable);
  });
});
