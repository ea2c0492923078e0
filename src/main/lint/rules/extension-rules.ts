/** Extensions as such: that they are there once, can be read, and are critical or not as their standard says. */
import type { SignedDocument } from '../read/read-document.ts';
import type { Extension, Extensions } from '../read/read-extensions.ts';
import type { Rule } from '../rule.ts';

/** What is wrong with single extensions, each at the path of its name. */
export function eachExtension(
  { list }: Extensions,
  problem: (extension: Extension, index: number) => string | undefined,
) {
  return list.flatMap((extension, index) => {
    const message = problem(extension, index);
    return message === undefined ? [] : [{ path: [extension.name], message }];
  });
}

interface Criticality {
  readonly must: readonly string[];
  readonly should: readonly string[];
}

const critical: Criticality = {
  must: [
    'nameConstraints',
    'policyConstraints',
    'inhibitAnyPolicy',
    'deltaCRLIndicator',
    'issuingDistributionPoint',
  ],
  should: ['keyUsage', 'policyMappings'],
};

const notCritical: Criticality = {
  must: [
    'subjectKeyIdentifier',
    'authorityKeyIdentifier',
    'authorityInfoAccess',
    'subjectInfoAccess',
    'subjectDirectoryAttributes',
    'freshestCRL',
    'cRLNumber',
    'reasonCode',
    'invalidityDate',
  ],
  should: ['issuerAltName', 'cRLDistributionPoints', 'tlsFeature', 'ocspNoCheck'],
};

const sections = 'RFC 5280 sections 4.2.1, 4.2.2, 5.2 and 5.3';

export const extensionRules: readonly Rule<SignedDocument>[] = [
  {
    id: 'rfc5280.extension.duplicate',
    severity: 'error',
    source: 'RFC 5280 section 4.2',
    path: ['extensions'],
    hint: 'Write each extension once.',
    check: ({ extensions }) => {
      const seen = new Set<string>();
      return eachExtension(extensions, ({ oid, name }) => {
        const isRepeated = seen.has(oid);
        seen.add(oid);
        return isRepeated ? `The extension ${name} is there more than once.` : undefined;
      });
    },
  },
  {
    id: 'rfc5280.extension.syntax',
    severity: 'error',
    source: 'RFC 5280 appendix A.2',
    path: ['extensions'],
    hint: 'Write the value as its standard defines it.',
    check: ({ extensions }) => eachExtension(extensions, ({ problem }) => problem),
  },
  {
    id: 'x690.extension.default',
    severity: 'error',
    source: 'X.690 section 11.5',
    path: ['extensions'],
    hint: 'Leave the criticality away where it is FALSE.',
    check: ({ extensions }) =>
      eachExtension(extensions, ({ name, writesFalse }) =>
        writesFalse ? `The extension ${name} writes out that it is not critical, the default.` : undefined,
      ),
  },
  {
    id: 'rfc5280.extension.must-be-critical',
    severity: 'error',
    source: sections,
    path: ['extensions'],
    hint: 'Mark the extension as critical, so that no software passes over it.',
    check: ({ extensions }) =>
      eachExtension(extensions, (extension) =>
        !extension.critical &&
        (critical.must.includes(extension.name) || isOfAuthority(extension, extensions))
          ? `The extension ${extension.name} is not critical.`
          : undefined,
      ),
  },
  {
    id: 'rfc5280.extension.should-be-critical',
    severity: 'warning',
    source: sections,
    path: ['extensions'],
    hint: 'Mark the extension as critical.',
    check: ({ extensions }) =>
      eachExtension(extensions, ({ name, critical: isCritical }) =>
        !isCritical && critical.should.includes(name) ? `The extension ${name} is not critical.` : undefined,
      ),
  },
  {
    id: 'rfc5280.extension.must-not-be-critical',
    severity: 'error',
    source: sections,
    path: ['extensions'],
    hint: 'Clear the criticality, so that software without this extension still takes the rest.',
    check: ({ extensions }) =>
      eachExtension(extensions, ({ name, critical: isCritical }) =>
        isCritical && notCritical.must.includes(name) ? `The extension ${name} is critical.` : undefined,
      ),
  },
  {
    id: 'rfc5280.extension.should-not-be-critical',
    severity: 'warning',
    source: sections,
    path: ['extensions'],
    hint: 'Clear the criticality.',
    check: ({ extensions }) =>
      eachExtension(extensions, ({ name, critical: isCritical }) =>
        isCritical && notCritical.should.includes(name) ? `The extension ${name} is critical.` : undefined,
      ),
  },
  {
    id: 'rfc5280.extension.unknown-critical',
    severity: 'warning',
    source: 'RFC 5280 section 4.2',
    path: ['extensions'],
    hint: 'Clear the criticality unless all software that reads it knows the extension.',
    check: ({ extensions }) =>
      eachExtension(extensions, ({ oid, name, critical: isCritical }) =>
        isCritical && name === oid
          ? `The extension ${oid} is critical, and software that does not know it refuses the certificate.`
          : undefined,
      ),
  },
];

/** Section 4.2.1.9: in the certificate of an authority that validates signatures on certificates. */
function isOfAuthority({ name }: Extension, { values }: Extensions): boolean {
  return name === 'basicConstraints' && values.basicConstraints?.ca === true;
}
