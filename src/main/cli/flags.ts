import { z } from 'zod';
import { type OperationFields, pathFields } from '../../shared/operations/operation.ts';
import { bareSchema, type FromTexts, fromTexts } from '../http/coercion.ts';

/** How the texts of a flag become a value of the input. */
export type FlagKind =
  | 'text'
  | 'boolean'
  | 'list'
  | 'secret'
  | 'file'
  | 'bytes'
  | 'json'
  | 'subject'
  | 'alt-names'
  | 'constraints'
  | 'pairs'
  | 'paths';

export interface Flag {
  /** Without hyphens; the first is the one that help shows. */
  readonly names: readonly [string, ...string[]];
  readonly kind: FlagKind;
  /** Where its value goes in the input; null for flags of the command line itself. */
  readonly field: readonly [string, ...string[]] | null;
  readonly isRequired: boolean;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly defaultValue?: string;
  /** It may be given any number of times, and the operation then runs once for each, or for batches of paths. */
  readonly repeats?: true;
  /** For kinds whose texts the schema alone explains. */
  readonly read?: FromTexts;
}

/** `defaultProfile` as `default-profile`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The flags of an operation, and which of them may stand without a name. */
export function flagsOf(operation: OperationFields): { flags: Flag[]; positionals: Flag[] } {
  const shape = operation.input.shape as Record<string, z.core.$ZodType>;
  const flags = Object.entries(shape)
    .flatMap(([name, schema]) => flagsOfField(name, schema))
    .map((flag) => {
      const repeats = flag.kind === 'paths' || flag.field?.join('.') === operation.repeats;
      return repeats ? { ...flag, repeats: true as const } : flag;
    });
  const given = metaOf(operation.input).positional;
  const names = Array.isArray(given) ? (given as string[]) : pathFields(operation.path);
  const positionals = names
    .map((name) => flags.find((flag) => flag.field?.join('.') === name))
    .filter((flag) => flag !== undefined);
  return { flags, positionals };
}

function flagsOfField(name: string, schema: z.core.$ZodType): Flag[] {
  const meta = metaOf(schema);
  const kind = kindOf(schema, meta);
  const flag: Flag = {
    names: namesOf(name, kind, meta),
    kind,
    field: [name],
    isRequired: !z.safeParse(schema, undefined).success,
    description: descriptionOf(kind, meta),
    ...details(schema, kind),
  };
  if (kind !== 'subject') return [flag];
  const attributes = (bareSchema(schema) as z.ZodObject).shape as Record<string, z.core.$ZodType>;
  return [
    flag,
    ...Object.entries(attributes).map(([inner, innerSchema]) => attributeFlag(name, inner, innerSchema)),
  ];
}

function attributeFlag(outer: string, name: string, schema: z.core.$ZodType): Flag {
  const kind = kindOf(schema, {});
  return {
    names: [`${kebab(outer)}-${kebab(name)}`],
    kind,
    field: [outer, name],
    isRequired: false,
    description: String(metaOf(schema).description ?? `${name} of the ${outer}`),
    ...details(schema, kind),
  };
}

function namesOf(name: string, kind: FlagKind, meta: Record<string, unknown>): [string, ...string[]] {
  const own = kebab(name);
  if (kind === 'secret') return [`${own}-file`];
  if (kind === 'paths') return ['path'];
  if (kind === 'alt-names') return ['san', 'subject-alt-name', own];
  const renamed = typeof meta.flag === 'string' ? [meta.flag] : [];
  const all = [...renamed, ...(kind === 'list' ? [singular(own)] : []), own];
  return [...new Set(all)] as [string, ...string[]];
}

function singular(name: string): string {
  return name.endsWith('sses') ? name.slice(0, -2) : name.replace(/s$/, '');
}

function kindOf(schema: z.core.$ZodType, meta: Record<string, unknown>): FlagKind {
  const bare = bareSchema(schema);
  if (meta.secret === true) return 'secret';
  if (meta.fromPaths === true) return 'paths';
  if (meta.fromFile === 'bytes') return 'bytes';
  if (meta.fromFile === true) return bare instanceof z.ZodBase64 ? 'bytes' : 'file';
  if (bare instanceof z.ZodBoolean) return 'boolean';
  if (bare instanceof z.ZodArray) return arrayKind(bareSchema(bare.element));
  if (bare instanceof z.ZodRecord) return 'pairs';
  if (bare instanceof z.ZodDiscriminatedUnion) return 'json';
  if (bare instanceof z.ZodObject)
    return /^Subject(?:Fields)?$/.test(String(metaOf(bare).id)) ? 'subject' : 'json';
  return 'text';
}

function arrayKind(element: z.core.$ZodType): FlagKind {
  if (!(element instanceof z.ZodObject)) return 'list';
  const { id } = metaOf(element);
  if (id === 'SubjectAltName') return 'alt-names';
  return id === 'NameConstraint' ? 'constraints' : 'json';
}

function descriptionOf(kind: FlagKind, meta: Record<string, unknown>): string {
  const given = typeof meta.description === 'string' ? meta.description.replace(/\.$/, '') : '';
  const how: Partial<Record<FlagKind, string>> = {
    secret: 'A file that holds it, - for stdin; one final newline is not part of it',
    file: 'A file, - for stdin',
    bytes: 'A file, - for stdin',
    json: 'JSON, or @FILE',
    subject: "As in 'CN=web.example,O=Example'",
    'alt-names': 'As in dns:www.example, ip:192.0.2.1; repeatable',
    constraints: 'As in dns:example.com, ip:10.0.0.0/8, directory:O=Example; repeatable',
    pairs: 'KEY=VALUE; repeatable',
    paths: 'Files, and folders with all that is below them',
    list: 'Repeatable',
  };
  return [given, how[kind]].filter(Boolean).join('. ');
}

function details(schema: z.core.$ZodType, kind: FlagKind): Pick<Flag, 'choices' | 'defaultValue' | 'read'> {
  const bare = bareSchema(schema);
  const element = bare instanceof z.ZodArray ? bareSchema(bare.element) : bare;
  const first = z.safeParse(schema, undefined);
  const hasDefault = first.success && (typeof first.data === 'string' || typeof first.data === 'number');
  return {
    ...(element instanceof z.ZodEnum && { choices: element.options.map(String) }),
    ...(hasDefault && { defaultValue: String(first.data) }),
    ...((kind === 'text' || kind === 'list' || kind === 'boolean') && { read: fromTexts(schema, null) }),
  };
}

/** What .meta() says of the schema and of those that it wraps, the outer first. */
function metaOf(schema: z.core.$ZodType): Record<string, unknown> {
  const own = (z.globalRegistry.get(schema) ?? {}) as Record<string, unknown>;
  const inner =
    'innerType' in schema._zod.def ? (schema._zod.def as { innerType: z.core.$ZodType }).innerType : null;
  return inner === null ? own : { ...metaOf(inner), ...own };
}
