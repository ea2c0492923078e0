/** What a column of a file of devices means, by its name: a part of the certificate, or a note. */
import { type BulkColumn, bulkColumns } from './certificates-bulk.ts';

export type BulkMeaning = { readonly column: BulkColumn } | { readonly note: string };

const notePrefix = 'metadata.';
const aliases: Readonly<Record<string, BulkColumn>> = {
  cn: 'commonName',
  o: 'organization',
  ou: 'organizationalUnit',
  c: 'country',
  st: 'state',
  l: 'locality',
  mail: 'email',
  dnsnames: 'dns',
  domainnames: 'dns',
  ipaddresses: 'ip',
};

/** By the name in any case and with any punctuation, also by the usual short forms; null where it is not known. */
export function bulkMeaningOf(name: string): BulkMeaning | null {
  if (name.toLowerCase().startsWith(notePrefix) && name.length > notePrefix.length)
    return { note: name.slice(notePrefix.length) };
  const bare = name.toLowerCase().replace(/[^a-z]/g, '');
  const column = bulkColumns.find((one) => one.toLowerCase() === bare) ?? aliases[bare];
  return column === undefined ? null : { column };
}

/** The name under which the meaning is known. */
export function bulkNameOf(meaning: BulkMeaning): string {
  return 'column' in meaning ? meaning.column : `${notePrefix}${meaning.note}`;
}

export function isSameMeaning(a: BulkMeaning | null | undefined, b: BulkMeaning): boolean {
  return a !== null && a !== undefined && bulkNameOf(a) === bulkNameOf(b);
}
