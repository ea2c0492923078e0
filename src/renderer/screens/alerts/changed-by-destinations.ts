import type { OperationId } from '../../../shared/operations/index.ts';

/** What is read again when a destination has changed: whether it fails is an alert, too. */
export const changedByDestinations: readonly OperationId[] = [
  'alert-destinations.list',
  'alerts.list',
  'audit.list',
];
