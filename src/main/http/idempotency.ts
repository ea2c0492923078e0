import { canonicalJson } from '../../shared/canonical-json.ts';
import { ChanceryError } from '../../shared/errors.ts';
import { sha256 } from '../crypto/index.ts';
import type { Principal } from '../services/context.ts';

const keyPattern = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/** The Idempotency-Key of a request, null where there is none. Throws INVALID_INPUT for one that is not 1 to 255 printable ASCII characters. */
export function idempotencyKey(headers: Headers): string | null {
  const key = headers.get('idempotency-key');
  if (key === null || keyPattern.test(key)) return key;
  throw new ChanceryError({
    code: 'INVALID_INPUT',
    detail: 'The Idempotency-Key must be 1 to 255 printable ASCII characters.',
  });
}

/** What makes two requests the same: SHA-256, hex, over method, path and the input as it was given. */
export function fingerprint(method: string, path: string, raw: unknown): string {
  return sha256(`${method}\n${path}\n${canonicalJson(raw)}`).toString('hex');
}

/** The keys whose first request is still running here; they die with the process, as the request does. */
export class RunningKeys {
  private readonly running = new Map<string, string>();

  /**
   * Runs the work under the key. Throws IDEMPOTENCY_IN_PROGRESS while the same request runs, and
   * IDEMPOTENCY_KEY_REUSED while another one runs under it.
   */
  async hold<T>(principal: Principal, key: string, print: string, work: () => Promise<T>): Promise<T> {
    const name = JSON.stringify([principal.kind, principal.id, key]);
    const current = this.running.get(name);
    if (current !== undefined) {
      throw current === print
        ? new ChanceryError({
            code: 'IDEMPOTENCY_IN_PROGRESS',
            detail: 'The first request with this Idempotency-Key is still running.',
            data: { retryAfterSeconds: 1 },
          })
        : new ChanceryError({
            code: 'IDEMPOTENCY_KEY_REUSED',
            detail: 'This Idempotency-Key belongs to another request.',
            hint: 'Use a new key for every new request.',
          });
    }
    this.running.set(name, print);
    try {
      return await work();
    } finally {
      this.running.delete(name);
    }
  }
}
