import type { KeyfactorCall } from './keyfactor-call.ts';
import type { ListAnswer } from './list-answer.ts';

/** A parameter as the reference shows it. */
export interface KeyfactorParameter {
  readonly name: string;
  readonly in?: 'query' | 'header';
  readonly type?: 'string' | 'integer' | 'boolean';
  readonly description?: string;
}

/** An endpoint as it is declared: from it come its route and its entry in the reference. */
export interface KeyfactorEndpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /KeyfactorAPI, as the other product spells it. */
  readonly path: `/${string}`;
  readonly tag: string;
  readonly summary: string;
  readonly parameters?: readonly KeyfactorParameter[];
  /** An example of the body, which the reference offers to be changed. */
  readonly example?: unknown;
  readonly maxBodyBytes?: number;
  /** Answers a list, a value as JSON, a whole response, or undefined for 204. */
  readonly run: (call: KeyfactorCall) => Promise<ListAnswer | Response | object | undefined>;
}
