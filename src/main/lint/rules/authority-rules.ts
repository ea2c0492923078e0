/** Certificates of authorities and the chain that they stand in: RFC 5280 sections 4.2.1.1 to 4.2.1.14. */
import { tags } from '../../x509/index.ts';
import type { Subtree } from '../read/extension-values.ts';
import type { CertificateDocument } from '../read/read-document.ts';
import type { Rule } from '../rule.ts';

const keyCertSign = 5;
const cRLSign = 6;
const anyPolicy = '2.5.29.32.0';

export const authorityRules: readonly Rule<CertificateDocument>[] = [
  {
    id: 'rfc5280.keyUsage.authority-present',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.3',
    path: ['extensions', 'keyUsage'],
    hint: 'Add keyUsage with keyCertSign and cRLSign.',
    applies: ({ isCa }) => isCa,
    check: ({ extensions }) =>
      extensions.list.some(({ name }) => name === 'keyUsage')
        ? undefined
        : 'The certificate of an authority does not say what its key is used for.',
  },
  {
    id: 'rfc5280.keyUsage.authority-signs',
    severity: 'warning',
    source: 'RFC 5280 section 4.2.1.9',
    path: ['extensions', 'keyUsage'],
    hint: 'Add keyCertSign, or set cA to FALSE.',
    applies: ({ isCa, extensions }) => isCa && extensions.values.keyUsage !== undefined,
    check: ({ extensions: { values } }) =>
      values.keyUsage?.set.has(keyCertSign) || values.keyUsage?.set.has(cRLSign)
        ? undefined
        : 'The authority may sign neither certificates nor CRLs.',
  },
  {
    id: 'rfc5280.basicConstraints.path-length',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.9',
    path: ['extensions', 'basicConstraints'],
    hint: 'Remove the path length, or make it the certificate of an authority with keyCertSign.',
    applies: ({ extensions }) => extensions.values.basicConstraints?.pathLength !== undefined,
    check: ({ isCa, extensions: { values } }) => {
      if (!isCa) return 'Only an authority may have a path length.';
      const mayNotSign = values.keyUsage !== undefined && !values.keyUsage.set.has(keyCertSign);
      return mayNotSign ? 'There is a path length, but keyUsage does not allow keyCertSign.' : undefined;
    },
  },
  {
    id: 'x690.basicConstraints.default',
    severity: 'error',
    source: 'X.690 section 11.5',
    path: ['extensions', 'basicConstraints'],
    hint: 'Leave cA away where it is FALSE.',
    check: ({ extensions }) =>
      extensions.values.basicConstraints?.writesFalse
        ? 'cA is written out as FALSE, which is the default.'
        : undefined,
  },
  {
    id: 'rfc5280.subjectKeyIdentifier.authority',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.2',
    path: ['extensions', 'subjectKeyIdentifier'],
    hint: 'Add the identifier of the key, by which chains are built.',
    applies: ({ isCa }) => isCa,
    check: ({ extensions }) =>
      extensions.list.some(({ name }) => name === 'subjectKeyIdentifier')
        ? undefined
        : 'The certificate of an authority has no subjectKeyIdentifier.',
  },
  {
    id: 'rfc5280.subjectKeyIdentifier.end-entity',
    severity: 'notice',
    source: 'RFC 5280 section 4.2.1.2',
    path: ['extensions', 'subjectKeyIdentifier'],
    hint: 'Add the identifier of the key.',
    applies: ({ isCa, version }) => !isCa && version === 3,
    check: ({ extensions }) =>
      extensions.list.some(({ name }) => name === 'subjectKeyIdentifier')
        ? undefined
        : 'The certificate has no subjectKeyIdentifier.',
  },
  {
    id: 'rfc5280.authorityKeyIdentifier.present',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.1',
    path: ['extensions', 'authorityKeyIdentifier'],
    hint: "Add the identifier of the issuer's key, by which chains are built.",
    applies: ({ isSelfIssued, version }) => !isSelfIssued && version === 3,
    check: ({ extensions: { list, values } }) => {
      if (!list.some(({ name }) => name === 'authorityKeyIdentifier'))
        return 'The certificate has no authorityKeyIdentifier.';
      const isRead = values.authorityKeyIdentifier !== undefined;
      return isRead && values.authorityKeyIdentifier.keyIdentifier === undefined
        ? 'The authorityKeyIdentifier lacks the keyIdentifier.'
        : undefined;
    },
  },
  {
    id: 'rfc5280.authorityKeyIdentifier.pair',
    severity: 'error',
    source: 'RFC 5280 appendix A.2',
    path: ['extensions', 'authorityKeyIdentifier'],
    hint: 'Leave both away: the keyIdentifier is enough.',
    check: ({ extensions: { values } }) => {
      const identifier = values.authorityKeyIdentifier;
      return identifier && identifier.hasIssuer !== identifier.hasSerialNumber
        ? 'authorityCertIssuer and authorityCertSerialNumber are there without one another.'
        : undefined;
    },
  },
  {
    id: 'rfc5280.authorityKeyIdentifier.issuer-serial',
    severity: 'notice',
    source: 'RFC 5280 section 4.2.1.1',
    path: ['extensions', 'authorityKeyIdentifier'],
    hint: 'Use the keyIdentifier alone; with the serial number, the issuer cannot be renewed with the same key.',
    check: ({ extensions: { values } }) =>
      values.authorityKeyIdentifier?.hasIssuer && values.authorityKeyIdentifier.hasSerialNumber
        ? 'The issuer is bound to one certificate of it by its serial number.'
        : undefined,
  },
  {
    id: 'rfc5280.nameConstraints.authority',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.10',
    path: ['extensions', 'nameConstraints'],
    hint: 'Remove the extension, or make it the certificate of an authority.',
    applies: ({ isCa }) => !isCa,
    check: ({ extensions }) =>
      extensions.list.some(({ name }) => name === 'nameConstraints')
        ? 'Only the certificate of an authority may constrain names.'
        : undefined,
  },
  {
    id: 'rfc5280.nameConstraints.empty',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.10',
    path: ['extensions', 'nameConstraints'],
    hint: 'Name at least one subtree, or leave the extension away.',
    check: ({ extensions: { values } }) =>
      values.nameConstraints && subtreesOf(values.nameConstraints).length === 0
        ? 'The name constraints hold no subtree.'
        : undefined,
  },
  {
    id: 'rfc5280.nameConstraints.bounds',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.10',
    path: ['extensions', 'nameConstraints'],
    hint: 'Leave minimum and maximum away.',
    check: ({ extensions: { values } }) =>
      values.nameConstraints && subtreesOf(values.nameConstraints).some(({ hasBounds }) => hasBounds)
        ? 'A subtree has a minimum or maximum, which no software supports.'
        : undefined,
  },
  {
    id: 'rfc5280.nameConstraints.form',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.10',
    path: ['extensions', 'nameConstraints'],
    hint: 'Write hosts as example.com, addresses with a mask of leading ones, and URIs as a host alone.',
    check: ({ extensions: { values } }) =>
      values.nameConstraints &&
      subtreesOf(values.nameConstraints).flatMap((subtree) => {
        const message = formProblem(subtree);
        return message === undefined ? [] : [{ path: [], message }];
      }),
  },
  {
    id: 'rfc5280.policyConstraints.empty',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.11',
    path: ['extensions', 'policyConstraints'],
    hint: 'Give requireExplicitPolicy or inhibitPolicyMapping a number, or leave the extension away.',
    check: ({ extensions: { values } }) =>
      values.policyConstraints &&
      values.policyConstraints.required === undefined &&
      values.policyConstraints.inhibited === undefined
        ? 'The policy constraints are empty.'
        : undefined,
  },
  {
    id: 'rfc5280.policyMappings.any-policy',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.5',
    path: ['extensions', 'policyMappings'],
    hint: 'Map policies by their own identifiers.',
    check: ({ extensions: { values } }) =>
      values.policyMappings?.some(
        ({ issuerPolicy, subjectPolicy }) => issuerPolicy === anyPolicy || subjectPolicy === anyPolicy,
      )
        ? 'A policy is mapped to or from anyPolicy.'
        : undefined,
  },
  {
    id: 'rfc5280.policies.duplicate',
    severity: 'error',
    source: 'RFC 5280 section 4.2.1.4',
    path: ['extensions', 'certificatePolicies'],
    hint: 'Name each policy once.',
    check: ({ extensions: { values } }) => {
      const oids = values.certificatePolicies?.map(({ oid }) => oid) ?? [];
      return new Set(oids).size < oids.length ? 'A policy is there more than once.' : undefined;
    },
  },
  {
    id: 'rfc6818.policies.explicit-text',
    severity: 'error',
    source: 'RFC 6818 section 3',
    path: ['extensions', 'certificatePolicies'],
    hint: 'Write the notice as UTF8String of 200 characters at most, or leave it away: nobody is shown it.',
    check: ({ extensions: { values } }) => {
      const texts = values.certificatePolicies?.flatMap((policy) => policy.texts) ?? [];
      if (texts.some(({ tag }) => tag === tags.ia5String)) return 'A user notice is an IA5String.';
      return texts.some(({ tag, content }) => characterCount(tag, content) > 200)
        ? 'A user notice has more than 200 characters.'
        : undefined;
    },
  },
];

