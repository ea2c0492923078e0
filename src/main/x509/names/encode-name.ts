/** Writes distinguished names. */
import { ChanceryError } from '../../../shared/errors.ts';
import type { Subject } from '../../../shared/model/names.ts';
import { tags } from '../der/der-tags.ts';
import { type DerWriter, writeDer } from '../der/der-writer.ts';
import { type SubjectAttribute, subjectAttributes } from './name-attributes.ts';

/**
 * The DER of a Name, one attribute per RDN (RFC 5280 section 4.1.2.4). Throws INVALID_INPUT when a value is
 * empty, too long, or has characters that its string type lacks.
 */
export function encodeName(subject: Subject): Uint8Array {
  return writeDer((writer) => {
    writer.sequence(() => {
      for (const attribute of subjectAttributes) {
        const value = subject[attribute.key];
        if (value === undefined) continue;
        if (typeof value === 'string') writeRelativeName(writer, attribute, value);
        else for (const part of value) writeRelativeName(writer, attribute, part);
      }
    });
  }, 256);
}

function writeRelativeName(writer: DerWriter, attribute: SubjectAttribute, value: string): void {
  const problem = attributeProblem(attribute, value) ?? characterProblem(attribute, value);
  if (problem !== undefined) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: problem,
      violations: [{ path: ['subject', attribute.key], rule: 'subject.encoding', message: problem }],
    });
  }
  writer.group(tags.set, () => {
    writer.sequence(() => {
      writer.raw(attribute.encodedOid).text(attribute.tag, value);
    });
  });
}

/** What is wrong with an attribute's length, whatever string type it came in; undefined when nothing is. */
export function attributeProblem(attribute: SubjectAttribute, value: string): string | undefined {
  if (value.length === 0) return `The subject's ${attribute.key} is empty.`;
  if (value.length <= attribute.maxLength) return undefined;
  // Characters are counted, not UTF-16 units; the test above spares the count for nearly all.
  const { length } = [...value.slice(0, 2 * attribute.maxLength + 2)];
  if (length <= attribute.maxLength) return undefined;
  return `The subject's ${attribute.key} is longer than ${attribute.maxLength} characters.`;
}

function characterProblem(attribute: SubjectAttribute, value: string): string | undefined {
  if (attribute.key === 'country') {
    return /^[A-Za-z]{2}$/.test(value) ? undefined : `The subject's country is not a code of two letters.`;
  }
  const isAllowed =
    attribute.tag === tags.printableString
      ? /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value)
      : attribute.tag === tags.ia5String
        ? /^[\x20-\x7e]*$/.test(value)
        : /^[ -~]*$/.test(value) || !/[\p{Cc}\p{Cs}]/u.test(value);
  return isAllowed
    ? undefined
    : `The subject's ${attribute.key} has characters that cannot be written there.`;
}
