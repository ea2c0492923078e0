/** A policy in our words and in theirs. */
import { keyAlgorithms } from '../../../../shared/model/algorithms.ts';
import type { PolicyDefinition } from '../../../../shared/model/policy.ts';
import type { Input } from '../../../../shared/operations/index.ts';
import { extendedKeyUsagesOf } from './attributes.ts';
import {
  altNameWords,
  extendedKeyUsageWords,
  keyAlgorithmWords,
  keyUsageWords,
  signatureAlgorithmWords,
  subjectAttributeWords,
} from './enumerations.ts';
import type { PolicyParts, ShownPolicy } from './policy-shapes.ts';

type Definition = Input<'policies.create'>['definition'];

/** What stands for 'no limit', which a policy here always has. */
const unlimited = '999y';

/** There `*` alone is any value, whatever its dots; here a label of DNS and both parts of a mailbox are said. */
const anyValue: Readonly<Record<string, string>> = { dns: '**', email: '*@**', upn: '*@**' };

const patternOf = (type: string) => (pattern: string) =>
  pattern === '*' ? (anyValue[type] ?? '*') : pattern;
const shownPattern = (type: string) => (pattern: string) => (pattern === anyValue[type] ? '*' : pattern);

interface Lists<Item> {
  readonly allowed?: readonly Item[] | undefined;
  readonly required?: readonly Item[] | undefined;
  readonly denied?: readonly Item[] | undefined;
}

/** The lists that hold something, each item changed. */
function mapped<Item, Result>({ allowed, required, denied }: Lists<Item>, change: (item: Item) => Result) {
  const lists = Object.entries({ allowed, required, denied }).filter(([, list]) => list && list.length > 0);
  return Object.fromEntries(lists.map(([name, list]) => [name, list?.map(change)])) as Partial<
    Record<'allowed' | 'required' | 'denied', Result[]>
  >;
}

/** A section that is absent there permits any value, one that is empty none. */
function sectionOf<Rule, Result>(rules: readonly Rule[] | undefined, change: (rule: Rule) => Result) {
  if (rules === undefined) return { mode: 'any' as const };
  return rules.length === 0
    ? { mode: 'none' as const }
    : { mode: 'rules' as const, rules: rules.map(change) };
}

/** Beyond what is denied, anything may be asked for where nothing is allowed or required by name. */
function usagesOf<Word, Usage>(usages: Lists<Word> | undefined, change: (word: Word) => Usage) {
  const { allowed = [], required = [], denied } = mapped(usages ?? {}, change);
  const isOpen = usages?.allowed === undefined && usages?.required === undefined;
  return { allowed, required, ...(denied && { denied }), ...(isOpen && { allowOthers: true }) };
}

/** The parts given, over those of a definition that is there; a new one permits what has no switch there. */
export function definitionOf(parts: PolicyParts, former?: PolicyDefinition): Definition {
  const { subject, sans, keyUsages, extendedKeyUsages, algorithms, validity, basicConstraints } = parts;
  const isSaid = (part: keyof PolicyParts) => former === undefined || part in parts;
  const base = former ?? { allowWildcards: true, allowSelfSigned: true, allowImport: true };
  return {
    ...base,
    ...(parts.description !== undefined && { description: parts.description ?? '' }),
    ...((isSaid('subject') ? { subject: sectionOf(subject, subjectRule) } : {}) as Pick<
      Definition,
      'subject'
    >),
    ...((isSaid('sans') ? { subjectAltNames: sectionOf(sans, sanRule) } : {}) as Pick<
      Definition,
      'subjectAltNames'
    >),
    ...((isSaid('keyUsages')
      ? { keyUsages: usagesOf(keyUsages, (word) => keyUsageWords.ours(word)) }
      : {}) as Pick<Definition, 'keyUsages'>),
    ...((isSaid('extendedKeyUsages')
      ? { extendedKeyUsages: usagesOf(extendedKeyUsages, (word) => extendedKeyUsagesOf([word])[0]) }
      : {}) as Pick<Definition, 'extendedKeyUsages'>),
    ...((isSaid('algorithms') ? algorithmsOf(algorithms) : {}) as Pick<Definition, 'keyAlgorithms'>),
    ...((isSaid('validity') ? { maxValidity: validity?.max ?? unlimited } : {}) as Pick<
      Definition,
      'maxValidity'
    >),
    ...(isSaid('basicConstraints') && { isCa: false, basicConstraints: constraintsOf(basicConstraints) }),
  };
}

