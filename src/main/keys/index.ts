/**
 * The room of private keys. What it is for: making, keeping, using and handing out keys and secrets: the vault
 * that seals everything confidential, the signer, passwords and tokens.
 *
 * Its invariant: raw private keys and the vault key never leave this room. The one exit is the signer's
 * `exportPrivateKey`, for a key that a person or the listener must hold; whoever calls it answers for the
 * permission and the audit event. What never was in the vault is outside of it: a key being imported
 * (`decodePrivateKey`), and the listener's own before there is a vault (`DraftKey`).
 *
 * What does not belong: a store or a service. What must last is handed in as a plain interface (`VaultRecords`,
 * `SealedKeySource`) and handed back as values that the caller stores in its own transaction.
 */
export { decodePrivateKey } from './decode-private-key.ts';
export { DraftKey } from './draft-key.ts';
export { type Keychain, systemKeychain } from './keychain.ts';
export { hashPassword, maxPasswordLength, verifyPassword } from './password.ts';
export { hashToken, newSecret, sameBytes } from './secret.ts';
export { type SealedKey, type SealedKeySource, Signer, type StoredKey } from './signer.ts';
export {
  type PreparedVault,
  type UnlockSecret,
  Vault,
  type VaultRecords,
  type VaultStatus,
} from './vault.ts';
export type { VaultMethod, VaultWrapping } from './vault-wrapping.ts';
