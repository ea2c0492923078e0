import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { createHmac } from '../crypto/index.ts';
import { connectionFailure, type Delivery, deliveryMs, tookTooLong } from './delivery.ts';

export interface Webhook {
  /** https, or http on this machine. */
  readonly url: string;
  /** What signs, 24 to 64 bytes. */
  readonly secret: Uint8Array;
  /** PEM of the authorities in place of those of the system; null for those. */
  readonly trust: string | null;
}

export interface WebhookMessage {
  /** The same each time that it is tried again. */
  readonly id: string;
  readonly mediaType: string;
  readonly body: string;
  /** When this attempt is made. */
  readonly at: Date;
}

/**
 * The signature of Standard Webhooks 1.0 (HMAC-SHA256 over id, time in seconds and body): who knows the secret sees
 * that the message is ours, and by the time that it is no replay.
 */
export function webhookSignature(secret: Uint8Array, { id, body, at }: WebhookMessage): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `v1,${createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}

/** Posts the message. What is answered is not read, and to nowhere else is it sent; only 2xx counts as delivered. */
export function postWebhook(
  { url, secret, trust }: Webhook,
  message: WebhookMessage,
  signal: AbortSignal,
): Promise<Delivery> {
  const { id, mediaType, body, at } = message;
  const deadline = AbortSignal.timeout(deliveryMs);
  const headers = {
    'content-type': mediaType,
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Chancery',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': webhookSignature(secret, message),
  };
  const options = { method: 'POST', headers, agent: false, signal: AbortSignal.any([signal, deadline]) };
  const isTls = url.startsWith('https:');
  return new Promise((resolve) => {
    const outgoing = isTls
      ? requestTls(url, { ...options, minVersion: 'TLSv1.2', ...(trust !== null && { ca: trust }) })
      : requestPlain(url, options);
    outgoing.on('error', (error) => resolve(deadline.aborted ? tookTooLong : connectionFailure(error)));
    outgoing.on('response', (answer) => {
      const status = answer.statusCode ?? 0;
      answer.destroy();
      resolve({ ok: status >= 200 && status < 300, detail: answered(status) });
    });
    outgoing.end(body);
  });
}

function answered(status: number): string {
  if (status >= 300 && status < 400)
    return `The other side answered ${status}, and would have it sent elsewhere: give that address instead.`;
  return `The other side answered ${status}.`;
}
