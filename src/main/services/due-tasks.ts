import { followAudit } from './alerts/follow-audit.ts';
import { watchAuthorities } from './alerts/watch-authorities.ts';
import { watchPending } from './alerts/watch-pending.ts';
import { watchSecrets } from './alerts/watch-secrets.ts';
import { retireKeys } from './authorities/retire-keys.ts';
import type { Outside } from './identity-providers/outside.ts';
import { forgetOldAnswers } from './kept-answers.ts';
import { syncWhenDue } from './keycloak/sync.ts';
import { watchOrders } from './renewals/watch-orders.ts';
import { expireRequests } from './requests/expire-requests.ts';
import type { Rooms } from './rooms.ts';
import { forgetExpired } from './tokens/forget-expired.ts';

export interface DueTask {
  readonly name: string;
  /** Does what the clock says is due, and nothing where nothing is. */
  readonly run: () => Promise<void>;
}

/** What Chancery does by itself, in this order: who is told of a CRL that is overdue can rely on it that one was tried. */
export function dueTasks(rooms: Rooms): DueTask[] {
  const { vault, crls, listener, ocsp, tokenKeys } = rooms;
  const ifOpen = async (run: () => Promise<void>) => (vault.isOpen ? run() : undefined);
  return [
    { name: 'retiring the former keys of authorities', run: () => retireKeys(rooms) },
    { name: 'publishing CRLs', run: () => ifOpen(() => crls.publishDue()) },
    { name: 'renewing the certificate of the listener', run: () => ifOpen(() => listener.renewIfDue()) },
    { name: 'renewing OCSP signers and answers', run: () => ifOpen(() => ocsp.renewDue()) },
    { name: 'renewing certificates', run: () => watchOrders(rooms) },
    { name: 'looking at authorities and CRLs', run: () => watchAuthorities(rooms) },
    { name: 'ending requests whose time is over', run: () => expireRequests(rooms) },
    { name: 'telling of client secrets that end', run: () => watchSecrets(rooms) },
    { name: 'changing the key that signs tokens', run: () => ifOpen(() => tokenKeys.rotateDue()) },
    { name: 'forgetting tokens that have expired', run: () => forgetExpired(rooms) },
    { name: 'telling of what waits for a decision', run: () => watchPending(rooms) },
    { name: 'forgetting old answers', run: () => forgetOldAnswers(rooms) },
  ];
}

/** What may have to wait for others outside, so that nothing here waits for it. */
export function outwardTasks(rooms: Rooms, outside: Outside): DueTask[] {
  const syncIfOpen = async () => (rooms.vault.isOpen ? syncWhenDue(rooms) : undefined);
  return [
    { name: 'following what has happened', run: () => followAudit(rooms) },
    { name: 'delivering alerts', run: () => rooms.outlet.deliverDue() },
    { name: 'asking identity providers', run: () => outside.sessions.renewDue() },
    { name: 'synchronising with Keycloak', run: syncIfOpen },
  ];
}
