import { isAbsolute } from 'node:path';
import { ChanceryError } from '../../../shared/errors.ts';
import type { CrlSettings } from '../../../shared/model/crl-settings.ts';
import type { Authority } from '../../../shared/operations/authorities.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { AuthorityRow } from '../../store/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { crlSettingsOf } from './crl-settings.ts';
import { presentAuthority } from './present-authority.ts';

/** How long a caller waits for a folder before it is told the rest. */
export const folderPatienceMs = 3_000;

/** Changes how an authority issues its CRLs, and issues one by the new settings at once. */
export async function configureCrl(
  rooms: Rooms,
  row: AuthorityRow,
  { id: _, ...changes }: ParsedInput<'authorities.configure-crl'>,
  context: Context,
): Promise<Authority> {
  // Without its key the new settings could not take effect: better refused as a whole than half done.
  rooms.vault.requireOpen();
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const settings: CrlSettings = { ...crlSettingsOf(row), ...Object.fromEntries(given) };
  requireSensible(settings, row);
  const change = {
    statements: [rooms.store.authorities.setCrlSettings(row.id, JSON.stringify(settings))],
    event: {
      type: 'authority.crl-configured',
      realm: row.realmId,
      subject: { kind: 'authority', id: row.id, name: row.slug },
      detail: { ...settings },
    },
  };
  await finish(rooms, { ...context, idempotency: null }, change, undefined);
  rooms.authorities.refresh();
  await rooms.crls.publish(row.id, context);
  await rooms.crlFolders.settled(folderPatienceMs, row.id);
  return presentAuthority(rooms, row.id);
}

function requireSensible(settings: CrlSettings, row: AuthorityRow): void {
  const { validityHours, overlapHours, shards, folder } = settings;
  if (overlapHours >= validityHours)
    throw refusal('overlapHours', `The overlap must be shorter than the validity of ${validityHours} hours.`);
  if (shards > 1 && row.publicationUrl === null)
    throw refusal('shards', 'Shards are found by the publication URL, which this authority has not.');
  if (folder !== '' && !isAbsolute(folder)) throw refusal('folder', 'The folder must be an absolute path.');
}

function refusal(field: string, message: string): ChanceryError {
  return new ChanceryError({
    code: 'INVALID_INPUT',
    detail: message,
    violations: [{ path: [field], rule: `crl.${field}`, message }],
  });
}
