import type { Hono } from 'hono';
import { sessionStorageKey } from '../../shared/session-storage-key.ts';
import type { Env } from './app.ts';
import { entityTag, taggedResponse } from './etag.ts';
import { newNonce, pageResponse, type StaticFiles } from './static-files.ts';

/** A page that shows an API and tries it out. */
export interface ReferencePage {
  /** Paths of the page, as Hono's patterns. */
  readonly paths: readonly string[];
  /** Of the script that starts it. */
  readonly scriptPath: string;
  readonly title: string;
  /** Of the OpenAPI document. */
  readonly documentUrl: string;
  /** Sent with every call that is tried out. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Where a security scheme of every document takes the bare token. */
export const tokenScheme = 'bearer';

const nativePage: ReferencePage = {
  paths: ['/reference/'],
  scriptPath: '/reference/start.js',
  title: 'Chancery API reference',
  documentUrl: '/api/v1/openapi.json',
  headers: {},
};

/**
 * Configures Swagger UI; a file of its own, since the policy forbids scripts in the page. Whoever is signed in in the
 * same window is authorised already.
 */
const startScript = ({
  documentUrl,
  headers,
}: ReferencePage) => `const token = sessionStorage.getItem('${sessionStorageKey}');
window.ui = SwaggerUIBundle({
  url: '${documentUrl}',
  dom_id: '#reference',
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: false,
  tryItOutEnabled: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
  requestInterceptor: (request) => {
    Object.assign(request.headers, ${JSON.stringify(headers)});
    return request;
  },
  onComplete: () => {
    if (token !== null) window.ui.preauthorizeApiKey('${tokenScheme}', token);
  },
});
`;

function page({ title, scriptPath }: ReferencePage, nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/reference/favicon.png">
<link rel="stylesheet" href="/reference/swagger-ui.css">
<style nonce="${nonce}">body { margin: 0 } .swagger-ui .topbar { display: none }</style>
</head>
<body>
<main id="reference"></main>
<script src="/reference/swagger-ui-bundle.js"></script>
<script src="${scriptPath}"></script>
</body>
</html>
`;
}

/** Adds a page with its script. */
export function referencePage(app: Hono<Env>, reference: ReferencePage): void {
  const script = startScript(reference);
  const tag = entityTag(script);
  for (const path of reference.paths) {
    app.get(path, () => {
      const nonce = newNonce();
      return pageResponse(page(reference, nonce), nonce);
    });
  }
  app.get(reference.scriptPath, (c) => {
    const headers = new Headers({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    });
    return taggedResponse(c.req.raw, script, tag, headers);
  });
}

/** The pages below /reference, all from this process: Swagger UI over the OpenAPI document. */
export function referenceRoutes(app: Hono<Env>, files: StaticFiles): void {
  app.get('/reference', (c) => c.redirect('/reference/', 302));
  referencePage(app, nativePage);
  app.get('/reference/*', (c) => files.serve(c.req.raw, c.req.path));
}
