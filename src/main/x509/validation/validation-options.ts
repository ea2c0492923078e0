/** What a validation is asked (the inputs of RFC 5280 section 6.1.1, and what others ask beyond them). */
import type { KeyUsage } from '../../../shared/model/names.ts';
import { anyPolicy } from './read-policies.ts';

/**
 * How much of a certificate's form is checked. `path`: only what section 6 of RFC 5280 asks of a validator.
 * `rfc5280`: also what section 4 asks of whoever issues. `webpki`: also the Baseline Requirements of the
 * CA/Browser Forum as far as a chain shows them.
 */
export type ValidationProfile = 'path' | 'rfc5280' | 'webpki';

/** Whether revocation counts: not at all, where something is at hand that speaks of it, or always. */
export type RevocationMode = 'ignore' | 'if-available' | 'require';

export interface PeerName {
  readonly type: 'dns' | 'ip' | 'email';
  readonly value: string;
}

export interface ValidationOptions {
  readonly time: Date;
  readonly profile?: ValidationProfile | undefined;
  readonly revocation?: RevocationMode | undefined;
  readonly allowSha1?: boolean | undefined;
  /** Most intermediates between the certificate and the anchor, self-issued ones not counted; 16 unless given. */
  readonly maxDepth?: number | undefined;
  /** Policies by identifier, any of which is acceptable; any at all unless given. */
  readonly initialPolicies?: readonly string[] | undefined;
  readonly requireExplicitPolicy?: boolean | undefined;
  readonly inhibitPolicyMapping?: boolean | undefined;
  readonly inhibitAnyPolicy?: boolean | undefined;
  /** Uses that the certificate must allow, all of them. */
  readonly keyUsages?: readonly KeyUsage[] | undefined;
  /** Purposes that the certificate and all above it must allow: names where there is one, or identifiers. */
  readonly extendedKeyUsages?: readonly string[] | undefined;
  /** Names that the certificate must have, each of them (RFC 9525). */
  readonly peerNames?: readonly PeerName[] | undefined;
}

export type CompleteOptions = Readonly<{
  [Key in keyof ValidationOptions]-?: Exclude<ValidationOptions[Key], undefined>;
}>;

export function completeOptions(options: ValidationOptions): CompleteOptions {
  return {
    time: options.time,
    profile: options.profile ?? 'path',
    revocation: options.revocation ?? 'if-available',
    allowSha1: options.allowSha1 ?? false,
    maxDepth: options.maxDepth ?? 16,
    initialPolicies: options.initialPolicies ?? [anyPolicy],
    requireExplicitPolicy: options.requireExplicitPolicy ?? false,
    inhibitPolicyMapping: options.inhibitPolicyMapping ?? false,
    inhibitAnyPolicy: options.inhibitAnyPolicy ?? false,
    keyUsages: options.keyUsages ?? [],
    extendedKeyUsages: options.extendedKeyUsages ?? [],
    peerNames: options.peerNames ?? [],
  };
}
