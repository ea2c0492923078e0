/** Whether nothing was issued yet. */
import type { Overview } from '../../../shared/operations/system.ts';

export function isNew(overview: Overview | undefined): boolean {
  const counts = overview?.certificates;
  return counts !== undefined && counts.valid + counts.expired + counts.revoked === 0;
}
