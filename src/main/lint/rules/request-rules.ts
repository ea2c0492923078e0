/** Certification requests: RFC 2986, and what a requester had better not send. */
import type { RequestDocument } from '../read/read-document.ts';
import type { Rule } from '../rule.ts';

const challengePassword = '1.2.840.113549.1.9.7';

export const requestRules: readonly Rule<RequestDocument>[] = [
  {
    id: 'rfc2986.version',
    severity: 'error',
    source: 'RFC 2986 section 4.1',
    path: ['version'],
    hint: 'Write the version 1, as 0.',
    check: ({ version }) =>
      version !== 0 ? `The version is ${version + 1}, where only 1 exists.` : undefined,
  },
  {
    id: 'rfc2986.attribute.duplicate',
    severity: 'error',
    source: 'RFC 2986 section 4.1',
    path: ['attributes'],
    hint: 'Write each attribute once, and all extensions in one extensionRequest.',
    check: ({ attributeOids }) =>
      new Set(attributeOids).size < attributeOids.length
        ? 'An attribute is there more than once.'
        : undefined,
  },
  {
    id: 'hygiene.request.challenge-password',
    severity: 'warning',
    source: 'RFC 2985 section 5.4.1',
    path: ['attributes'],
    hint: 'Leave the challenge password empty: a request is not encrypted, and everyone who handles it reads it.',
    check: ({ attributeOids }) =>
      attributeOids.includes(challengePassword) ? 'The request carries a password in the clear.' : undefined,
  },
];
