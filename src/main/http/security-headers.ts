/** What every answer carries. No HSTS: it would bind all ports of localhost to TLS. */
const everywhere = Object.entries({
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-frame-options': 'DENY',
});

const apiPolicy = "default-src 'none'; frame-ancestors 'none'";

/** Gives the answer its security headers; a page's own policy and cache rule stay. */
export function addSecurityHeaders({ headers }: Response, requestId: string): void {
  for (const [name, value] of everywhere) headers.set(name, value);
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', apiPolicy);
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  headers.set('x-request-id', requestId);
}

/** The policy of a page whose styles carry the nonce and whose scripts are files of ours alone. */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
