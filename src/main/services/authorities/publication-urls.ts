interface Published {
  readonly slug: string;
  readonly publicationUrl: string | null;
}

/** Where the CRLs of an authority are found; undefined where it has no publication URL. */
export function crlUrls({ slug, publicationUrl }: Published) {
  if (publicationUrl === null) return undefined;
  const base = `${withoutSlash(publicationUrl)}/crl/${slug}`;
  return {
    whole: [`${base}.crl`],
    delta: [`${base}/delta.crl`],
    shard: (shard: number) => [`${base}/${shard}.crl`],
  };
}

/**
 * Where an authority's CRL and certificate are found and its OCSP responder answers, written into what it issues;
 * nothing unless it is set. A certificate of a shard (1 and up) is found in the CRL of that shard.
 */
export function publicationOf(slug: string, publicationUrl: string | null, shard = 0) {
  const urls = crlUrls({ slug, publicationUrl });
  if (publicationUrl === null || !urls) return {};
  const base = withoutSlash(publicationUrl);
  return {
    crlDistributionPoints: shard === 0 ? urls.whole : urls.shard(shard),
    ocspUrls: [`${base}/ocsp`],
    caIssuersUrls: [`${base}/ca/${slug}.crt`],
  };
}

const withoutSlash = (url: string) => url.replace(/\/+$/, '');

/** The names and addresses of the hosts in the authorities' publication URLs. */
export function publicationHosts(
  issuers: Iterable<{ readonly row: { readonly publicationUrl: string | null } }>,
): Set<string> {
  const hosts = new Set<string>();
  for (const { row } of issuers) {
    if (row.publicationUrl !== null && URL.canParse(row.publicationUrl)) {
      hosts.add(new URL(row.publicationUrl).hostname);
    }
  }
  return hosts;
}
