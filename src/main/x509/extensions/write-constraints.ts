/** Writes what limits an authority: nameConstraints and the policies (RFC 5280 sections 4.2.1.4, .5, .10 and .11). */
import { ChanceryError } from '../../../shared/errors.ts';
import type {
  CertificatePolicy,
  NameConstraint,
  PolicyConstraints,
  PolicyMapping,
} from '../../../shared/model/extensions.ts';
import { subjectFromText } from '../../../shared/model/subject-text.ts';
import { contextGroup, contextValue, tags } from '../der/der-tags.ts';
import type { DerWriter } from '../der/der-writer.ts';
import { encodeName } from '../names/encode-name.ts';
import { parseIpRange } from '../names/ip-range.ts';
import { isUri, normaliseDomain, normaliseSubjectAltName } from '../names/subject-alt-name.ts';

const cpsQualifier = '1.3.6.1.5.5.7.2.1';
const noticeQualifier = '1.3.6.1.5.5.7.2.2';

export interface NameConstraintLists {
  readonly permitted?: readonly NameConstraint[] | undefined;
  readonly excluded?: readonly NameConstraint[] | undefined;
}

/** Writes the value of nameConstraints. Throws INVALID_INPUT for a subtree that is not of its type. */
export function writeNameConstraints(writer: DerWriter, { permitted, excluded }: NameConstraintLists): void {
  writer.sequence(() => {
    for (const [number, field, names = []] of [
      [0, 'permittedNames', permitted],
      [1, 'excludedNames', excluded],
    ] as const) {
      writer.groupUnlessEmpty(contextGroup(number), () => {
        names.forEach((name, index) => {
          writer.sequence(() => writeSubtree(writer, name, [field, index, 'value']));
        });
      });
    }
  });
}

function writeSubtree(
  writer: DerWriter,
  { type, value }: NameConstraint,
  path: readonly (string | number)[],
): void {
  const refuse = () => {
    const message = `'${value.slice(0, 256)}' is no subtree of ${type} names.`;
    return new ChanceryError({
      code: 'INVALID_INPUT',
      detail: message,
      violations: [{ path, rule: 'nameConstraints.encoding', message }],
    });
  };
  switch (type) {
    case 'email': {
      const text = value.includes('@')
        ? normaliseSubjectAltName({ type, value }).value
        : domainOrSuffix(value);
      if (text === undefined) throw refuse();
      writer.text(contextValue(1), text);
      break;
    }
    case 'dns': {
      const text = value === '' ? '' : normaliseDomain(value);
      // What a wildcard or a leading dot means here differs from software to software.
      if (text === undefined || text.startsWith('*')) throw refuse();
      writer.text(contextValue(2), text);
      break;
    }
    case 'directory':
      writer.group(contextGroup(4), () => writer.raw(encodeName(subjectFromText(value))));
      break;
    case 'uri': {
      const text = domainOrSuffix(value);
      if (text === undefined) throw refuse();
      writer.text(contextValue(6), text);
      break;
    }
    case 'ip': {
      const range = parseIpRange(value);
      if (range === undefined) throw refuse();
      writer.value(contextValue(7), range);
      break;
    }
  }
}

/** A host, one with a leading dot (all hosts below it), or nothing (everything). */
function domainOrSuffix(value: string): string | undefined {
  if (value === '') return '';
  const dot = value.startsWith('.') ? '.' : '';
  const domain = normaliseDomain(value.slice(dot.length));
  return domain === undefined || domain.startsWith('*') ? undefined : dot + domain;
}

/** Writes the value of certificatePolicies; a notice as UTF8String (RFC 6818 section 3). */
export function writeCertificatePolicies(writer: DerWriter, policies: readonly CertificatePolicy[]): void {
  writer.sequence(() => {
    for (const { oid, cps, notice } of policies) {
      writer.sequence(() => {
        writer.objectIdentifier(oid);
        writer.groupUnlessEmpty(tags.sequence, () => {
          if (cps !== undefined) writePracticeStatement(writer, cps);
          if (notice !== undefined) writeNotice(writer, notice);
        });
      });
    }
  });
}

function writePracticeStatement(writer: DerWriter, url: string): void {
  if (!isUri(url)) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: `'${url.slice(0, 256)}' is not an absolute URI in ASCII.`,
    });
  }
  writer.sequence(() => writer.objectIdentifier(cpsQualifier).text(tags.ia5String, url));
}

function writeNotice(writer: DerWriter, text: string): void {
  writer.sequence(() => {
    writer.objectIdentifier(noticeQualifier);
    writer.sequence(() => writer.text(tags.utf8String, text));
  });
}

/** Writes the value of policyMappings. */
export function writePolicyMappings(writer: DerWriter, mappings: readonly PolicyMapping[]): void {
  writer.sequence(() => {
    for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
      writer.sequence(() =>
        writer.objectIdentifier(issuerDomainPolicy).objectIdentifier(subjectDomainPolicy),
      );
    }
  });
}

/** Writes the value of policyConstraints. */
export function writePolicyConstraints(
  writer: DerWriter,
  { requireExplicitPolicy, inhibitPolicyMapping }: PolicyConstraints,
): void {
  writer.sequence(() => {
    if (requireExplicitPolicy !== undefined) writer.integer(requireExplicitPolicy, contextValue(0));
    if (inhibitPolicyMapping !== undefined) writer.integer(inhibitPolicyMapping, contextValue(1));
  });
}
