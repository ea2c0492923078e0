import { ChanceryError } from '../../shared/errors.ts';
import { operationById } from '../../shared/operations/index.ts';
import type { VaultStatus } from '../../shared/operations/vault.ts';
import { callOperation } from './call-operation.ts';
import { type Input, readSecret } from './command-input.ts';
import type { Parsed } from './parse-arguments.ts';
import type { Terminal } from './terminal.ts';
import type { Transport } from './transport.ts';
import { usageError } from './usage-error.ts';

/** Where a secret came from counts only once: stdin cannot be read twice. */
export type Secrets = Pick<Parsed, 'values'>;

/** The passphrase of the vault from a file, or from a person where one is there; null where neither is. */
export async function vaultPassphrase(
  { values }: Secrets,
  hasOwnFlag: boolean,
  terminal: Terminal,
): Promise<string | null> {
  const own = hasOwnFlag ? undefined : values.get('passphrase-file')?.[0];
  const path = values.get('vault-passphrase-file')?.[0] ?? own ?? terminal.env.CHANCERY_PASSPHRASE_FILE;
  if (path) return readSecret(path, terminal);
  return terminal.isInteractive ? terminal.askSecret('Passphrase of the vault: ') : null;
}

/** Calls with the vault open where that can be had: a locked one is opened once with the passphrase. */
export async function callUnlocking(
  transport: Transport,
  call: () => Promise<object>,
  passphrase: () => Promise<string | null>,
): Promise<object> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ChanceryError) || error.code !== 'LOCKED') throw error;
    const given = await passphrase();
    if (given === null) {
      throw new ChanceryError({
        code: 'LOCKED',
        detail: 'The vault is locked.',
        hint: await unlockHint(transport),
      });
    }
    await callOperation(transport, operationById('vault.unlock'), { passphrase: given }, null);
    return call();
  }
}

async function unlockHint(transport: Transport): Promise<string> {
  const { method } = (await callOperation(transport, operationById('vault.show'), {}, null)) as VaultStatus;
  return method === 'keychain'
    ? 'Open it in a session with its keychain; or run "chancery serve" and "chancery vault unlock --recovery-key-file F".'
    : 'Give its passphrase by --passphrase-file or CHANCERY_PASSPHRASE_FILE.';
}

/** Who calls: the token of CHANCERY_TOKEN, the operator of --as (signed out at the end), or the machine's owner. */
export async function openSession(
  transport: Transport,
  { values }: Secrets,
  terminal: Terminal,
): Promise<{ token: string | null; end(): Promise<void> }> {
  const name = values.get('as')?.[0];
  if (name === undefined) return { token: terminal.env.CHANCERY_TOKEN || null, end: async () => undefined };
  const input: Input = { name, password: await password(name, values, terminal) };
  const { token } = (await callOperation(transport, operationById('sessions.create'), input, null)) as {
    token: string;
  };
  return {
    token,
    end: async () => {
      await callOperation(transport, operationById('sessions.end'), {}, token).catch(() => undefined);
    },
  };
}

async function password(name: string, values: Secrets['values'], terminal: Terminal): Promise<string> {
  const path = values.get('as-password-file')?.[0];
  if (path !== undefined) return readSecret(path, terminal);
  if (terminal.isInteractive) return terminal.askSecret(`Password of ${name}: `);
  throw usageError('--as needs --as-password-file where nobody can be asked.');
}
