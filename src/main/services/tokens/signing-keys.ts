import type { JSONWebKeySet } from 'jose';
import { createPublicKey, newId } from '../../crypto/index.ts';
import type { Statement } from '../../store/index.ts';
import { systemContext } from '../context.ts';
import { auditEvent } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { derToJose } from './token-signature.ts';

/** When another key takes over without being asked. */
const longestUseMs = 90 * 86_400_000;
/** No token lives longer than the setting allows, a day; so long a key that signs no more is still published. */
const afterlifeMs = 86_400_000 + 60_000;

type Needs = Pick<Rooms, 'store' | 'clock' | 'signer' | 'vault'>;

interface Keys {
  readonly keyId: string;
  readonly jwks: JSONWebKeySet;
}

/** The keys that sign access tokens: one that signs, and those of before as long as a token of theirs can live. */
export class SigningKeys {
  readonly #rooms: Needs;
  #keys: Promise<Keys> | undefined;

  constructor(rooms: Needs) {
    this.#rooms = rooms;
    // The keys of another vault are other keys.
    rooms.vault.onLock(() => {
      this.#keys = undefined;
    });
  }

  /** RFC 7517, the key that signs first. Throws LOCKED where the key was never made. */
  async jwks(): Promise<JSONWebKeySet> {
    return (await this.#current()).jwks;
  }

  /** A JWT with these claims (RFC 7519), signed with ES256. */
  async sign(claims: Readonly<Record<string, unknown>>, type: string): Promise<string> {
    const { keyId } = await this.#current();
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${encode({ alg: 'ES256', typ: type, kid: keyId })}.${encode(claims)}`;
    const signature = derToJose(await this.#rooms.signer.sign(keyId, Buffer.from(signed)));
    return `${signed}.${Buffer.from(signature).toString('base64url')}`;
  }

  /** Statements that make another key the one that signs, and what to do once they are committed. */
  async rotation(): Promise<{ keyId: string; statements: Statement[]; done: () => void }> {
    const { store, clock, signer } = this.#rooms;
    const now = clock();
    const keyId = newId(now);
    const key = await signer.generate(keyId, 'ecdsa-p256');
    return {
      keyId,
      statements: [
        store.keys.insert(key, now),
        store.tokens.retireKeys(now.getTime()),
        store.tokens.insertKey(keyId, now.getTime()),
      ],
      done: () => {
        this.#keys = undefined;
      },
    };
  }

  /** Makes another key when the time has come, and forgets those whose tokens have all expired. */
  async rotateDue(): Promise<void> {
    const { store, clock } = this.#rooms;
    const now = clock().getTime();
    const keys = await store.tokens.keys();
    if (keys.some(({ retiredAt, createdAt }) => retiredAt === null && now - createdAt > longestUseMs)) {
      await this.#make();
    }
    const over = keys.filter(({ retiredAt }) => retiredAt !== null && now - retiredAt > afterlifeMs);
    if (over.length === 0) return;
    await store.commit({
      statements: over.flatMap(({ keyId }) => store.tokens.deleteKey(keyId)),
      events: [],
    });
    this.#keys = undefined;
  }

  #current(): Promise<Keys> {
    this.#keys ??= this.#load().catch((error: unknown) => {
      this.#keys = undefined;
      throw error;
    });
    return this.#keys;
  }

  async #load(): Promise<Keys> {
    const { store } = this.#rooms;
    let rows = await store.tokens.keys();
    if (!rows.some(({ retiredAt }) => retiredAt === null)) {
      await this.#make();
      rows = await store.tokens.keys();
    }
    const signing = rows.find(({ retiredAt }) => retiredAt === null);
    if (!signing) throw new Error('the key that signs tokens is gone');
    const jwks = await Promise.all(
      [signing, ...rows.filter((row) => row !== signing)].map(async ({ keyId }) => {
        const key = await store.keys.find(keyId);
        if (!key) throw new Error('the key that signs tokens is gone');
        const jwk = createPublicKey({ key: key.spki, format: 'der', type: 'spki' }).export({ format: 'jwk' });
        return { ...jwk, kty: 'EC', kid: keyId, use: 'sig', alg: 'ES256' };
      }),
    );
    return { keyId: signing.keyId, jwks: { keys: jwks } };
  }

  async #make(): Promise<void> {
    const { keyId, statements, done } = await this.rotation();
    const event = auditEvent(this.#rooms, systemContext, { type: 'token.key-created', detail: { keyId } });
    await this.#rooms.store.commit({ statements, events: [event] });
    done();
  }
}
