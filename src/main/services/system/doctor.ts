/** Examines the installation, one check after another: what is well, what is not, and how to mend it. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ChanceryError } from '../../../shared/errors.ts';
import type { Diagnosis } from '../../../shared/operations/system.ts';
import { capabilities } from '../../crypto/index.ts';
import type { Rooms } from '../rooms.ts';
import { sharedFactorFinding } from './shared-factor-finding.ts';

type Finding = Diagnosis['findings'][number];

const dayMs = 86_400_000;

/** All checks; that of shared prime factors only where keys are to be compared. */
export async function doctor(rooms: Rooms, comparesKeys: boolean): Promise<Diagnosis> {
  const { runtime, algorithms } = capabilities();
  const findings = [
    runtimeFinding(runtime, Object.values(algorithms)),
    ...(await vaultFindings(rooms)),
    ...(await folderFindings(rooms.home)),
    ...(await listenerFindings(rooms)),
    await clockFinding(rooms),
    databaseFinding(rooms),
    await weakKeysFinding(rooms),
    ...(comparesKeys ? [await sharedFactorFinding(rooms)] : []),
  ];
  return { ok: findings.every(({ status }) => status !== 'error'), findings, algorithms: { ...algorithms } };
}

function runtimeFinding(runtime: string, engines: readonly string[]): Finding {
  const message = `Chancery runs on ${runtime}.`;
  if (engines.every((engine) => engine === 'native')) return { status: 'ok', check: 'runtime', message };
  return {
    status: 'warning',
    check: 'runtime',
    message: `${message} Some algorithms are left to a slower library, or are missing.`,
    hint: 'See the table of algorithms; the command line and the console on Node have all of them.',
  };
}

async function vaultFindings({ vault, keychain }: Rooms): Promise<Finding[]> {
  const { state, method } = await vault.status();
  if (method === null) {
    const hint = 'Create it with "chancery init", or in the window.';
    return [{ status: 'warning', check: 'vault', message: 'There is no vault yet.', hint }];
  }
  const found: Finding = {
    status: 'ok',
    check: 'vault',
    message: `The vault is ${state}; its key: ${method}.`,
  };
  const works = await keychain.get('probe').then(
    () => true,
    () => false,
  );
  if (works)
    return [found, { status: 'ok', check: 'keychain', message: 'The keychain of the system works.' }];
  const isNeeded = method === 'keychain';
  return [
    found,
    {
      status: isNeeded ? 'error' : 'ok',
      check: 'keychain',
      message: `The keychain of the system cannot be used${isNeeded ? '' : ', and is not needed'}.`,
      ...(isNeeded && { hint: 'Start it in this session, or open the vault with its recovery key.' }),
    },
  ];
}

/** The system's other accounts must not read what lies in the data folder; Windows holds that by its own lists. */
async function folderFindings(home: string): Promise<Finding[]> {
  if (process.platform === 'win32') return [];
  const open: string[] = [];
  for (const name of ['', 'chancery.db', 'chancery.db-wal', 'lock.db', 'vault.key']) {
    const found = await stat(join(home, name)).catch(() => null);
    if (found && (found.mode & 0o077) !== 0) open.push(name === '' ? 'the folder itself' : name);
  }
  if (open.length === 0)
    return [{ status: 'ok', check: 'folder', message: 'The data folder is closed to others.' }];
  return [
    {
      status: 'warning',
      check: 'folder',
      message: `Other accounts of this machine can reach ${open.join(', ')} in the data folder.`,
      hint: 'Take the rights away: chmod -R go= on the data folder.',
    },
  ];
}

async function listenerFindings({ listener, clock }: Rooms): Promise<Finding[]> {
  const notAfter = await listener.notAfter();
  if (notAfter === null) return [];
  const check = 'listener';
  const end = notAfter.toISOString();
  const leftMs = notAfter.getTime() - clock().getTime();
  if (leftMs > 7 * dayMs) return [{ status: 'ok', check, message: `Its certificate is valid until ${end}.` }];
  return [
    {
      status: 'warning',
      check,
      message: leftMs > 0 ? `Its certificate ends soon: ${end}.` : `Its certificate has ended: ${end}.`,
      hint: 'It is renewed by itself where the console or the window runs with an open vault.',
    },
  ];
}

/** Nothing can have been recorded in the future. */
async function clockFinding({ store, clock }: Rooms): Promise<Finding> {
  const { items } = await store.installation.audit({ realmIds: null, limit: 1 });
  const now = clock();
  const last = items[0] && (JSON.parse(items[0].event) as { readonly at: string }).at;
  if (last === undefined || new Date(last) <= now)
    return {
      status: 'ok',
      check: 'clock',
      message: `It is ${now.toISOString()}, after all that is recorded.`,
    };
  return {
    status: 'error',
    check: 'clock',
    message: `The clock says ${now.toISOString()}, but something was recorded at ${last}.`,
    hint: 'Set the clock: certificates and CRLs would begin and end at wrong times.',
  };
}

function databaseFinding({ store }: Rooms): Finding {
  const [first, ...more] = store.problems();
  if (first === undefined) return { status: 'ok', check: 'database', message: 'The database is intact.' };
  return {
    status: 'error',
    check: 'database',
    message: `The database is damaged: ${first}${more.length > 0 ? ` (and ${more.length} more)` : ''}`,
    hint: 'Stop Chancery, keep a copy of the data folder, and restore the last backup.',
  };
}

/** CVE-2008-0166 and the like: the list is not part of this program, see weak-keys.ts. */
async function weakKeysFinding({ weakKeys }: Rooms): Promise<Finding> {
  const check = 'weak keys';
  try {
    const count = await weakKeys.count();
    if (count !== undefined)
      return { status: 'ok', check, message: `RSA keys are held against a list of ${count} weak ones.` };
    const message = "RSA keys are held against no list of weak ones, such as Debian's of 2006 to 2008.";
    const hint = "To have that, let the setting lint.weakKeysFile name one in openssl-blacklist's format.";
    return { status: 'ok', check, message, hint };
  } catch (error) {
    if (!(error instanceof ChanceryError)) throw error;
    return {
      status: 'error',
      check,
      message: error.detail,
      ...(error.hint !== undefined && { hint: error.hint }),
    };
  }
}
