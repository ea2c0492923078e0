import type { z } from 'zod';
import type { Principal } from '../../../services/context.ts';
import type { Perform } from '../../perform-operation.ts';

type Fields = z.ZodObject;

/** One call of an endpoint, its parts read by their schemas. */
export interface HanzoCall<Params extends Fields, Query extends Fields, Body extends Fields> {
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
  /** The operations, as far as the caller may use them. */
  readonly perform: Perform;
  readonly principal: Principal;
  readonly request: Request;
}

/** An endpoint as it is declared: from it come its route, its validation and its entry in the API reference. */
export interface EndpointFields<Params extends Fields, Query extends Fields, Body extends Fields, Output> {
  /** As in the other product's own reference. */
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below /api/v1/cert-manager. */
  readonly path: `/${string}`;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly output: z.ZodType<Output>;
  /** Of the answer, where that is no JSON. */
  readonly mediaType?: string;
  /** Its message where what the path names is not there. */
  readonly notFound?: string;
  /** Of the request's body, where it may be larger than the usual limit. */
  readonly maxBodyBytes?: number;
  /** Answers the output, or a whole response for what is no JSON object. */
  readonly run: (call: HanzoCall<Params, Query, Body>) => Promise<Output | Response>;
}

/** An endpoint whose schemas and types are not told apart any more. */
export type Endpoint = Omit<EndpointFields<Fields, Fields, Fields, unknown>, 'run'> & {
  readonly run: (call: HanzoCall<Fields, Fields, Fields>) => Promise<unknown>;
};

/** Declares an endpoint: inside, its parts have the types of its schemas. */
export function endpoint<Params extends Fields, Query extends Fields, Body extends Fields, Output>(
  fields: EndpointFields<Params, Query, Body, Output>,
): Endpoint {
  // What is read by a schema has its type; the routes read every call by the schemas of its endpoint.
  return fields as unknown as Endpoint;
}
