import { type Principal, principalWith } from '../context.ts';
import { administratorEverywhere } from '../roles/role-directory.ts';

/** The person of the operating system at the window or the owner's socket: an administrator until operators exist. */
export const owner: Principal = principalWith({ kind: 'operator', id: null, name: 'owner' }, [
  administratorEverywhere,
]);
