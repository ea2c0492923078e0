/** Load over HTTP/1.1 connections that stay open, cheap enough that the server and not the asking is measured. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface HttpLoad {
  /** Sends so many requests over all connections, each as its connection has its answer to the one before. */
  send(times: number): Promise<void>;
  close(): void;
}

/** The bytes of a POST of the body. */
export function postRequest(port: number, path: string, contentType: string, body: Uint8Array): Buffer {
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: ${contentType}\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/** Connections that take the requests by turns; every answer must be a 200 that `accepts` finds right. */
export async function openHttpLoad(
  port: number,
  connections: number,
  requests: readonly Buffer[],
  accepts: (body: Buffer) => boolean,
): Promise<HttpLoad> {
  const sockets = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect({ host: '127.0.0.1', port, noDelay: true });
      await once(socket, 'connect');
      return socket;
    }),
  );
  return {
    send: async (times) => {
      const each = Math.ceil(times / connections);
      await Promise.all(sockets.map((socket, index) => sendAll(socket, requests, index, each, accepts)));
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function sendAll(
  socket: Socket,
  requests: readonly Buffer[],
  from: number,
  times: number,
  accepts: (body: Buffer) => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let received: Buffer = Buffer.alloc(0);
    const next = () => {
      const request = requests[(from + sent) % requests.length];
      sent += 1;
      if (request) socket.write(request);
    };
    const onData = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const answer = answerIn(received);
      if (!answer) return;
      received = Buffer.alloc(0);
      if (answer.status !== 200 || (sent === times && !accepts(answer.body))) {
        finish(new Error(`a server answered ${answer.status} with ${answer.body.length} bytes`));
      } else if (sent === times) finish();
      else next();
    };
    const onClose = () => finish(new Error('a server closed the connection'));
    const finish = (error?: Error) => {
      socket.off('data', onData).off('close', onClose);
      if (error) reject(error);
      else resolve();
    };
    socket.on('data', onData).on('close', onClose);
    next();
  });
}

/** The answer, once all of it is there. */
function answerIn(bytes: Buffer): { status: number; body: Buffer } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
  const body = bytes.subarray(end + 4);
  return body.length < length ? undefined : { status: Number(head.slice(9, 12)), body };
}
