import type { ApiClient } from '../../../shared/operations/clients.ts';
import type { ClientWithRealms } from '../../store/index.ts';
import { type Context, reaches } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { isUsable } from '../tokens/client-certificates.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

/** Presents clients as the caller sees them: realms that it does not reach stay hidden, even of a client that it sees. */
export async function clientPresenter(rooms: Rooms, { principal }: Context, search?: string) {
  const slugs = await rooms.realms.slugs();
  const profiles = new Map((await rooms.profiles.all(null)).map(({ row }) => [row.id, row]));
  const now = rooms.clock();
  const caller = { ...principal, closedRealms: new Set<string>() };
  return async (row: ClientWithRealms): Promise<ApiClient> => {
    const realmIds = row.realmIds.filter((id) => reaches(caller, id));
    const profile = row.defaultProfileId === null ? undefined : profiles.get(row.defaultProfileId);
    const matchedField = search === undefined ? undefined : matched(row, search);
    return {
      id: row.id,
      clientId: row.clientId,
      name: row.name,
      realms: realmIds.flatMap((id) => slugs.get(id) ?? []),
      defaultProfile: profile && reaches(caller, profile.realmId) ? profile.slug : null,
      role: row.role,
      passwordGrant: row.passwordGrant === 1,
      enabled: row.enabled === 1,
      active: row.enabled === 1 && row.realmIds.length > 0,
      secrets: secretsOf(rooms, row.id, now),
      certificates: await certificatesOf(rooms, row.id, now),
      createdAt: iso(row.createdAt),
      lastUsedAt: isoOrNull(row.lastUsedAt),
      ...(matchedField && { matchedField }),
    };
  };
}

function matched(row: ClientWithRealms, search: string): 'clientId' | 'name' {
  return row.clientId.toLowerCase().includes(search.toLowerCase()) ? 'clientId' : 'name';
}

function secretsOf({ store }: Rooms, clientId: string, now: Date): ApiClient['secrets'] {
  return store.clientCredentials
    .secretsOf(clientId)
    .filter(({ expiresAt }) => expiresAt === null || expiresAt > now.getTime())
    .map(({ createdAt, expiresAt, lastUsedAt }) => ({
      createdAt: iso(createdAt),
      expiresAt: isoOrNull(expiresAt),
      lastUsedAt: isoOrNull(lastUsedAt),
    }));
}

async function certificatesOf(
  { store }: Rooms,
  clientId: string,
  now: Date,
): Promise<ApiClient['certificates']> {
  const named = store.clientCredentials.certificatesOf(clientId);
  const found = await Promise.all(named.map(({ certificateId }) => store.certificates.find(certificateId)));
  return named.flatMap(({ certificateId, method }, index) => {
    const certificate = found[index];
    if (!certificate) return [];
    const { commonName, serialNumber, notAfter } = certificate;
    const usable = isUsable(certificate, now);
    return [{ certificateId, method, commonName, serialNumber, notAfter: iso(notAfter), usable }];
  });
}
