import { watchAuthorities } from './alerts/watch-authorities.ts';
import { retireKeys } from './authorities/retire-keys.ts';
import type { Outside } from './identity-providers/outside.ts';
import { forgetOldAnswers } from './kept-answers.ts';
import { syncWhenDue } from './keycloak/sync.ts';
import { watchOrders } from './renewals/watch-orders.ts';
import { expireRequests } from './requests/expire-requests.ts';
import type { Rooms } from './rooms.ts';

export interface DueTask {
  readonly name: string;
  /** Does what the clock says is due, and nothing where nothing is. */
  readonly run: () => Promise<void>;
}

/** What Chancery does by itself, in this order: who is told of a CRL that is overdue can rely on it that one was tried. */
export function dueTasks(rooms: Rooms, outside: Outside): DueTask[] {
  const { vault, crls, listener, ocsp } = rooms;
  const ifOpen = async (run: () => Promise<void>) => (vault.isOpen ? run() : undefined);
  return [
    { name: 'retiring the former keys of authorities', run: () => retireKeys(rooms) },
    { name: 'publishing CRLs', run: () => ifOpen(() => crls.publishDue()) },
    { name: 'renewing the certificate of the listener', run: () => ifOpen(() => listener.renewIfDue()) },
    { name: 'renewing OCSP signers and answers', run: () => ifOpen(() => ocsp.renewDue()) },
    { name: 'renewing certificates', run: () => watchOrders(rooms) },
    { name: 'looking at authorities and CRLs', run: () => watchAuthorities(rooms) },
    { name: 'ending requests whose time is over', run: () => expireRequests(rooms) },
    { name: 'asking identity providers', run: () => outside.sessions.renewDue() },
    { name: 'synchronising with Keycloak', run: () => ifOpen(() => syncWhenDue(rooms)) },
    { name: 'forgetting old answers', run: () => forgetOldAnswers(rooms) },
  ];
}
