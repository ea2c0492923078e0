/** What the key may be used for: RFC 5280 sections 4.2.1.3 and 4.2.1.12, and the standards of the kinds of keys. */
import { keyUsages } from '../../../shared/model/names.ts';
import type { Extensions } from '../read/read-extensions.ts';
import type { KeyKind, PublicKey } from '../read/read-key.ts';
import type { Rule } from '../rule.ts';

interface Keyed {
  readonly key: PublicKey;
  readonly isCa: boolean;
  readonly extensions: Extensions;
}

type Usage = (typeof keyUsages)[number];

function usagesOf({ extensions }: Keyed): Usage[] {
  const bits = extensions.values.keyUsage?.set;
  return keyUsages.filter((_, bit) => bits?.has(bit));
}

const hasKeyUsage = ({ extensions }: Keyed) => extensions.values.keyUsage !== undefined;
const isSubset = (usages: readonly Usage[], allowed: readonly Usage[]) =>
  usages.filter((usage) => !allowed.includes(usage));

const signing: readonly Usage[] = ['digitalSignature', 'contentCommitment', 'keyCertSign', 'cRLSign'];
const agreement: readonly Usage[] = ['keyAgreement', 'encipherOnly', 'decipherOnly'];

interface KeyUsagePolicy {
  readonly kinds: readonly KeyKind[];
  readonly id: string;
  readonly source: string;
  readonly allowed: readonly Usage[];
}

const policies: readonly KeyUsagePolicy[] = [
  {
    kinds: ['rsa'],
    id: 'rfc3279.keyUsage.rsa',
    source: 'RFC 3279 section 2.3.1',
    allowed: [...signing, 'keyEncipherment', 'dataEncipherment'],
  },
  { kinds: ['rsa-pss'], id: 'rfc4055.keyUsage.pss', source: 'RFC 4055 section 1.2', allowed: signing },
  {
    kinds: ['ec'],
    id: 'rfc8813.keyUsage.ec',
    source: 'RFC 8813 section 3',
    allowed: [...signing, ...agreement],
  },
  {
    kinds: ['ed25519', 'ed448'],
    id: 'rfc9295.keyUsage.eddsa',
    source: 'RFC 9295 section 3',
    allowed: signing,
  },
  { kinds: ['x25519', 'x448'], id: 'rfc9295.keyUsage.xdh', source: 'RFC 9295 section 3', allowed: agreement },
  { kinds: ['ml-dsa'], id: 'rfc9881.keyUsage.ml-dsa', source: 'RFC 9881 section 5', allowed: signing },
  { kinds: ['slh-dsa'], id: 'rfc9909.keyUsage.slh-dsa', source: 'RFC 9909 section 4', allowed: signing },
  {
    kinds: ['ml-kem'],
    id: 'rfc9935.keyUsage.ml-kem',
    source: 'RFC 9935 section 5',
    allowed: ['keyEncipherment'],
  },
];

const byKind: readonly Rule<Keyed>[] = policies.map(({ kinds, id, source, allowed }) => ({
  id,
  severity: 'error',
  source,
  path: ['extensions', 'keyUsage'],
  hint: `Ask only for ${allowed.join(', ')}.`,
  applies: (document) => kinds.includes(document.key.kind) && hasKeyUsage(document),
  check: (document) => {
    const wrong = isSubset(usagesOf(document), allowed);
    return wrong.length > 0 ? `A key of this kind cannot be used for ${wrong.join(', ')}.` : undefined;
  },
}));

const serverAuth = '1.3.6.1.5.5.7.3.1';
const anyPurpose = '2.5.29.37.0';
const timeStamping = '1.3.6.1.5.5.7.3.8';
const ocspSigning = '1.3.6.1.5.5.7.3.9';
/** Purposes that are nothing without a signature by the key. */
const signingPurposes = ['1.3.6.1.5.5.7.3.3', timeStamping, ocspSigning];

