/** The entries of the surface in the API reference, made from its endpoints alone. */
import { z } from 'zod';
import { pathFields } from '../../../../shared/operations/operation.ts';
import { type JsonSchema, schemasOf } from '../../openapi-schemas.ts';
import type { Endpoint } from './endpoint.ts';
import { hanzoEndpoints, hanzoRoot } from './hanzo-routes.ts';

const ErrorBody = z
  .strictObject({
    reqId: z.string().describe('As in X-Request-Id'),
    statusCode: z.int(),
    message: z.union([
      z.string(),
      z.array(z.object({ code: z.string(), path: z.array(z.union([z.string(), z.int()])), message: z.string() })),
    ]),
    error: z.string(),
  })
  .meta({ id: 'HanzoError', description: 'What went wrong, as Hanzo KMS says it.' });

const statuses = {
  400: 'Refused: by the policy, or by the state of things',
  401: 'No token, or one that is not valid',
  403: 'Not permitted',
  404: 'There is no such thing',
  422: 'The request does not have the form asked for',
} as const;

export interface HanzoReference {
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
  readonly components: Readonly<Record<string, JsonSchema>>;
  readonly tags: readonly string[];
}

/** Paths and components to stand beside those of the native API. */
export function hanzoReference(): HanzoReference {
  const inputs = schemasOf(
    hanzoEndpoints.flatMap(({ operationId, params, query, body }): [string, z.ZodType][] => [
      [`${operationId} params`, params],
      [`${operationId} query`, query],
      [`${operationId} body`, body],
    ]),
    'input',
  );
  const outputs = schemasOf(
    [...hanzoEndpoints.map(({ operationId, output }): [string, z.ZodType] => [operationId, output]), ['error', ErrorBody]],
    'output',
  );
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const endpoint of hanzoEndpoints) {
    const path = `${hanzoRoot}${endpoint.path}`;
    const part = (name: string) => inputs.roots[`${endpoint.operationId} ${name}`] as JsonSchema;
    const output = outputs.roots[endpoint.operationId] as JsonSchema;
    const made = entry(endpoint, { params: part('params'), query: part('query'), body: part('body'), output });
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: made };
  }
  return {
    paths,
    components: { ...inputs.components, ...outputs.components },
    tags: [...new Set(hanzoEndpoints.map(({ tag }) => tag))],
  };
}

type Schemas = Record<'params' | 'query' | 'body' | 'output', JsonSchema>;

function entry(endpoint: Endpoint, { params, query, body, output }: Schemas): JsonSchema {
  const parameters = [
    ...pathFields(endpoint.path).map((name) => parameter('path', name, params)),
    ...Object.keys(query.properties ?? {}).map((name) => parameter('query', name, query)),
  ];
  const hasBody = Object.keys(body.properties ?? {}).length > 0;
  const errors = Object.entries(statuses).map(([status, description]) => [
    status,
    { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/HanzoError' } } } },
  ]);
  return {
    operationId: endpoint.operationId,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    ...(endpoint.description !== undefined && { description: endpoint.description }),
    ...(parameters.length > 0 && { parameters }),
    ...(hasBody && {
      requestBody: {
        required: Array.isArray(body.required) && body.required.length > 0,
        content: { 'application/json': { schema: body } },
      },
    }),
    responses: {
      200: { description: endpoint.summary, content: { 'application/json': { schema: output } } },
      ...Object.fromEntries(errors),
    },
  };
}

function parameter(place: 'path' | 'query', name: string, schema: JsonSchema): JsonSchema {
  const { description, ...rest } = (schema.properties as Record<string, JsonSchema>)[name] as JsonSchema;
  const required = Array.isArray(schema.required) && schema.required.includes(name);
  return { name, in: place, required, ...(description !== undefined && { description }), schema: rest };
}
