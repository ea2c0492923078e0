/**
 * The one fetch handler behind every door: native API, token endpoint, published CRLs and certificates, and the
 * static files of the console. Its invariant: it knows of the caller what the Door says and nothing else, every
 * failure is a problem of the error catalogue, and every answer carries the security headers. What does not
 * belong: sockets and servers (console/, desktop/), and what operations do (services/).
 */
import { type Context, Hono } from 'hono';
import { ChanceryError } from '../../shared/errors.ts';
import { pathFields } from '../../shared/operations/operation.ts';
import { randomUUID } from '../crypto/index.ts';
import { apiRoot, type BoundOperation, bindOperations } from './binding.ts';
import type { Door } from './door.ts';
import { entityTag, taggedResponse } from './etag.ts';
import { metricsRoute } from './metrics.ts';
import { openApiDocument } from './openapi.ts';
import { checkOrigin } from './origin.ts';
import type { HttpPorts } from './ports.ts';
import { asChanceryError, problemResponse } from './problem.ts';
import { publicationRoutes } from './publication.ts';
import { referenceRoutes } from './reference.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { openStaticFiles } from './static-files.ts';
import { hanzoRoutes } from './surfaces/hanzo/hanzo-routes.ts';
import { keyfactorReference } from './surfaces/keyfactor/keyfactor-reference.ts';
import { keyfactorRoutes } from './surfaces/keyfactor/keyfactor-routes.ts';
import { tokenRoutes } from './token.ts';

export interface HandlerOptions {
  /** Folder of the built files with static-manifest.json in it; null serves none. */
  readonly staticFolder: string | null;
  readonly version: string;
  /** Whether answers are checked against the output schema: for development and tests. */
  readonly checksOutput?: boolean;
  readonly clock?: () => Date;
}

export type Handle = (request: Request, door: Door) => Promise<Response>;

/** What Hono carries beside the request. */
export interface Env {
  Bindings: { readonly door: Door; readonly requestId: string };
}

/** Builds the handler; it never throws, and answers INTERNAL for what nobody threw on purpose. */
export function createHandler(ports: HttpPorts, options: HandlerOptions): Handle {
  const app = new Hono<Env>();
  const checksOutput = options.checksOutput ?? process.env.NODE_ENV === 'test';
  const bound = bindOperations(ports, { checksOutput });
  const files = openStaticFiles(options.staticFolder);

  addOperations(app, bound);
  addOpenApi(app, options.version);
  hanzoRoutes(app, ports, { apiRoot, checksOutput });
  keyfactorReference(app);
  keyfactorRoutes(app, ports);
  tokenRoutes(app, ports);
  metricsRoute(app, ports);
  publicationRoutes(app, ports, options.clock ?? (() => new Date()));
  referenceRoutes(app, files);
  app.get('/', (c) => c.redirect('/ui/', 302));
  app.get('/ui', (c) => c.redirect('/ui/', 302));
  app.get('/ui/*', (c) => files.serveRenderer(c.req.raw));
  app.notFound((c) => {
    throw notFound(c, bound);
  });
  app.onError((error, c) =>
    problemResponse(asChanceryError(error, c.env.requestId, ports.log), c.env.requestId),
  );

  const byPath = fixedPaths(bound);
  return async (request, door) => {
    const requestId = randomUUID();
    let response: Response;
    try {
      const run = byPath.get(`${request.method} ${new URL(request.url).pathname}`);
      response = await (run
        ? run({ request, door, requestId, pathValues: {} })
        : app.fetch(request, { door, requestId }));
      await ports.durable();
    } catch (error) {
      response = problemResponse(asChanceryError(error, requestId, ports.log), requestId);
    }
    addSecurityHeaders(response, requestId);
    return response;
  };
}

function addOperations(app: Hono<Env>, bound: readonly BoundOperation[]): void {
  for (const { operation, run } of bound) {
    const route = `${apiRoot}${operation.path.replace(/\{(\w+)\}/g, ':$1')}`;
    const names = pathFields(operation.path);
    app.on(operation.method, route, (c) => {
      const pathValues = Object.fromEntries(names.map((name) => [name, c.req.param(name) ?? '']));
      return run({ request: c.req.raw, door: c.env.door, requestId: c.env.requestId, pathValues });
    });
  }
}

/** Operations without a field in their path, by method and path: found without the router's walk over all paths. */
function fixedPaths(bound: readonly BoundOperation[]): ReadonlyMap<string, BoundOperation['run']> {
  const fixed = bound.filter(({ operation }) => pathFields(operation.path).length === 0);
  return new Map(fixed.map(({ operation, run }) => [`${operation.method} ${apiRoot}${operation.path}`, run]));
}

function addOpenApi(app: Hono<Env>, version: string): void {
  let made: { body: string; tag: string } | undefined;
  app.get(`${apiRoot}/openapi.json`, (c) => {
    if (!made) {
      const body = JSON.stringify(openApiDocument(version));
      made = { body, tag: entityTag(body) };
    }
    const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-cache' });
    return taggedResponse(c.req.raw, made.body, made.tag, headers);
  });
}

/** METHOD_NOT_ALLOWED with the methods that the path has, or NOT_FOUND. */
function notFound(c: Context<Env>, bound: readonly BoundOperation[]): ChanceryError {
  checkOrigin(c.req.raw, c.env.door);
  const allow = new Set<string>();
  for (const { operation } of bound) {
    const pattern = new RegExp(`^${apiRoot}${operation.path.replace(/\{\w+\}/g, '[^/]+')}$`);
    if (pattern.test(c.req.path)) allow.add(operation.method);
  }
  if (allow.size === 0 || allow.has(c.req.method)) {
    return new ChanceryError({ code: 'NOT_FOUND', detail: 'There is nothing at this path.' });
  }
  if (allow.has('GET')) allow.add('HEAD');
  const methods = [...allow].sort();
  return new ChanceryError({
    code: 'METHOD_NOT_ALLOWED',
    detail: `${c.req.method} is not allowed here, but ${methods.join(', ')}.`,
    data: { allow: methods },
  });
}
