/** The entries of the surface in the API reference, made from its endpoints alone. */
import { z } from 'zod';
import { pathFields } from '../../../../shared/operations/operation.ts';
import type { JsonSchema, SharedSchemas, WithSchemas } from '../../openapi-schemas.ts';
import type { Endpoint } from './endpoint.ts';
import { hanzoEndpoints, hanzoRoot } from './hanzo-endpoints.ts';

const HanzoError = z
  .strictObject({
    reqId: z.string().describe('As in X-Request-Id'),
    statusCode: z.int(),
    message: z.union([
      z.string(),
      z
        .array(
          z.strictObject({
            code: z.string(),
            path: z.array(z.union([z.string(), z.int()])),
            message: z.string(),
          }),
        )
        .describe('Where the request does not have the form asked for'),
    ]),
    error: z.string(),
  })
  .meta({ id: 'HanzoError', description: 'What went wrong, as Hanzo KMS says it.' });

const errors = {
  400: 'Refused, by the policy or by the state of things',
  401: 'No token, or one that is not valid',
  403: 'Not permitted',
  404: 'There is no such thing',
  422: 'The request does not have the form asked for',
} as const;

const errorAnswers = Object.fromEntries(
  Object.entries(errors).map(([status, description]) => {
    const schema = { $ref: '#/components/schemas/HanzoError' };
    return [status, { description, content: { 'application/json': { schema } } }];
  }),
);

/** What the reference has to know of the shapes of the surface, to be converted with all others. */
export const hanzoSchemas: readonly WithSchemas[] = [
  { id: 'hanzo.error', input: z.strictObject({}), output: HanzoError },
  ...hanzoEndpoints.map(({ operationId, params, query, body, output }) => ({
    id: operationId,
    input: z.strictObject({ params, query, body }),
    output,
  })),
];

export const hanzoTags: readonly string[] = [...new Set(hanzoEndpoints.map(({ tag }) => tag))];

/** The paths of the surface, below the root of the API. */
export function hanzoPaths({
  inputs,
  outputs,
}: Pick<SharedSchemas, 'inputs' | 'outputs'>): Record<string, Record<string, JsonSchema>> {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const endpoint of hanzoEndpoints) {
    const { operationId, method } = endpoint;
    const path = `${hanzoRoot}${endpoint.path}`;
    const parts = inputs[operationId]?.properties as Parts;
    const made = entry(endpoint, parts, outputs[operationId] as JsonSchema);
    paths[path] = { ...paths[path], [method.toLowerCase()]: made };
  }
  return paths;
}

type Parts = Readonly<Record<'params' | 'query' | 'body', JsonSchema>>;

function entry(endpoint: Endpoint, { params, query, body }: Parts, output: JsonSchema): JsonSchema {
  const parameters = [
    ...pathFields(endpoint.path).map((name) => parameter('path', name, params)),
    ...Object.keys(query.properties ?? {}).map((name) => parameter('query', name, query)),
  ];
  const hasBody = Object.keys(body.properties ?? {}).length > 0;
  const isNeeded = Array.isArray(body.required) && body.required.length > 0;
  const content = { [endpoint.mediaType ?? 'application/json']: { schema: output } };
  return {
    operationId: endpoint.operationId,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    ...(endpoint.description !== undefined && { description: endpoint.description }),
    ...(parameters.length > 0 && { parameters }),
    ...(hasBody && {
      requestBody: { required: isNeeded, content: { 'application/json': { schema: body } } },
    }),
    responses: { 200: { description: endpoint.summary, content }, ...errorAnswers },
  };
}

function parameter(place: 'path' | 'query', name: string, schema: JsonSchema): JsonSchema {
  const properties = schema.properties as Readonly<Record<string, JsonSchema>>;
  const { description, ...rest } = properties[name] as JsonSchema;
  const required = Array.isArray(schema.required) && schema.required.includes(name);
  return { name, in: place, required, ...(description !== undefined && { description }), schema: rest };
}
