import type { z } from 'zod';
import type { Violation } from '../../shared/errors.ts';
import { type OperationFields, pathFields } from '../../shared/operations/operation.ts';
import { type FromTexts, fromTexts } from './coercion.ts';
import { readJsonObject } from './read-body.ts';
import { invalidInput, violationsOf } from './violations.ts';

/** Reads and validates the input of one operation from a request. Throws INVALID_INPUT and what reading a body throws. */
export type GatherInput = (
  request: Request,
  pathValues: Readonly<Record<string, string>>,
) => Promise<{ readonly raw: Record<string, unknown>; readonly input: Record<string, unknown> }>;

/** Compiles the gathering for an operation: path fields by template, the others from the query (GET, DELETE) or the body. */
export function gatherInput(operation: OperationFields): GatherInput {
  const inPath = pathFields(operation.path);
  const usesQuery = operation.method === 'GET' || operation.method === 'DELETE';
  const readers = new Map<string, FromTexts>();
  for (const [name, schema] of Object.entries(operation.input.shape)) {
    const isRead = usesQuery || inPath.includes(name) || isDefaultedByUrl(schema);
    if (isRead) readers.set(name, fromTexts(schema, ','));
  }
  const defaulted = Object.keys(operation.input.shape).filter(
    (name) => !usesQuery && isDefaultedByUrl(operation.input.shape[name]),
  );

  return async (request, pathValues) => {
    const given = usesQuery
      ? fromQuery(new URL(request.url).searchParams, readers)
      : await readJsonObject(request, operation.maxBodyBytes);
    const doubled: Violation[] = inPath
      .filter((name) => Object.hasOwn(given, name))
      .map((name) => ({
        path: [name],
        rule: 'unknownField',
        message: 'This field is given by the path alone.',
      }));
    const raw = { ...given };
    for (const name of defaulted) {
      if (Object.hasOwn(raw, name)) continue;
      const texts = new URL(request.url).searchParams.getAll(name);
      if (texts.length > 0) raw[name] = readers.get(name)?.(texts);
    }
    for (const name of inPath) raw[name] = readers.get(name)?.([pathValues[name] ?? '']);
    const result = operation.input.safeParse(raw) as z.ZodSafeParseResult<Record<string, unknown>>;
    if (!result.success) throw invalidInput([...doubled, ...violationsOf(result.error.issues, raw)]);
    if (doubled.length > 0) throw invalidInput(doubled);
    return { raw, input: result.data };
  };
}

/** Whether the address of a request with a body may say what the body leaves out. */
function isDefaultedByUrl(schema: unknown): boolean {
  return (schema as z.ZodType).meta()?.defaultedByUrl === true;
}

function fromQuery(query: URLSearchParams, readers: ReadonlyMap<string, FromTexts>): Record<string, unknown> {
  const given: [string, unknown][] = [];
  for (const name of new Set(query.keys())) {
    const texts = query.getAll(name);
    given.push([name, readers.get(name)?.(texts) ?? texts]);
  }
  return Object.fromEntries(given);
}
