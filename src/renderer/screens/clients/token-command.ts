/** A command line that gets a token by client_credentials, RFC 6749 section 4.4. */

interface TokenCommandFields {
  readonly origin: string;
  readonly realm: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A word that a POSIX shell takes as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The curl line; `$CHANCERY_HOME` names the data folder, whose tls/ca.pem vouches for the listener. */
export function tokenCommand({ origin, realm, clientId, clientSecret }: TokenCommandFields): string {
  const url = `${origin}/realms/${encodeURIComponent(realm)}/protocol/openid-connect/token`;
  return [
    `curl --cacert "$CHANCERY_HOME/tls/ca.pem" ${quoted(url)}`,
    `  -d grant_type=client_credentials`,
    `  --data-urlencode ${quoted(`client_id=${clientId}`)}`,
    `  --data-urlencode ${quoted(`client_secret=${clientSecret}`)}`,
  ].join(' \\\n');
}