function subtreesOf({ permitted, excluded }: { permitted: Subtree[]; excluded: Subtree[] }): Subtree[] {
  return [...permitted, ...excluded];
}

function formProblem({ name: { kind, content, text } }: Subtree): string | undefined {
  if (kind === 'iPAddress') {
    if (content.length !== 8 && content.length !== 32)
      return `An address range has ${content.length} bytes instead of 8 or 32.`;
    const mask = [...content.subarray(content.length / 2)].map((byte) => byte.toString(2).padStart(8, '0'));
    return /^1*0*$/.test(mask.join('')) ? undefined : 'The mask of an address range has a hole.';
  }
  if (kind === 'dNSName')
    return /^[A-Za-z0-9_.-]*$/.test(text) && !text.startsWith('.')
      ? undefined
      : `'${text.slice(0, 64)}' is not a domain; one with its subdomains is written without a leading dot.`;
  if (kind === 'uniformResourceIdentifier')
    return /^[A-Za-z0-9_.-]+$/.test(text)
      ? undefined
      : `'${text.slice(0, 64)}' is not the host part of a URI.`;
  return undefined;
}

function characterCount(tag: number, content: Uint8Array): number {
  if (tag === tags.bmpString) return content.length / 2;
  return [...Buffer.from(content).toString(tag === tags.utf8String ? 'utf8' : 'latin1')].length;
}
