import type { OperationId } from '../../../shared/operations/index.ts';

/** What shows something else once an authority was renewed, certified or has got its certificate. */
export const changedByAuthorities: readonly OperationId[] = [
  'authorities.list',
  'authorities.show',
  'authorities.requests',
  'profiles.list',
  'certificates.list',
  'system.overview',
  'audit.list',
];
