import { sha256 } from '../../crypto/index.ts';

/** Whom our access tokens are for (`aud`). */
export const audience = 'chancery';
export const refreshPrefix = 'chr_';

/** What a token says, as far as it matters after its signature was verified. */
export interface TokenClaims {
  /** Id of its row in the store. */
  readonly jti: string;
  /** Seconds since 1970. */
  readonly exp: number;
  /** x5t#S256 of the certificate that its connection has to show (RFC 8705 section 3.1), or null. */
  readonly boundTo: string | null;
}

/** A client uses its token again and again until it expires, and few clients are busy at a time. */
const mostTokens = 2_000;

/**
 * Tokens whose signature was verified, so that each is verified once: by their hashes, since the tokens themselves
 * are credentials. Whether the client may still act is asked at every use, and not remembered here.
 */
export class VerifiedTokens {
  readonly #claims = new Map<string, TokenClaims>();

  /** The token's claims, unless they were never verified or have expired by now. */
  find(token: string, now: Date): TokenClaims | undefined {
    const key = keyOf(token);
    const claims = this.#claims.get(key);
    if (claims === undefined || now.getTime() < claims.exp * 1000) return claims;
    this.#claims.delete(key);
    return undefined;
  }

  add(token: string, claims: TokenClaims): void {
    if (this.#claims.size >= mostTokens) {
      for (const oldest of this.#claims.keys()) {
        this.#claims.delete(oldest);
        break;
      }
    }
    this.#claims.set(keyOf(token), claims);
  }

  clear(): void {
    this.#claims.clear();
  }
}

function keyOf(token: string): string {
  return sha256(token).toString('base64');
}