export const keyUsageRules: readonly Rule<Keyed>[] = [
  ...byKind,
  {
    id: 'rfc5280.keyUsage.empty',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.3',
    path: ['extensions', 'keyUsage'],
    hint: 'Set at least one usage, or leave the extension away.',
    check: ({ extensions }) =>
      extensions.values.keyUsage?.set.size === 0 ? 'The keyUsage allows nothing.' : undefined,
  },
  {
    id: 'x690.keyUsage.named-bits',
    severity: 'error',
    source: 'X.690 section 11.2.2',
    path: ['extensions', 'keyUsage'],
    hint: 'Cut the bits off behind the last one that is set.',
    check: ({ extensions }) =>
      extensions.values.keyUsage?.isShortest === false
        ? 'The keyUsage ends with bits that are not set, which DER leaves away.'
        : undefined,
  },
  {
    id: 'rfc5280.keyUsage.sign-certificates',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.3',
    path: ['extensions', 'keyUsage'],
    hint: 'Remove keyCertSign, or make it the certificate of an authority.',
    check: (document) =>
      usagesOf(document).includes('keyCertSign') && !document.isCa
        ? 'The key may sign certificates, but the certificate is not that of an authority.'
        : undefined,
  },
  {
    id: 'rfc5280.keyUsage.one-way-agreement',
    severity: 'warning',
    source: 'RFC 5280 section 4.2.1.3',
    path: ['extensions', 'keyUsage'],
    hint: 'Add keyAgreement, or remove encipherOnly and decipherOnly.',
    check: (document) => {
      const usages = usagesOf(document);
      const isOneWay = usages.includes('encipherOnly') || usages.includes('decipherOnly');
      return isOneWay && !usages.includes('keyAgreement')
        ? 'encipherOnly and decipherOnly mean nothing without keyAgreement.'
        : undefined;
    },
  },
  {
    id: 'rfc5280.extKeyUsage.consistent',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.12',
    path: ['extensions', 'extKeyUsage'],
    hint: 'Let keyUsage allow what the purposes need: digitalSignature in most cases.',
    applies: hasKeyUsage,
    check: (document) => {
      const purposes = document.extensions.values.extKeyUsage ?? [];
      const usages = usagesOf(document);
      const can = (...wanted: Usage[]) => wanted.some((usage) => usages.includes(usage));
      if (purposes.includes(serverAuth) && !document.isCa) {
        if (!can('digitalSignature', 'keyEncipherment', 'keyAgreement'))
          return 'No usage of the key lets it serve TLS, which its purposes name.';
      }
      const needsSignature = purposes.some((purpose) => signingPurposes.includes(purpose));
      return needsSignature && !document.isCa && !can('digitalSignature', 'contentCommitment')
        ? 'The purposes need signatures by the key, which its usages do not allow.'
        : undefined;
    },
  },
  {
    id: 'rfc5280.extKeyUsage.any-critical',
    severity: 'warning',
    source: 'RFC 5280 section 4.2.1.12',
    path: ['extensions', 'extKeyUsage'],
    hint: 'Clear the criticality, or name the purposes.',
    check: ({ extensions }) =>
      extensions.values.extKeyUsage?.includes(anyPurpose) &&
      extensions.list.some(({ name, critical }) => name === 'extKeyUsage' && critical)
        ? 'The extension is critical, but anyExtendedKeyUsage allows everything.'
        : undefined,
  },
  {
    id: 'hygiene.extKeyUsage.duplicate',
    severity: 'notice',
    source: 'RFC 5280 section 4.2.1.12',
    path: ['extensions', 'extKeyUsage'],
    hint: 'Name each purpose once.',
    check: ({ extensions: { values } }) =>
      new Set(values.extKeyUsage).size < (values.extKeyUsage?.length ?? 0)
        ? 'A purpose is there more than once.'
        : undefined,
  },
  {
    id: 'rfc3161.extKeyUsage.time-stamping',
    severity: 'error',
    source: 'RFC 3161 section 2.3',
    path: ['extensions', 'extKeyUsage'],
    hint: 'Give the time stamping key this purpose alone, in a critical extension.',
    applies: ({ extensions, isCa }) =>
      !isCa && extensions.values.extKeyUsage?.includes(timeStamping) === true,
    check: ({ extensions }) => {
      if ((extensions.values.extKeyUsage?.length ?? 0) > 1)
        return 'A key for time stamps must have no other purpose.';
      return extensions.list.some(({ name, critical }) => name === 'extKeyUsage' && !critical)
        ? 'The purpose of time stamping must be critical.'
        : undefined;
    },
  },
  {
    id: 'rfc6960.ocsp.no-check',
    severity: 'notice',
    source: 'RFC 6960 section 4.2.2.2.1',
    path: ['extensions', 'extKeyUsage'],
    hint: 'Add id-pkix-ocsp-nocheck and let the certificate live for days.',
    applies: ({ extensions, isCa }) => !isCa && extensions.values.extKeyUsage?.includes(ocspSigning) === true,
    check: ({ extensions }) =>
      extensions.list.some(({ name }) => name === 'ocspNoCheck')
        ? undefined
        : 'Whoever asks this responder has to check its own certificate first, with another responder.',
  },
];
