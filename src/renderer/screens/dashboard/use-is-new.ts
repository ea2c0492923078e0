/** Whether anything was issued yet but what the installation issues to itself. */
import type { Overview } from '../../../shared/operations/system.ts';
import { useOperation } from '../../client/queries.ts';

/** Slug of the built-in realm, whose certificates are Chancery's own (its listener's). */
const ownRealm = 'system';
/** Above this many certificates somebody has worked here, and nothing needs to be asked. */
const few = 5;

export function useIsNew(overview: Overview | undefined): boolean {
  const counts = overview?.certificates;
  const count = counts === undefined ? few : counts.valid + counts.expired + counts.revoked;
  const list = useOperation('certificates.list', { limit: few }, { enabled: count < few });
  return count < few && list.data !== undefined && list.data.items.every(({ realm }) => realm === ownRealm);
}
