/** How an operation becomes an HTTP request: path by template, the rest in the query or the JSON body. */
import { type Method, type OperationFields, pathFields } from '../../shared/operations/operation.ts';

export interface BuiltRequest {
  readonly method: Method;
  /** From the root of the origin, with its query. */
  readonly url: string;
  /** JSON; absent on GET and DELETE. */
  readonly body: string | undefined;
}

const apiBase = '/api/v1';

function appendTo(query: URLSearchParams, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) for (const one of value) appendTo(query, name, one);
  else query.append(name, String(value));
}

/** The request of a call; throws a plain Error where a field of the path is missing, which is a bug of the caller. */
export function buildRequest(
  operation: Pick<OperationFields, 'method' | 'path'>,
  input: Readonly<Record<string, unknown>>,
): BuiltRequest {
  const inPath = new Set(pathFields(operation.path));
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, field: string) => {
    const value = input[field];
    if (value === undefined || value === null || value === '') throw new Error(`The path needs ${field}.`);
    return encodeURIComponent(String(value));
  });
  const rest = Object.entries(input).filter(([name, value]) => !inPath.has(name) && value !== undefined);
  const url = `${apiBase}${path}`;
  if (operation.method !== 'GET' && operation.method !== 'DELETE') {
    return { method: operation.method, url, body: JSON.stringify(Object.fromEntries(rest)) };
  }
  const query = new URLSearchParams();
  for (const [name, value] of rest) appendTo(query, name, value);
  const text = query.toString();
  return { method: operation.method, url: text === '' ? url : `${url}?${text}`, body: undefined };
}
