import { type AuthorityRow, lineSlug } from '../../store/index.ts';

interface Published {
  /** The name that the key of an authority is published as. */
  readonly publishedAs: string;
  readonly publicationUrl: string | null;
}

/** The name that the key of an authority is published as: its slug, with a number from the second key on. */
export function publishedAs(row: Pick<AuthorityRow, 'slug' | 'generation'>): string {
  return row.generation === 1 ? lineSlug(row) : `${lineSlug(row)}.${row.generation}`;
}

/** Where the CRLs of an authority are found; undefined where it has no publication URL. */
export function crlUrls({ publishedAs, publicationUrl }: Published) {
  if (publicationUrl === null) return undefined;
  const base = `${withoutSlash(publicationUrl)}/crl/${publishedAs}`;
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
export function publicationOf(publishedAs: string, publicationUrl: string | null, shard = 0) {
  const urls = crlUrls({ publishedAs, publicationUrl });
  if (publicationUrl === null || !urls) return {};
  const base = withoutSlash(publicationUrl);
  return {
    crlDistributionPoints: shard === 0 ? urls.whole : urls.shard(shard),
    ocspUrls: [`${base}/ocsp`],
    caIssuersUrls: [`${base}/ca/${publishedAs}.crt`],
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
