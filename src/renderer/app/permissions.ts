/** Who is signed in and what they may do; screens hide what the service would refuse anyway. */
import type { Permission } from '../../shared/model/permissions.ts';
import { useOperation } from '../client/queries.ts';

/** The person (or client) behind this window's session. */
export function useWhoami() {
  return useOperation('sessions.whoami', {}).data;
}

/** Tells of a permission whether the person holds it; false until that is known. */
export function useMay(): (permission: Permission) => boolean {
  const held = useWhoami()?.permissions;
  return (permission) => held?.includes(permission) ?? false;
}
