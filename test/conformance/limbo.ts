/** C2SP x509-limbo: cases of path validation, many of them hostile. */
import { readPem, type ValidationProfile, validateCertificate } from '../../src/main/x509/index.ts';
import type { KeyUsage } from '../../src/shared/model/names.ts';
import type { Outcome } from './vectors.ts';

export const limboFile = 'x509-limbo.json';

interface LimboName {
  readonly kind: 'DNS' | 'IP' | 'RFC822';
  readonly value: string;
}

export interface LimboCase {
  readonly id: string;
  readonly features: readonly string[];
  readonly validation_kind: 'SERVER' | 'CLIENT';
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time: string | null;
  readonly key_usage: readonly KeyUsage[];
  readonly extended_key_usage: readonly string[];
  readonly expected_result: 'SUCCESS' | 'FAILURE';
  readonly expected_peer_name: LimboName | null;
  readonly expected_peer_names: readonly LimboName[];
  readonly max_chain_depth: number | null;
  readonly crls?: readonly string[];
}

const nameTypes = { DNS: 'dns', IP: 'ip', RFC822: 'email' } as const;

export function validateCase(limbo: LimboCase, now: Date) {
  const decode = (pem: string) => readPem(pem)[0]?.der ?? new Uint8Array();
  const names = [
    ...(limbo.expected_peer_name ? [limbo.expected_peer_name] : []),
    ...limbo.expected_peer_names,
  ];
  const purpose = limbo.validation_kind === 'SERVER' ? 'serverAuth' : 'clientAuth';
  return validateCertificate(
    decode(limbo.peer_certificate),
    {
      anchors: limbo.trusted_certs.map((pem) => ({ certificate: decode(pem) })),
      intermediates: limbo.untrusted_intermediates.map(decode),
      crls: limbo.crls?.map(decode) ?? [],
    },
    {
      time: limbo.validation_time === null ? now : new Date(limbo.validation_time),
      profile: profileOf(limbo.id),
      maxDepth: limbo.max_chain_depth ?? undefined,
      keyUsages: limbo.key_usage,
      extendedKeyUsages: limbo.extended_key_usage.length > 0 ? limbo.extended_key_usage : [purpose],
      peerNames: names.map(({ kind, value }) => ({ type: nameTypes[kind], value })),
    },
  );
}

/** Each part of the suite by the standard that it is about. */
function profileOf(id: string): ValidationProfile {
  return id.startsWith('webpki::') ? 'webpki' : 'rfc5280';
}

export function runLimbo(cases: readonly LimboCase[], now = new Date()): Outcome[] {
  return cases.map((limbo) => {
    const result = validateCase(limbo, now);
    return {
      suite: 'x509-limbo',
      id: limbo.id,
      expected: limbo.expected_result === 'SUCCESS' ? 'valid' : 'invalid',
      got: result.ok ? 'valid' : 'invalid',
      reasons: result.ok ? [] : result.failures.map(({ rule, message }) => `${rule}: ${message}`),
    };
  });
}
