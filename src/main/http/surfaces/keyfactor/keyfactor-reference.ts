/** The API Reference and Utility of the surface: its OpenAPI document, made from the endpoints alone, and its page. */
import type { Hono } from 'hono';
import { pathFields } from '../../../../shared/operations/operation.ts';
import type { Env } from '../../app.ts';
import { entityTag, taggedResponse } from '../../etag.ts';
import { referencePage, tokenScheme } from '../../reference.ts';
import type { KeyfactorEndpoint } from './keyfactor-endpoint.ts';
import { keyfactorEndpoints } from './keyfactor-endpoints.ts';
import { keyfactorRoots } from './keyfactor-routes.ts';

const title = 'Keyfactor API Reference and Utility';
const documentPath = '/KeyfactorAPI/swagger/v1/swagger.json';

const errorSchema = {
  type: 'object',
  properties: { ErrorCode: { type: 'string' }, Message: { type: 'string' } },
  required: ['ErrorCode', 'Message'],
};
const failure = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
});

/** The document; OpenAPI 3.0, which generators of clients for that API read. */
export function keyfactorDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of keyfactorEndpoints) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: entryOf(endpoint) };
  }
  return {
    openapi: '3.0.3',
    info: {
      title,
      version: 'v1',
      description:
        'Scripts written for Keyfactor Command find its API here. Authorize takes the bare access token, which ' +
        'the token endpoint of a realm gives out; scripts may send name and password by Basic as well.',
    },
    servers: [{ url: '/KeyfactorAPI' }],
    tags: [...new Set(keyfactorEndpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Error: errorSchema },
      securitySchemes: {
        [tokenScheme]: { type: 'http', scheme: 'bearer', description: 'The access token alone' },
      },
    },
    security: [{ [tokenScheme]: [] }],
  };
}

function entryOf({ method, path, tag, summary, parameters = [], example }: KeyfactorEndpoint): object {
  const all = [
    ...pathFields(path).map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...parameters.map(({ name, in: place = 'query', type = 'string', description }) => ({
      ...{ name, in: place, required: false, schema: { type } },
      ...(description !== undefined && { description }),
    })),
  ];
  return {
    operationId: `${method}${path.replace(/[{}]/g, '').replaceAll('/', '_')}`,
    tags: [tag],
    summary,
    ...(all.length > 0 && { parameters: all }),
    ...(example !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: { example } } } },
    }),
    responses: {
      200: { description: summary, content: { 'application/json': {} } },
      400: failure('Refused'),
      401: failure('Not authenticated'),
      403: failure('Not permitted'),
      404: failure('There is no such thing'),
    },
  };
}

/** To be added before the routes of the surface, which take everything below its roots. */
export function keyfactorReference(app: Hono<Env>): void {
  const document = JSON.stringify(keyfactorDocument());
  const tag = entityTag(document);
  app.get(documentPath, (c) => {
    const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-cache' });
    return taggedResponse(c.req.raw, document, tag, headers);
  });
  referencePage(app, {
    paths: keyfactorRoots.flatMap((root) => [
      root,
      `${root}/`,
      `${root}/swagger`,
      `${root}/swagger/index.html`,
    ]),
    scriptPath: '/KeyfactorAPI/swagger/start.js',
    title,
    documentUrl: documentPath,
    headers: { 'x-keyfactor-requested-with': 'APIClient' },
  });
}
