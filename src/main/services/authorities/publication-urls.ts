/** Where an authority's CRL and certificate are found, written into what it issues; nothing unless it is set. */
export function publicationOf(slug: string, publicationUrl: string | null) {
  if (publicationUrl === null) return {};
  const base = publicationUrl.replace(/\/+$/, '');
  return { crlDistributionPoints: [`${base}/crl/${slug}.crl`], caIssuersUrls: [`${base}/ca/${slug}.crt`] };
}
