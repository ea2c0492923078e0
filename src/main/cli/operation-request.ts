import { type OperationFields, pathFields } from '../../shared/operations/operation.ts';
import type { Input } from './command-input.ts';
import type { Outgoing } from './transport.ts';

/** The request of the native API for an operation with that input. */
export function operationRequest(operation: OperationFields, input: Input, token: string | null): Outgoing {
  const inPath = pathFields(operation.path);
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(input[name] ?? '')),
  );
  const others = Object.entries(input).filter(([name]) => !inPath.includes(name));
  const headers: Record<string, string> = {
    accept: 'application/json',
    ...(token !== null && { authorization: `Bearer ${token}` }),
  };
  const { method } = operation;
  if (method !== 'GET' && method !== 'DELETE') {
    headers['content-type'] = 'application/json';
    return { method, path: `/api/v1${path}`, headers, body: JSON.stringify(Object.fromEntries(others)) };
  }
  const query = new URLSearchParams();
  for (const [name, value] of others) {
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  const search = query.size > 0 ? `?${query}` : '';
  return { method, path: `/api/v1${path}${search}`, headers, body: null };
}