const subjectRule = ({ type, ...lists }: NonNullable<PolicyParts['subject']>[number]) => ({
  type: subjectAttributeWords.ours(type),
  ...mapped(lists, (pattern) => pattern),
});

function sanRule({ type: word, ...lists }: NonNullable<PolicyParts['sans']>[number]) {
  const type = altNameWords.ours(word);
  return { type, ...mapped(lists, patternOf(type)) };
}

function algorithmsOf(algorithms: PolicyParts['algorithms']) {
  return {
    keyAlgorithms: algorithms?.keyAlgorithm?.map((word) => keyAlgorithmWords.ours(word)) ?? [
      ...keyAlgorithms,
    ],
    signatureAlgorithms: algorithms?.signature?.map((word) => signatureAlgorithmWords.ours(word)),
  };
}

function constraintsOf(given: PolicyParts['basicConstraints']) {
  const { isCA: isCa = 'denied', maxPathLength = -1 } = given ?? {};
  return { isCa, ...(maxPathLength >= 0 && { maxPathLength }) } as const;
}

/** `365d` for P365D, `18m` for P1Y6M; the text itself where a single unit cannot say it. */
function spanText(duration: string): string {
  const [, years = '0', months = '0', weeks, days, hours] =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)H)?$/.exec(duration) ?? [];
  const given = [Number(years) * 12 + Number(months), weeks, days, hours].map(Number);
  const [inMonths = 0, inWeeks = 0, inDays = 0, inHours = 0] = given.map((one) =>
    Number.isNaN(one) ? 0 : one,
  );
  if ([inMonths, inWeeks + inDays, inHours].filter((one) => one > 0).length !== 1) return duration;
  if (inMonths > 0) return inMonths % 12 === 0 ? `${inMonths / 12}y` : `${inMonths}m`;
  return inHours > 0 ? `${inHours}h` : `${inWeeks * 7 + inDays}d`;
}

/** The definition in their words; what they have none for (approval, uniqueness, name constraints) is not in it. */
export function shownParts(
  definition: PolicyDefinition,
): Omit<ShownPolicy, 'id' | 'projectId' | 'name' | 'createdAt' | 'updatedAt'> {
  const { subject, subjectAltNames, keyUsages, extendedKeyUsages, maxValidity } = definition;
  const { isCa, maxPathLength = -1 } = definition.basicConstraints ?? {
    isCa: definition.isCa ? 'required' : 'denied',
  };
  const signature = definition.signatureAlgorithms?.map((algorithm) =>
    signatureAlgorithmWords.theirs(algorithm),
  );
  return {
    description: definition.description ?? null,
    ...(subject.mode !== 'any' && {
      subject: shownRules(subject, (type) => subjectAttributeWords.theirs(type)),
    }),
    ...(subjectAltNames.mode !== 'any' && {
      sans: shownRules(subjectAltNames, (type) =>
        type === 'otherName' ? 'other_name' : altNameWords.theirs(type),
      ),
    }),
    ...shownUsages('keyUsages', keyUsages, (usage) => keyUsageWords.theirs(usage)),
    ...shownUsages('extendedKeyUsages', extendedKeyUsages, (usage) => extendedKeyUsageWords.theirs(usage)),
    algorithms: {
      ...(signature && { signature }),
      keyAlgorithm: definition.keyAlgorithms.map((algorithm) => keyAlgorithmWords.theirs(algorithm)),
    },
    validity: maxValidity === unlimited ? {} : { max: spanText(maxValidity) },
    basicConstraints: { isCA: isCa, maxPathLength },
  };
}

type Section = PolicyDefinition['subject'] | PolicyDefinition['subjectAltNames'];

function shownRules(section: Section, word: (type: string) => string) {
  if (section.mode !== 'rules') return [];
  return section.rules.map(({ type, ...lists }) => ({
    type: word(type),
    ...shownLists(lists, shownPattern(type)),
  }));
}

/** A rule without a list permits any value of its type. */
function shownLists(lists: Lists<string>, change: (pattern: string) => string) {
  const shown = mapped(lists, change);
  return Object.keys(shown).length > 0 ? shown : { allowed: ['*'] };
}

function shownUsages(
  name: 'keyUsages' | 'extendedKeyUsages',
  { allowOthers, ...lists }: Lists<string> & { readonly allowOthers?: boolean | undefined },
  change: (usage: string) => string,
) {
  const shown = mapped(lists, change);
  if (allowOthers) return Object.keys(shown).length > 0 ? { [name]: shown } : {};
  return { [name]: Object.keys(shown).length > 0 ? shown : { allowed: [] } };
}
