/** Where an authority's CRL and certificate are found and its OCSP responder answers, written into what it issues; nothing unless it is set. */
export function publicationOf(publishedAs: string, publicationUrl: string | null) {
  if (publicationUrl === null) return {};
  const base = publicationUrl.replace(/\/+$/, '');
  return {
    crlDistributionPoints: [`${base}/crl/${publishedAs}.crl`],
    ocspUrls: [`${base}/ocsp`],
    caIssuersUrls: [`${base}/ca/${publishedAs}.crt`],
  };
}

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
