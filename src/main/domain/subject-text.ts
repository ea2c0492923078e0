import type { SubjectAttribute } from '../../shared/model/policy.ts';
import { canonicalDnsName, dnsMatches, dnsPatternLabels } from './dns-name.ts';
import { canonicalEmail, isMailboxPattern, mailboxMatches } from './mailbox.ts';
import { sequenceMatches, textSteps } from './sequence-match.ts';

/** Nothing is wrong with it, and nothing of it is ignored. */
const plainText = /^[!-~](?:[ -~]*[!-~])?$/;

/** Controls, lone surrogates, private use, and the characters that turn the direction of reading. */
const unfit = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** What is wrong with the value of a subject attribute, whatever the policy says, or undefined. */
export function subjectValueProblem(attribute: SubjectAttribute, value: string): string | undefined {
  const problem = textProblem(value);
  if (problem !== undefined) return problem;
  if (attribute === 'country' && !/^[A-Za-z]{2}$/.test(value)) return 'must be two letters';
  return attribute === 'emailAddress' ? canonicalEmail(value).problem : undefined;
}

/** What is wrong with any text in a certificate, or undefined. */
export function textProblem(value: string): string | undefined {
  if (plainText.test(value)) return undefined;
  if (unfit.test(value)) return 'holds a control character or one that cannot be shown';
  return fold(value) === '' ? 'is blank' : undefined;
}

/** Whether the value matches the pattern as text, without regard to case, `*` being any run of characters. */
export function textMatches(pattern: string, value: string): boolean {
  return sequenceMatches(textSteps(fold(pattern)), fold(value));
}

/** RFC 4518 sections 2.2 to 2.6: ignorable characters away, NFKC, no case, no insignificant space. */
function fold(text: string): string {
  return text
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim();
}

/**
 * Whether the value of a subject attribute matches a pattern: as text without regard to case, `*` being any run of
 * characters; a common name by label when the pattern is a DNS name of several labels, so that *.example.com does
 * not reach a.b.example.com; an email address as a mailbox. `touches` takes the wider reading of each.
 */
export function subjectMatches(
  attribute: SubjectAttribute,
  pattern: string,
  value: string,
  touches: boolean,
): boolean {
  const asText = () => textMatches(pattern, value);
  if (attribute === 'commonName' && pattern.includes('.') && dnsPatternLabels(pattern)) {
    const name = canonicalDnsName(touches ? fold(value).replace(/\.+$/, '') : value);
    const asName = name.value !== undefined && dnsMatches(pattern, name.value, touches);
    return asName || (touches && asText());
  }
  if (attribute === 'emailAddress' && isMailboxPattern(pattern)) {
    const mailbox = canonicalEmail(value);
    return mailbox.value === undefined ? touches : mailboxMatches(pattern, mailbox.value, touches, touches);
  }
  return asText();
}
