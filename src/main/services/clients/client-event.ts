import type { ClientWithRealms } from '../../store/index.ts';
import type { EventFields } from '../finish.ts';

/** The audit event of a client; of one in several realms it belongs to none, so that no auditor of one reads of others. */
export function clientEvent(
  type: string,
  { id, clientId, realmIds }: Pick<ClientWithRealms, 'id' | 'clientId' | 'realmIds'>,
  detail: Readonly<Record<string, unknown>> = {},
): EventFields {
  const [only] = realmIds;
  return {
    type,
    realm: realmIds.length === 1 ? (only ?? null) : null,
    subject: { kind: 'client', id, name: clientId },
    detail,
  };
}
