/**
 * Signing in with an identity provider. A browser leaves for the provider and comes back with a code; what only
 * this window knows is kept in its sessionStorage meanwhile, so that a code is worth nothing to another window. The
 * desktop's window stays, and waits for the browser of the system.
 */
import type { Output } from '../../shared/operations/index.ts';
import { call } from './call.ts';
import { keepUnderWay, returnPath, takeAnswer } from './provider-answer.ts';

type Session = Output<'identity-providers.complete-sign-in'>;

/** The session that the window came back for; null where it comes from nowhere. The second call has none. */
export async function returnFromProvider(): Promise<Session | null> {
  const taken = takeAnswer();
  if (taken === null) return null;
  const { state, windowSecret } = taken.begun ?? { state: '-', windowSecret: 'not begun in this window' };
  return call('identity-providers.complete-sign-in', { state, windowSecret, answer: taken.query });
}

/** Leaves for the provider. */
export async function leaveForProvider(id: string): Promise<void> {
  const windowSecret = newSecret();
  const returnTo = `${window.location.origin}${returnPath}`;
  const windowHash = await sha256(windowSecret);
  const begun = await call('identity-providers.begin-sign-in', { id, windowHash, returnTo });
  const { pathname, search } = window.location;
  keepUnderWay({ state: begun.state, windowSecret, from: `${pathname}${search}` });
  window.location.assign(begun.authorizationUrl);
}

/** Opens the browser of the system, and waits for it to come back. */
export async function signInByBrowser(id: string, signal: AbortSignal): Promise<Session> {
  const windowSecret = newSecret();
  const windowHash = await sha256(windowSecret);
  const { state } = await call('identity-providers.begin-sign-in', { id, windowHash }, { signal });
  return call('identity-providers.complete-sign-in', { state, windowSecret }, { signal });
}

function newSecret(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

async function sha256(text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
