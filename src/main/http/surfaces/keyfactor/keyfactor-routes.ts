/**
 * The API of Keyfactor Command at /KeyfactorAPI and /Keyfactor/API. What it is for: scripts written for it run
 * against Chancery. Its invariant: it translates and decides nothing; every call becomes operations, run as its
 * caller, and every failure has the other product's body. What does not belong: rules of access or issuing, which
 * services/ holds, and the query language, which is shared/query/.
 */
import type { Hono, Context as HonoContext } from 'hono';
import { ChanceryError } from '../../../../shared/errors.ts';
import { pathFields } from '../../../../shared/operations/operation.ts';
import type { Principal } from '../../../services/context.ts';
import type { Env } from '../../app.ts';
import { checkOrigin } from '../../origin.ts';
import { performAs } from '../../perform-operation.ts';
import type { HttpPorts } from '../../ports.ts';
import { asChanceryError } from '../../problem.ts';
import { readJson } from '../../read-body.ts';
import { wholeResponse } from '../../whole-response.ts';
import { badRequest, KeyfactorQuery, missing } from './keyfactor-call.ts';
import { KeyfactorCallers } from './keyfactor-caller.ts';
import type { KeyfactorEndpoint } from './keyfactor-endpoint.ts';
import { keyfactorEndpoints } from './keyfactor-endpoints.ts';
import { keyfactorErrorResponse } from './keyfactor-error.ts';
import { ListAnswer } from './list-answer.ts';

/** What scripts ask which version they talk to. */
const productVersion = '25.1.0.0';

/** The word in any case, as a pattern of a path. */
const caseless = (word: string) =>
  [...word].map((letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`).join('');

export const keyfactorRoots = [
  `/:root{${caseless('keyfactorapi')}}`,
  `/:root{${caseless('keyfactor')}}/:api{${caseless('api')}}`,
] as const;
const rootPattern = /^\/keyfactor\/?api(?=\/|$)/i;

interface Compiled {
  readonly endpoint: KeyfactorEndpoint;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/** Adds the routes of the surface, without those of its reference. */
export function keyfactorRoutes(app: Hono<Env>, ports: HttpPorts): void {
  const callers = new KeyfactorCallers(ports);
  const compiled = keyfactorEndpoints.map((endpoint) => ({
    endpoint,
    names: pathFields(endpoint.path),
    pattern: new RegExp(`^${endpoint.path.replace(/\{\w+\}/g, '([^/]+)')}/?$`, 'i'),
  }));
  for (const root of keyfactorRoots) {
    app.all(`${root}/*`, (c) => orItsError(c, ports, () => answer(c, ports, callers, compiled)));
  }
}

async function orItsError(c: HonoContext<Env>, ports: HttpPorts, work: () => Promise<Response>) {
  let response: Response;
  try {
    checkOrigin(c.req.raw, c.env.door);
    response = await work();
  } catch (thrown) {
    response = keyfactorErrorResponse(asChanceryError(thrown, c.env.requestId, ports.log));
  }
  response.headers.set('x-keyfactor-product-version', productVersion);
  return response;
}

async function answer(
  c: HonoContext<Env>,
  ports: HttpPorts,
  callers: KeyfactorCallers,
  all: readonly Compiled[],
): Promise<Response> {
  const request = c.req.raw;
  const { requestId, door } = c.env;
  const context = await callers.contextOf(request, door, requestId);
  await checkHeaders(request.headers, ports);
  const path = c.req.path.replace(rootPattern, '');
  const { endpoint, values, names } = chosen(request.method, path, all);
  // Some clients send a body with GET, which means nothing there.
  const hasBody = request.method === 'POST' || request.method === 'PUT' || request.method === 'DELETE';
  const output = await endpoint.run({
    path: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])),
    query: new KeyfactorQuery(new URL(request.url).searchParams),
    body: hasBody ? await readJson(request, isJson, endpoint.maxBodyBytes) : null,
    headers: request.headers,
    perform: performAs(context, ports, requestId),
    principal: context.principal,
    realm: hasOneRealm(context.principal) ? undefined : await ports.setting('keyfactor.realm'),
    numbers: {
      of: async (ids) => {
        const numbers = await ports.numbers.of(ids.filter((id) => id !== null));
        return (id) => (id === null ? null : (numbers.get(id) ?? null));
      },
      idOf: (number) => ports.numbers.idOf(number),
    },
  });
  return responseOf(output);
}

const hasOneRealm = ({ realms }: Principal) => realms !== 'all' && realms.length === 1;

/** Throws NOT_FOUND, and METHOD_NOT_ALLOWED where the path has other methods. */
function chosen(method: string, path: string, all: readonly Compiled[]) {
  const found = all.flatMap((one) => {
    const match = one.pattern.exec(path);
    return match ? [{ ...one, values: match.slice(1).map(decoded) }] : [];
  });
  const one = found.find(({ endpoint }) => endpoint.method === (method === 'HEAD' ? 'GET' : method));
  if (one) return one;
  if (found.length === 0) throw missing(`There is no endpoint ${path.slice(0, 200)}.`);
  throw new ChanceryError({
    code: 'METHOD_NOT_ALLOWED',
    detail: `${method} is not allowed here, but ${found.map(({ endpoint }) => endpoint.method).join(', ')}.`,
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function checkHeaders(headers: Headers, ports: HttpPorts): Promise<void> {
  const version = headers.get('x-keyfactor-api-version')?.trim() ?? '1';
  if (!/^[12](?:\.0)?$/.test(version)) {
    throw badRequest(`The header x-keyfactor-api-version is 1 or 2, not '${version.slice(0, 20)}'.`);
  }
  const by = headers.get('x-keyfactor-requested-with')?.trim() ?? '';
  if (/^(?:apiclient|xmlhttprequest)$/i.test(by)) return;
  if (by === '' && (await ports.setting('keyfactor.requestedWith')) === 'optional') return;
  throw badRequest('The header x-keyfactor-requested-with: APIClient is missing.');
}

function isJson(mediaType: string): boolean {
  return mediaType === '' || /^(?:application|text)\/(?:json|[\w.-]+\+json)$/.test(mediaType);
}

function responseOf(output: ListAnswer | Response | object | undefined): Response {
  if (output instanceof Response) return output;
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (output === undefined) return new Response(null, { status: 204, headers });
  headers.set('content-type', 'application/json; charset=utf-8');
  const isList = output instanceof ListAnswer;
  if (isList) headers.set('x-total-count', String(output.total));
  return wholeResponse(JSON.stringify(isList ? output.items : output), { status: 200, headers });
}
