import type { Door } from './door.ts';

/** The origin under which the server is known, by the host that the caller asked: that of its main listener. */
export function ownOrigin(url: string, { ports }: Pick<Door, 'ports'>): string {
  const { host, hostname } = new URL(url);
  return `https://${ports ? `${hostname}:${ports.main}` : host}`;
}

/** The origin of the listener that asks for certificates, or null where there is none. */
export function mutualTlsOrigin(url: string, { ports }: Pick<Door, 'ports'>): string | null {
  return ports ? `https://${new URL(url).hostname}:${ports.mutualTls}` : null;
}

/** OpenID Connect Discovery 1.0 section 3 and RFC 8414 section 2, with the aliases of RFC 8705 section 5. */
export function tokenMetadata(url: string, realm: string, door: Pick<Door, 'ports'>): object {
  const path = `/realms/${encodeURIComponent(realm)}`;
  const issuer = `${ownOrigin(url, door)}${path}`;
  const endpointsAt = (base: string) => ({
    token_endpoint: `${base}/protocol/openid-connect/token`,
    introspection_endpoint: `${base}/protocol/openid-connect/token/introspect`,
    revocation_endpoint: `${base}/protocol/openid-connect/revoke`,
  });
  const mutualTls = mutualTlsOrigin(url, door);
  const methods = [
    'client_secret_basic',
    'client_secret_post',
    'private_key_jwt',
    ...(mutualTls ? ['tls_client_auth'] : []),
  ];
  const algorithms = ['ES256', 'ES384', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512', 'EdDSA'];
  return {
    issuer,
    ...endpointsAt(issuer),
    jwks_uri: `${issuer}/protocol/openid-connect/certs`,
    grant_types_supported: ['client_credentials', 'password', 'refresh_token'],
    response_types_supported: [],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: methods,
    token_endpoint_auth_signing_alg_values_supported: algorithms,
    introspection_endpoint_auth_methods_supported: methods,
    introspection_endpoint_auth_signing_alg_values_supported: algorithms,
    revocation_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_signing_alg_values_supported: algorithms,
    id_token_signing_alg_values_supported: [],
    ...(mutualTls && {
      tls_client_certificate_bound_access_tokens: true,
      mtls_endpoint_aliases: endpointsAt(`${mutualTls}${path}`),
    }),
  };
}
