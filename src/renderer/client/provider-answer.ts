/**
 * What an identity provider sent the browser back with. It is taken out of the address as soon as it is seen, before
 * the router or the history can keep it, and handed out once.
 */
interface SignInUnderWay {
  readonly state: string;
  readonly windowSecret: string;
  /** The address that was asked for before. */
  readonly from: string;
}

export const returnPath = '/ui/signed-in';
const storageKey = 'chancery.signing-in';
let answer: string | null = null;

function take(): void {
  if (window.location.pathname !== returnPath) return;
  answer = window.location.search;
  window.history.replaceState(null, '', underWay()?.from ?? '/ui/');
}

take();

/** The query that came, with what this window knew when it left; null where it did not come from a provider. */
export function takeAnswer(): { readonly query: string; readonly begun: SignInUnderWay | null } | null {
  if (answer === null) return null;
  const taken = { query: answer, begun: underWay() };
  answer = null;
  sessionStorage.removeItem(storageKey);
  return taken;
}

/** Keeps what only this window may know until it is back. */
export function keepUnderWay(begun: SignInUnderWay): void {
  sessionStorage.setItem(storageKey, JSON.stringify(begun));
}

function underWay(): SignInUnderWay | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as SignInUnderWay | null;
    return kept?.from.startsWith('/ui/') ? kept : null;
  } catch {
    return null;
  }
}
