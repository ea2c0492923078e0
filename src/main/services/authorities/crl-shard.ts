/** On which CRL of its authority a certificate is listed beside the whole list (RFC 5280 section 5.2.5). */
import type { AuthorityRow, Store } from '../../store/index.ts';
import { distributionPointUrls } from '../../x509/index.ts';
import { crlSettingsOf } from './crl-settings.ts';
import { crlUrls, publishedAs } from './publication-urls.ts';

/** The shard of a certificate that is about to be issued, from 1; 0 where its authority's CRL is not sharded. */
export function shardFor(row: AuthorityRow, serialNumber: Uint8Array): number {
  if (row.crlSettings === null || row.publicationUrl === null) return 0;
  const { shards } = crlSettingsOf(row);
  // The last bits of a serial number are random.
  return shards === 1 ? 0 : (Buffer.from(serialNumber).readUInt16BE(serialNumber.length - 2) % shards) + 1;
}

/**
 * The shard that an issued certificate names in its distribution point, whatever the number of shards was then or
 * is now; 0 where it names the whole list or nothing of ours.
 */
export async function shardNamedBy(
  { authorities, certificates }: Store,
  certificateId: string,
  authorityId: string,
): Promise<number> {
  const row = await authorities.findById(authorityId);
  const urls = row && crlUrls({ publishedAs: publishedAs(row), publicationUrl: row.publicationUrl });
  // Without settings there was never more than the whole list.
  if (!urls || row.crlSettings === null) return 0;
  const der = await certificates.der(certificateId);
  const [prefix = ''] = urls.whole.map((url) => url.replace(/\.crl$/, '/'));
  for (const url of der ? distributionPointUrls(der) : []) {
    const shard = url.startsWith(prefix)
      ? /^([1-9]\d?)\.crl$/.exec(url.slice(prefix.length))?.[1]
      : undefined;
    if (shard !== undefined) return Number(shard);
  }
  return 0;
}
