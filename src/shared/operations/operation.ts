/**
 * The contract: every operation of Chancery is one value. From it come the route and its validation, the
 * OpenAPI entry, the typed client of the renderer, the command of the command line, the permission check,
 * the audit event and the confirmation that the screens ask for. What does not belong: how it is done.
 */
import type { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import type { Permission } from '../model/permissions.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who may call: everyone, whoever has signed in, or a holder of the permission in at least one realm. */
export type Access = 'public' | 'signed-in' | Permission;

export interface OperationFields {
  /** `area.action`; the area is the tag in OpenAPI and the first word of the command. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly method: Method;
  /** Below /api/v1; `{field}` is taken from the input's field of that name. */
  readonly path: `/${string}`;
  /** One flat object: path fields by template, the others in the query (GET, DELETE) or the JSON body. */
  readonly input: z.ZodObject;
  readonly output: z.ZodType;
  /** Status of success, 200 where it is not given. */
  readonly status?: 200 | 201 | 202 | 204;
  /** What is answered instead, with 202, where it is not done at once (RFC 9110 section 15.3.3). */
  readonly accepted?: z.ZodObject;
  /** Beside those that every operation may answer (validation, authentication, permission, lock). */
  readonly errors: readonly ErrorCode[];
  readonly permission: Access;
  /** What the screens ask before: nothing, or a confirmation. */
  readonly risk: 'none' | 'change' | 'destructive';
  /** Type of the audit event that success writes; absent where nothing changes. */
  readonly audit?: string;
  /** May be called while the vault is locked or not there yet. */
  readonly whileLocked?: true;
  /** Other words on the command line than `area action`. */
  readonly command?: string;
  /** The field that the command line takes any number of times: the operation runs once for each. */
  readonly repeats?: string;
  /** Of the request's body, where a file may be larger than the usual limit. */
  readonly maxBodyBytes?: number;
  /** The output has a field `ok`, and the command line ends with 1 where it is false. */
  readonly isVerdict?: true;
}

export type Operation<F extends OperationFields = OperationFields> = F;

/** Declares an operation; the value is what it was given, with its literal types kept. */
export function operation<const F extends OperationFields>(fields: F): F {
  return fields;
}

/** What a caller passes: the input before defaults are filled in. */
export type InputOf<O extends OperationFields> = z.input<O['input']>;
/** What a handler receives: the input after validation. */
export type ParsedInputOf<O extends OperationFields> = z.output<O['input']>;
export type OutputOf<O extends OperationFields> = z.output<O['output']>;

/** What is answered instead of the output where it is not done at once. */
export type AcceptedOf<O extends OperationFields> = O extends {
  readonly accepted: infer A extends z.ZodObject;
}
  ? z.output<A>
  : never;

/** Whether an answer says that it is not done yet: by having the fields for that. */
export function isAccepted<O extends OperationFields>(
  { accepted }: O,
  answer: OutputOf<O> | AcceptedOf<O>,
): answer is AcceptedOf<O> {
  if (accepted === undefined || typeof answer !== 'object' || answer === null) return false;
  return Object.keys(accepted.shape).every((name) => name in answer);
}

/** Names of the path's fields, in order: `/a/{id}/b/{x}` has `id` and `x`. */
export function pathFields(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
}
