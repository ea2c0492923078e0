import { systemContext } from '../context.ts';
import { auditEvent } from '../finish.ts';
import type { Rooms } from '../rooms.ts';

/**
 * Ends the former keys of renewed authorities once their certificates have ended: nothing that they have issued
 * lasts longer, so nobody needs another CRL of them.
 */
export async function retireKeys(rooms: Rooms): Promise<void> {
  const { store, clock } = rooms;
  const now = clock();
  for (const { row, certificate } of (await rooms.authorities.all()).values()) {
    if (row.successorId === null || row.status !== 'active' || certificate.notAfter >= now) continue;
    const event = auditEvent(rooms, systemContext, {
      type: 'authority.key-retired',
      realm: row.realmId,
      subject: { kind: 'authority', id: row.id, name: row.slug },
      detail: { keyGeneration: row.generation },
    });
    await store.commit({ statements: [store.authorityLine.retire(row.id)], events: [event] });
    rooms.authorities.refresh();
  }
}
