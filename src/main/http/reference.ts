import type { Hono } from 'hono';
import type { Env } from './app.ts';
import { entityTag, taggedResponse } from './etag.ts';
import { newNonce, pageResponse, type StaticFiles } from './static-files.ts';

/** Configures Swagger UI; a file of its own, since the policy forbids scripts in the page. */
const startScript = `window.ui = SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: false,
  tryItOutEnabled: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
});
`;
const startTag = entityTag(startScript);

function page(nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chancery API reference</title>
<link rel="icon" href="/reference/favicon.png">
<link rel="stylesheet" href="/reference/swagger-ui.css">
<style nonce="${nonce}">body { margin: 0 } .swagger-ui .topbar { display: none }</style>
</head>
<body>
<main id="reference"></main>
<script src="/reference/swagger-ui-bundle.js"></script>
<script src="/reference/start.js"></script>
</body>
</html>
`;
}

/** The pages below /reference, all from this process: Swagger UI over the OpenAPI document. */
export function referenceRoutes(app: Hono<Env>, files: StaticFiles): void {
  app.get('/reference', (c) => c.redirect('/reference/', 302));
  app.get('/reference/', () => {
    const nonce = newNonce();
    return pageResponse(page(nonce), nonce);
  });
  app.get('/reference/start.js', (c) => {
    const headers = new Headers({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    });
    return taggedResponse(c.req.raw, startScript, startTag, headers);
  });
  app.get('/reference/*', (c) => files.serve(c.req.raw, c.req.path));
}
