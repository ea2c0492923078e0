/** What is asked for of a certificate, in our words. */
import type { Input } from '../../../../shared/operations/index.ts';
import { altNameWords, extendedKeyUsageWords, keyAlgorithmWords, keyUsageWords } from './enumerations.ts';
import type { Attributes } from './shapes.ts';

type Issue = Input<'certificates.issue'>;
type SubjectPart = Pick<
  Attributes,
  'commonName' | 'organization' | 'organizationalUnit' | 'country' | 'state' | 'locality' | 'domainComponents'
>;

/** Applies where there is a value; null stays null, and absent stays absent. */
function present<Given, Result>(
  given: Given | null | undefined,
  change: (value: Given) => Result,
): Result | null | undefined {
  if (given === null) return null;
  return given === undefined ? undefined : change(given);
}

/** The attributes that something is said of; undefined where nothing is said of any. */
export function subjectOf(attributes: SubjectPart): Issue['subject'] {
  const { commonName, organization, organizationalUnit, country, state, locality } = attributes;
  const domainComponent = present(attributes.domainComponents, (all) => (all.length > 0 ? all : null));
  const all = { commonName, organization, organizationalUnit, country, state, locality, domainComponent };
  const said = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return Object.keys(said).length > 0 ? said : undefined;
}

/** An object identifier stays one. */
export function extendedKeyUsagesOf<Word extends string>(words: readonly Word[]) {
  const known: readonly string[] = extendedKeyUsageWords.schema.options;
  return words.map((word) =>
    known.includes(word)
      ? extendedKeyUsageWords.ours(word as Parameters<typeof extendedKeyUsageWords.ours>[0])
      : word,
  );
}

/** An ISO 8601 interval where moments are given; null is what the profile takes without a duration. */
function validityOf({ ttl, notBefore, notAfter }: Attributes): Issue['validity'] {
  if (notAfter) return notBefore ? `${notBefore}/${notAfter}` : notAfter;
  return ttl;
}

/** The fields of issuing that the attributes are. */
export function issueFieldsOf(attributes: Attributes): Omit<Issue, 'profile' | 'csr' | 'realm'> {
  const { altNames, keyUsages, extendedKeyUsages, keyAlgorithm, basicConstraints } = attributes;
  return {
    subject: subjectOf(attributes),
    subjectAltNames: present(altNames, (all) =>
      all.map(({ type, value }) => ({ type: altNameWords.ours(type), value })),
    ),
    keyUsages: present(keyUsages, (all) => all.map((word) => keyUsageWords.ours(word))),
    extendedKeyUsages: present(extendedKeyUsages, extendedKeyUsagesOf),
    keyAlgorithm: present(keyAlgorithm, (word) => keyAlgorithmWords.ours(word)),
    basicConstraints: present(basicConstraints, ({ isCA, pathLength }) => ({
      isCa: isCA,
      ...(pathLength !== undefined && { pathLength }),
    })),
    validity: validityOf(attributes),
  };
}
