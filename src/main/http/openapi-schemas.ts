import { z } from 'zod';
import type { OperationFields } from '../../shared/operations/operation.ts';

export type JsonSchema = Record<string, unknown>;

/** What has an input and an output: an operation, or the endpoint of a surface. */
export type WithSchemas = Pick<OperationFields, 'id' | 'input' | 'output' | 'accepted'>;

export interface SharedSchemas {
  /** By the operation's id. */
  readonly inputs: Readonly<Record<string, JsonSchema>>;
  /** By the operation's id, or by acceptedKey of it. */
  readonly outputs: Readonly<Record<string, JsonSchema>>;
  /** What has an id in its .meta(), by that id. */
  readonly components: Readonly<Record<string, JsonSchema>>;
}

/** Under which key the schema of the answer 202 is. */
export const acceptedKey = (operationId: string) => `${operationId} 202`;

/** Fields of .meta() that are for the command line or for zod, and no words of JSON Schema. */
const privateWords = ['id', 'positional', 'flag', 'secret', 'fromFile', 'defaultedByUrl'];

/**
 * The JSON Schemas of all inputs and outputs with their shared parts as components. A part that differs as
 * input (what has a default need not be given) stands a second time as `<id>Input`.
 */
export function sharedSchemas(operations: readonly WithSchemas[]): SharedSchemas {
  const asOutput = convert(operations, 'output');
  const asInput = convert(operations, 'input');
  const differing = differingIds(asInput.defs, asOutput.defs);
  const nameOfInput = (id: string) => (differing.has(id) ? `${id}Input` : id);
  const sameName = (id: string) => id;

  const components: Record<string, JsonSchema> = {};
  for (const [id, schema] of Object.entries(asInput.defs))
    components[nameOfInput(id)] = relinked(schema, nameOfInput);
  for (const [id, schema] of Object.entries(asOutput.defs)) components[id] = relinked(schema, sameName);
  return {
    inputs: relinked(asInput.roots, nameOfInput) as Record<string, JsonSchema>,
    outputs: relinked(asOutput.roots, sameName) as Record<string, JsonSchema>,
    components: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** One conversion for all operations, so that parts with an id are made once and referred to. */
function convert(operations: readonly WithSchemas[], io: 'input' | 'output') {
  const entries = operations.flatMap((operation): [string, z.ZodType][] => [
    [operation.id, operation[io]],
    ...(io === 'output' && operation.accepted
      ? [[acceptedKey(operation.id), operation.accepted] as [string, z.ZodType]]
      : []),
  ]);
  const all = z.object(Object.fromEntries(entries));
  const schema = z.toJSONSchema(all, {
    io,
    override: ({ jsonSchema }) => {
      for (const word of privateWords) delete (jsonSchema as JsonSchema)[word];
    },
  });
  return {
    roots: (schema.properties ?? {}) as Record<string, JsonSchema>,
    defs: (schema.$defs ?? {}) as Record<string, JsonSchema>,
  };
}

/** Ids whose schema is not the same in both directions, or that refer to such a one. */
function differingIds(inputs: Record<string, JsonSchema>, outputs: Record<string, JsonSchema>): Set<string> {
  const shared = Object.keys(inputs).filter((id) => id in outputs);
  const differing = new Set(
    shared.filter((id) => JSON.stringify(inputs[id]) !== JSON.stringify(outputs[id])),
  );
  for (let before = -1; before !== differing.size; ) {
    before = differing.size;
    for (const id of shared) {
      if ([...refsIn(inputs[id])].some((ref) => differing.has(ref))) differing.add(id);
    }
  }
  return differing;
}

function refsIn(schema: unknown): Set<string> {
  const text = JSON.stringify(schema) ?? '';
  return new Set([...text.matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)].map((match) => match[1] as string));
}

function relinked<T extends object>(schema: T, nameOf: (id: string) => string): T {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
    if (key !== '$ref' || typeof value !== 'string') return value;
    return `#/components/schemas/${nameOf(value.replace('#/$defs/', ''))}`;
  }) as T;
}
