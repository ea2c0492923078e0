import { z } from 'zod';
import { ChanceryError } from '../../shared/errors.ts';
import { hkdfSync, randomBytes } from '../crypto/index.ts';
import { ScryptCost, scryptKey } from './scrypt-key.ts';
import { openBytes, sealBytes } from './seal.ts';

export type VaultMethod = 'keychain' | 'passphrase' | 'file';

/** The vault key as it is stored: sealed under a key that lies elsewhere. */
export interface VaultWrapping {
  readonly method: VaultMethod | 'recovery';
  /** JSON of what is needed to find or derive the wrapping key: salt, cost, keychain account; never a secret. */
  readonly parameters: string;
  readonly wrapped: Uint8Array;
}

const Parameters = z.strictObject({
  salt: z.base64url().min(22).max(128),
  scrypt: ScryptCost.optional(),
  account: z.string().min(1).max(128).optional(),
});
export type WrappingParameters = z.infer<typeof Parameters>;

/** RFC 7914 with 128 MiB: about half a second at each unlock, which a guesser pays for every guess. */
export const passphraseCost: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };

export const newSalt = () => randomBytes(16).toString('base64url');

/** The parameters of a stored wrapping; throws INTERNAL when they cannot be read. */
export function parametersOf(wrapping: VaultWrapping): WrappingParameters {
  try {
    return Parameters.parse(JSON.parse(wrapping.parameters));
  } catch (cause) {
    throw new ChanceryError({ code: 'INTERNAL', detail: 'The record of the vault cannot be read.', cause });
  }
}

/** Passphrases are stretched by scrypt; keychain, file and recovery secrets are random, so HKDF (RFC 5869) is enough. */
async function wrappingKey(
  method: VaultWrapping['method'],
  { salt, scrypt }: WrappingParameters,
  secret: string | Uint8Array,
): Promise<Buffer> {
  const saltBytes = Buffer.from(salt, 'base64url');
  if (typeof secret === 'string') return scryptKey(secret, saltBytes, scrypt ?? passphraseCost);
  return Buffer.from(hkdfSync('sha256', secret, saltBytes, `chancery vault ${method}`, 32));
}

/** The parameters are authenticated with the key, so that nobody can weaken them unnoticed. */
const purposeOf = (method: string, parameters: string) => `vault-key:${method}:${parameters}`;

/** Seals the vault key under a secret: a passphrase as a string, random bytes otherwise. */
export async function wrapVaultKey(
  method: VaultWrapping['method'],
  parameters: WrappingParameters,
  secret: string | Uint8Array,
  vaultKey: Uint8Array,
): Promise<VaultWrapping> {
  const text = JSON.stringify(parameters);
  const key = await wrappingKey(method, parameters, secret);
  const wrapped = sealBytes(key, purposeOf(method, text), vaultKey);
  key.fill(0);
  return { method, parameters: text, wrapped };
}

/** The vault key, or undefined when the secret is not the one it was sealed under. */
export async function unwrapVaultKey(
  wrapping: VaultWrapping,
  secret: string | Uint8Array,
): Promise<Buffer | undefined> {
  const key = await wrappingKey(wrapping.method, parametersOf(wrapping), secret);
  const vaultKey = openBytes(key, purposeOf(wrapping.method, wrapping.parameters), wrapping.wrapped);
  key.fill(0);
  return vaultKey;
}
