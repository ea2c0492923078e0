/**
 * The certificate manager of Hanzo KMS (Infisical's API of early 2026) at /api/v1/cert-manager. What it is for:
 * scripts written for it run against Chancery. Its invariant: it translates and decides nothing; every call becomes
 * operations, run as its caller, and every failure has the other product's body. What does not belong: rules of
 * issuing, renewing or access, which services/ holds.
 */
import type { Hono, Context as HonoContext } from 'hono';
import type { z } from 'zod';
import { ChanceryError } from '../../../../shared/errors.ts';
import { pathFields } from '../../../../shared/operations/operation.ts';
import { contextOf } from '../../admission.ts';
import type { Env } from '../../app.ts';
import { fromTexts } from '../../coercion.ts';
import { entityTag, taggedResponse } from '../../etag.ts';
import { checkOrigin } from '../../origin.ts';
import { performAs } from '../../perform-operation.ts';
import type { HttpPorts } from '../../ports.ts';
import { asChanceryError } from '../../problem.ts';
import { readJsonObject } from '../../read-body.ts';
import { wholeResponse } from '../../whole-response.ts';
import type { Endpoint } from './endpoint.ts';
import { hanzoEndpoints, hanzoRoot } from './hanzo-endpoints.ts';
import { hanzoErrorResponse, SchemaFailure } from './hanzo-error.ts';

export interface HanzoOptions {
  /** Under which path the API is. */
  readonly apiRoot: string;
  /** Whether answers are checked against their schema: for development and tests. */
  readonly checksOutput: boolean;
}

/** Adds the routes of the surface. */
export function hanzoRoutes(app: Hono<Env>, ports: HttpPorts, { apiRoot, checksOutput }: HanzoOptions): void {
  const root = `${apiRoot}${hanzoRoot}`;
  for (const endpoint of hanzoEndpoints) {
    const answer = answering(endpoint, ports, checksOutput);
    app.on(endpoint.method, `${root}${endpoint.path.replace(/\{(\w+)\}/g, ':$1')}`, (c) =>
      orItsError(c, ports, () => answer(c)),
    );
  }
  app.all(`${root}/*`, (c) =>
    orItsError(c, ports, () => {
      throw new ChanceryError({ code: 'NOT_FOUND', detail: `Route ${c.req.method}:${c.req.path} not found` });
    }),
  );
}

async function orItsError(c: HonoContext<Env>, ports: HttpPorts, work: () => Promise<Response>) {
  const { requestId } = c.env;
  try {
    checkOrigin(c.req.raw, c.env.door);
    return await work();
  } catch (thrown) {
    const error = thrown instanceof SchemaFailure ? thrown : asChanceryError(thrown, requestId, ports.log);
    return hanzoErrorResponse(error, requestId);
  }
}

function answering(endpoint: Endpoint, ports: HttpPorts, checksOutput: boolean) {
  const names = pathFields(endpoint.path);
  const readQuery = queryReader(endpoint.query);
  const hasBody = endpoint.method === 'POST' || endpoint.method === 'PATCH';

  return async (c: HonoContext<Env>): Promise<Response> => {
    const request = c.req.raw;
    const context = await contextOf(request, c.env.door, ports);
    if (context.principal.kind === 'anonymous')
      throw new ChanceryError({ code: 'UNAUTHENTICATED', detail: 'There is no token.' });
    const pathValues = Object.fromEntries(names.map((name) => [name, c.req.param(name) ?? '']));
    const perform = performAs(context, ports, c.env.requestId);
    const output = await endpoint
      .run({
        params: read(endpoint.params, pathValues, names.length > 0 ? 'params' : null),
        query: read(endpoint.query, readQuery(new URL(request.url).searchParams), null),
        body: read(endpoint.body, hasBody ? await readJsonObject(request, endpoint.maxBodyBytes) : {}, null),
        perform,
        principal: context.principal,
        request,
      })
      .catch((error: unknown) => {
        throw inItsWords(error, endpoint);
      });
    if (output instanceof Response) return output;
    if (checksOutput) endpoint.output.parse(output);
    return answered(request, JSON.stringify(output));
  };
}

function answered(request: Request, body: string): Response {
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  return request.method === 'GET' || request.method === 'HEAD'
    ? taggedResponse(request, body, entityTag(body), headers)
    : wholeResponse(body, { status: 200, headers });
}

/** Of what the path names, whatever operation missed it. */
function inItsWords(error: unknown, { notFound }: Endpoint): unknown {
  const isMissing = error instanceof ChanceryError && error.code === 'NOT_FOUND' && notFound !== undefined;
  return isMissing ? new ChanceryError({ code: 'NOT_FOUND', detail: notFound, cause: error }) : error;
}

/** Throws SchemaFailure, whose messages repeat no value that was given. */
function read(schema: z.ZodObject, given: unknown, place: string | null): Record<string, unknown> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new SchemaFailure(
    result.error.issues.map(({ code, path, message }) => ({
      code,
      path: [...(place === null ? [] : [place]), ...path].map((one) =>
        typeof one === 'number' ? one : String(one),
      ),
      message,
    })),
  );
}

function queryReader(schema: z.ZodObject) {
  const readers = Object.entries(schema.shape).map(
    ([name, field]) => [name, fromTexts(field, null)] as const,
  );
  const byName = new Map(readers);
  return (query: URLSearchParams) =>
    Object.fromEntries(
      [...new Set(query.keys())].map((name) => {
        const texts = query.getAll(name);
        return [name, byName.get(name)?.(texts) ?? texts];
      }),
    );
}
