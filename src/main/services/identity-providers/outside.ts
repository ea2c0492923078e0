import type { Rooms } from '../rooms.ts';
import { DirectoryAccounts } from './directory-accounts.ts';
import { ExternalSignIns } from './external-sign-ins.ts';
import { FederatedSessions } from './federated-sessions.ts';
import type { SystemBrowser } from './system-browser.ts';

/** Everything that lets somebody in on the word of another: built once, over the rooms. */
export interface Outside {
  readonly signIns: ExternalSignIns;
  readonly sessions: FederatedSessions;
  readonly accounts: DirectoryAccounts;
}

export function buildOutside(rooms: Rooms, browser: SystemBrowser | null): Outside {
  const sessions = new FederatedSessions(rooms);
  return {
    sessions,
    signIns: new ExternalSignIns(rooms, sessions, browser),
    accounts: new DirectoryAccounts(rooms),
  };
}
