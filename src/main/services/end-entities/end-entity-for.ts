import { ChanceryError, type ErrorFields } from '../../../shared/errors.ts';
import { newId } from '../../crypto/index.ts';
import type { EndEntityState, RealmRow, Statement } from '../../store/index.ts';
import type { Rooms } from '../rooms.ts';

export interface CertificateSubjectEntity {
  /** Its id, where it is known before the unit of work; else it is found by its name. */
  readonly endEntityId: string | null;
  readonly endEntityName?: { readonly realmId: string; readonly commonName: string };
  readonly statements: Statement[];
}

/**
 * Whom a certificate is for: the end entity named, else the one of that name in the realm, else a new one, made
 * by the statements given back. Throws NOT_FOUND where the one named is not in the realm, CONFLICT where it is
 * archived.
 */
export async function endEntityFor(
  rooms: Rooms,
  realm: RealmRow,
  wanted: { id?: string | undefined; commonName: string; organization?: string | undefined },
): Promise<CertificateSubjectEntity> {
  const { store, clock } = rooms;
  if (wanted.id !== undefined) {
    const row = await store.endEntities.find(wanted.id);
    if (row?.realmId === realm.id) return known(rooms, row);
    throw new ChanceryError({
      code: 'NOT_FOUND',
      detail: `There is no end entity '${wanted.id}' in the realm ${realm.slug}.`,
    });
  }
  const { commonName } = wanted;
  const found = await store.endEntities.findByName(realm.id, commonName);
  if (found) return known(rooms, found);
  const now = clock();
  const insert = store.endEntities.insertIfAbsent({
    id: newId(now),
    realmId: realm.id,
    commonName,
    organization: wanted.organization ?? null,
    domainNames: '[]',
    ipAddresses: '[]',
    createdAt: now.getTime(),
    emailAddresses: '[]',
    metadata: null,
    archivedAt: null,
  });
  // Two first certificates for one name may be on their way at once: both mean the one that gets there first.
  return { endEntityId: null, endEntityName: { realmId: realm.id, commonName }, statements: [insert] };
}

function known({ store }: Rooms, row: EndEntityState): CertificateSubjectEntity {
  const archived: ErrorFields = {
    code: 'CONFLICT',
    detail: `The end entity '${row.commonName}' is archived and gets no new certificates.`,
    hint: 'Take it back out of the archive first: end-entities restore.',
  };
  if (row.archivedAt !== null) throw new ChanceryError(archived);
  return { endEntityId: row.id, statements: [store.endEntities.mustBeOpen(row.id, archived)] };
}
