import { ChanceryError } from '../../../../shared/errors.ts';
import { sha256 } from '../../../crypto/index.ts';
import type { Context } from '../../../services/context.ts';
import { contextOf } from '../../admission.ts';
import type { Door } from '../../door.ts';
import { performAs } from '../../perform-operation.ts';
import type { HttpPorts } from '../../ports.ts';

/** Scripts send their password with every call; so many of them stay signed in. */
const mostSignedIn = 500;

/** Who calls the surface: by a token, or by name and password as HTTP Basic (RFC 7617) has them. */
export class KeyfactorCallers {
  readonly #ports: HttpPorts;
  /** Tokens of sessions by the hash of the header that began them. */
  readonly #sessions = new Map<string, string>();

  constructor(ports: HttpPorts) {
    this.#ports = ports;
  }

  /** Throws UNAUTHENTICATED, WRONG_CREDENTIALS, TOKEN_EXPIRED, TOKEN_INVALID, RATE_LIMITED. */
  async contextOf(request: Request, door: Door, requestId: string): Promise<Context> {
    const header = request.headers.get('authorization')?.trim() ?? '';
    const scheme = header.split(' ', 1)[0]?.toLowerCase() ?? '';
    if (scheme === 'negotiate' || scheme === 'ntlm') {
      throw new ChanceryError({
        code: 'UNAUTHENTICATED',
        detail: 'Windows integrated authentication is not possible here.',
        hint: 'Send name and password by Basic, or a token of an API client as Bearer.',
      });
    }
    const context =
      scheme === 'basic'
        ? await this.#byPassword(header, request, door, requestId)
        : await contextOf(request, door, this.#ports);
    if (context.principal.kind !== 'anonymous') return context;
    throw new ChanceryError({
      code: 'UNAUTHENTICATED',
      detail: 'Authentication is required: a token as Bearer, or name and password by Basic.',
      hint: 'Windows integrated authentication is not possible here.',
    });
  }

  async #byPassword(header: string, request: Request, door: Door, requestId: string): Promise<Context> {
    const key = sha256(header).toString('base64');
    const known = this.#sessions.get(key);
    if (known !== undefined) {
      try {
        return await this.#withToken(known, request, door);
      } catch {
        // It has ended, or its operator may not act any more: the password decides.
        this.#sessions.delete(key);
      }
    }
    try {
      return await contextOf(request, door, this.#ports);
    } catch (error) {
      // Nobody else knows passwords here: then they are those of operators.
      if (!(error instanceof ChanceryError) || error.code !== 'UNAUTHENTICATED') throw error;
    }
    const token = await this.#signIn(header, request, door, requestId);
    if (this.#sessions.size >= mostSignedIn) this.#sessions.delete([...this.#sessions.keys()][0] ?? '');
    this.#sessions.set(key, token);
    return this.#withToken(token, request, door);
  }

  #withToken(token: string, request: Request, door: Door): Promise<Context> {
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${token}`);
    return contextOf(new Request(request.url, { headers }), door, this.#ports);
  }

  async #signIn(header: string, request: Request, door: Door, requestId: string): Promise<string> {
    const [name, password] = nameAndPassword(header);
    const headers = new Headers(request.headers);
    headers.delete('authorization');
    const nobody = await contextOf(new Request(request.url, { headers }), door, this.#ports);
    const perform = performAs(nobody, this.#ports, requestId);
    const signIn = async (as: string) => (await perform('sessions.create', { name: as, password })).token;
    const bare = name.slice(name.lastIndexOf('\\') + 1);
    return signIn(name).catch((error: unknown) => {
      const isUnknown = error instanceof ChanceryError && error.code === 'WRONG_CREDENTIALS';
      if (isUnknown && bare !== name && bare !== '') return signIn(bare);
      throw error;
    });
  }
}

/** Name and password; a domain stays before the name. Throws UNAUTHENTICATED. */
function nameAndPassword(header: string): [string, string] {
  const [, encoded = ''] = /^basic +([A-Za-z0-9+/]+=*)$/i.exec(header) ?? [];
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  if (colon > 0 && colon + 1 < text.length) return [text.slice(0, colon), text.slice(colon + 1)];
  throw new ChanceryError({
    code: 'UNAUTHENTICATED',
    detail: 'The header of HTTP Basic is malformed: it is base64 of name:password.',
  });
}
