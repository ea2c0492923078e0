/** The vault: the key over all keys, and how it is opened. */
import { z } from 'zod';
import { Nothing, secret } from '../model/basics.ts';
import { operation } from './operation.ts';

export const vaultMethods = ['keychain', 'passphrase', 'file'] as const;
export const VaultMethod = z.enum(vaultMethods).meta({
  id: 'VaultMethod',
  description:
    "Where the vault key is kept: the system's keychain, behind a passphrase, or in a file of mode 0600 for unattended machines.",
});
export type VaultMethod = z.infer<typeof VaultMethod>;

export const VaultStatus = z
  .strictObject({
    state: z.enum(['uninitialised', 'locked', 'open']),
    method: VaultMethod.nullable(),
    /** Methods that would work on this machine now. */
    keychainAvailable: z.boolean(),
  })
  .meta({ id: 'VaultStatus' });
export type VaultStatus = z.infer<typeof VaultStatus>;

const Passphrase = z
  .string()
  .min(8)
  .max(1024)
  .meta({ ...secret, description: 'At least 8 characters' });

export const getVault = operation({
  id: 'vault.show',
  summary: 'Show the state of the vault',
  method: 'GET',
  path: '/vault',
  input: z.strictObject({}),
  output: VaultStatus,
  errors: [],
  permission: 'public',
  risk: 'none',
  whileLocked: true,
});

export const initialiseVault = operation({
  id: 'vault.initialise',
  summary: 'Create the vault and the SYSTEM realm',
  description:
    'Done once per data folder. With the keychain a recovery key comes back; it is shown this once and opens the vault where the keychain was lost.',
  method: 'POST',
  path: '/vault/initialise',
  input: z.strictObject({ vault: VaultMethod, passphrase: Passphrase.optional() }),
  output: z
    .strictObject({ status: VaultStatus, recoveryKey: z.string().optional() })
    .meta({ id: 'VaultCreated' }),
  status: 201,
  errors: ['ALREADY_EXISTS', 'KEYCHAIN_UNAVAILABLE'],
  permission: 'vault.manage',
  risk: 'change',
  audit: 'vault.initialised',
  whileLocked: true,
  command: 'init',
});

export const confirmRecoveryKey = operation({
  id: 'vault.confirm-recovery',
  summary: 'Prove that the recovery key was written down',
  method: 'POST',
  path: '/vault/confirm-recovery',
  input: z.strictObject({ recoveryKey: z.string().min(1).max(100).meta(secret) }),
  output: Nothing,
  errors: ['WRONG_CREDENTIALS'],
  permission: 'vault.manage',
  risk: 'none',
  audit: 'vault.recovery-confirmed',
});

export const unlockVault = operation({
  id: 'vault.unlock',
  summary: 'Open the vault',
  description: 'With its passphrase or recovery key; the keychain and the file need neither.',
  method: 'POST',
  path: '/vault/unlock',
  input: z.strictObject({
    passphrase: z.string().max(1024).meta(secret).optional(),
    recoveryKey: z.string().max(100).meta(secret).optional(),
  }),
  output: VaultStatus,
  errors: ['WRONG_CREDENTIALS', 'KEYCHAIN_UNAVAILABLE', 'NOT_INITIALISED', 'RATE_LIMITED'],
  permission: 'public',
  risk: 'none',
  audit: 'vault.unlocked',
  whileLocked: true,
});

export const lockVault = operation({
  id: 'vault.lock',
  summary: 'Lock the vault: nothing is signed until it is opened again',
  method: 'POST',
  path: '/vault/lock',
  input: z.strictObject({}),
  output: VaultStatus,
  errors: [],
  permission: 'vault.manage',
  risk: 'change',
  audit: 'vault.locked',
});

export const vaultOperations = [
  getVault,
  initialiseVault,
  confirmRecoveryKey,
  unlockVault,
  lockVault,
] as const;
