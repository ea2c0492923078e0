/**
 * What the keychain tests do inside a session of their own: a list of steps as arguments, one process each time, so
 * that what a step finds was really kept outside of it. Prints one JSON line per step.
 *   set ACCOUNT SECRET | get ACCOUNT | delete ACCOUNT | make FILE | open FILE
 */
import { readFile, writeFile } from 'node:fs/promises';
import { systemKeychain, Vault, type VaultWrapping } from '../../src/main/keys/index.ts';
import { ChanceryError } from '../../src/shared/errors.ts';

interface VaultFile {
  readonly wrappings: readonly { method: VaultWrapping['method']; parameters: string; wrapped: string }[];
  readonly sealed: string;
}

const keychain = systemKeychain();

async function makeVault(file: string): Promise<unknown> {
  const vault = new Vault({ records: { load: async () => [] }, keychain, keyFilePath: '/nonexistent' });
  const { wrappings, recoveryKey, activate } = await vault.prepare('keychain');
  activate();
  const content: VaultFile = {
    wrappings: wrappings.map((w) => ({ ...w, wrapped: Buffer.from(w.wrapped).toString('base64') })),
    sealed: Buffer.from(vault.seal('test', Buffer.from('kept'))).toString('base64'),
  };
  await writeFile(file, JSON.stringify(content));
  return { hasRecoveryKey: recoveryKey !== undefined };
}

async function openVault(file: string): Promise<unknown> {
  const content: VaultFile = JSON.parse(await readFile(file, 'utf8'));
  const wrappings = content.wrappings.map((w) => ({ ...w, wrapped: Buffer.from(w.wrapped, 'base64') }));
  const vault = new Vault({
    records: { load: async () => wrappings },
    keychain,
    keyFilePath: '/nonexistent',
  });
  await vault.unlock();
  return Buffer.from(vault.open('test', Buffer.from(content.sealed, 'base64'))).toString();
}

async function run([step, subject = '', value = '']: readonly string[]): Promise<unknown> {
  switch (step) {
    case 'set':
      return (await keychain.set(subject, value)) ?? null;
    case 'get':
      return keychain.get(subject);
    case 'delete':
      return (await keychain.delete(subject)) ?? null;
    case 'make':
      return makeVault(subject);
    case 'open':
      return openVault(subject);
    default:
      throw new Error(`no step ${step}`);
  }
}

const print = (result: unknown) => process.stdout.write(`${JSON.stringify(result)}\n`);

try {
  print({ value: await run(process.argv.slice(2)) });
} catch (error) {
  if (!(error instanceof ChanceryError)) throw error;
  print({ code: error.code, detail: error.detail, hint: error.hint });
}
