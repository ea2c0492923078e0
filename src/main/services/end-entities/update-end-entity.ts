import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { EndEntityRow } from '../../store/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';

const textOrNull = (value: object | null) => (value === null ? null : JSON.stringify(value));

/** The columns of the fields that were given; null clears. */
export function changeOf(fields: Omit<ParsedInput<'end-entities.update'>, 'id'>): Partial<EndEntityRow> {
  const { commonName, organization, domainNames, ipAddresses, emailAddresses, metadata } = fields;
  return {
    ...(commonName !== undefined && { commonName }),
    ...(organization !== undefined && { organization }),
    ...(domainNames !== undefined && { domainNames: JSON.stringify(domainNames) }),
    ...(ipAddresses !== undefined && { ipAddresses: JSON.stringify(ipAddresses) }),
    ...(emailAddresses !== undefined && { emailAddresses: JSON.stringify(emailAddresses) }),
    ...(metadata !== undefined && { metadata: textOrNull(metadata) }),
  };
}

/** Changes the row, with what is other than before in the audit. Throws ALREADY_EXISTS where its new name is taken. */
export async function updateEndEntity<T>(
  rooms: Rooms,
  context: Context,
  row: EndEntityRow,
  change: Partial<EndEntityRow>,
  { type, present }: { readonly type: string; readonly present: (row: EndEntityRow) => Promise<T> },
): Promise<T> {
  // Whoever archives it twice has archived it once.
  const isRepeated = (change.archivedAt ?? null) !== null && row.archivedAt !== null;
  const changed = isRepeated ? row : { ...row, ...change };
  const names = Object.keys(change).filter(
    (name) => changed[name as keyof EndEntityRow] !== row[name as keyof EndEntityRow],
  );
  const output = await present(changed);
  if (names.length === 0) return output;
  const update = rooms.store.endEntities.update(row.id, change, {
    code: 'ALREADY_EXISTS',
    detail: `There is an end entity '${changed.commonName}' in the realm already.`,
  });
  const subject = { kind: 'end-entity', id: row.id, name: changed.commonName };
  const detail = type === 'end-entity.updated' ? { changed: names } : {};
  return finish(
    rooms,
    context,
    { statements: [update], event: { type, realm: row.realmId, subject, detail } },
    output,
  );
}
