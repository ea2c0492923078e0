/**
 * Signing in with an identity provider. A browser leaves for the provider and comes back with a code; what only
 * this window knows is kept in its sessionStorage meanwhile, so that a code is worth nothing to another window. The
 * desktop's window stays, and waits for the browser of the system.
 */
import type { Output } from '../../shared/operations/index.ts';
import { call } from './call.ts';

type Session = Output<'identity-providers.complete-sign-in'>;

interface Begun {
  readonly state: string;
  readonly windowSecret: string;
  /** The address that was asked for before. */
  readonly from: string;
}

const storageKey = 'chancery.signing-in';
const returnPath = '/ui/signed-in';
let answer: string | null = null;

/** Takes what the provider sent back out of the address, before the router or the history can keep it. */
function take(): void {
  if (window.location.pathname !== returnPath) return;
  answer = window.location.search;
  window.history.replaceState(null, '', readBegun()?.from ?? '/ui/');
}

take();

/** The session that the window came back for; null where it comes from nowhere. The second call has none. */
export async function returnFromProvider(): Promise<Session | null> {
  if (answer === null) return null;
  const query = answer;
  answer = null;
  const begun = readBegun();
  sessionStorage.removeItem(storageKey);
  const { state = '', windowSecret = 'was not begun in this window' } = begun ?? {};
  return call('identity-providers.complete-sign-in', { state: state || '-', windowSecret, answer: query });
}

/** Leaves for the provider. */
export async function leaveForProvider(id: string): Promise<void> {
  const windowSecret = newSecret();
  const returnTo = `${window.location.origin}${returnPath}`;
  const windowHash = await sha256(windowSecret);
  const begun = await call('identity-providers.begin-sign-in', { id, windowHash, returnTo });
  const { pathname, search } = window.location;
  const kept: Begun = { state: begun.state, windowSecret, from: `${pathname}${search}` };
  sessionStorage.setItem(storageKey, JSON.stringify(kept));
  window.location.assign(begun.authorizationUrl);
}

/** Opens the browser of the system, and waits for it to come back. */
export async function signInByBrowser(id: string, signal: AbortSignal): Promise<Session> {
  const windowSecret = newSecret();
  const windowHash = await sha256(windowSecret);
  const { state } = await call('identity-providers.begin-sign-in', { id, windowHash }, { signal });
  return call('identity-providers.complete-sign-in', { state, windowSecret }, { signal });
}

function readBegun(): Begun | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as Begun | null;
    return kept?.from.startsWith('/ui/') ? kept : null;
  } catch {
    return null;
  }
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
