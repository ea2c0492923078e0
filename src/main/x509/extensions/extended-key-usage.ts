/** The extKeyUsage extension, RFC 5280 section 4.2.1.12. */
import type { ExtendedKeyUsage } from '../../../shared/model/names.ts';
import type { DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import { type DerWriter, writeDer } from '../der/der-writer.ts';

const oids: Readonly<Record<ExtendedKeyUsage, string>> = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  OCSPSigning: '1.3.6.1.5.5.7.3.9',
};

const names: ReadonlyMap<string, string> = new Map(Object.entries(oids).map(([name, oid]) => [oid, name]));

const encodedOids: ReadonlyMap<string, Uint8Array> = new Map(
  Object.entries(oids).map(([name, oid]) => [name, writeDer((writer) => writer.objectIdentifier(oid))]),
);

/** Writes purposes, each by its name or as a dotted identifier; throws INVALID_INPUT for anything else. */
export function writeExtendedKeyUsages(writer: DerWriter, usages: readonly string[]): void {
  writer.sequence(() => {
    for (const usage of usages) {
      const known = encodedOids.get(usage);
      if (known === undefined) writer.objectIdentifier(usage);
      else writer.raw(known);
    }
  });
}

/** Reads the purposes: names where there is one, otherwise dotted identifiers. */
export function readExtendedKeyUsages(value: DerReader): string[] {
  const list = value.enter(tags.sequence, 'extKeyUsage');
  value.finish('extKeyUsage');
  const usages: string[] = [];
  while (!list.isEmpty) {
    const oid = list.objectIdentifier('extKeyUsage');
    usages.push(names.get(oid) ?? oid);
  }
  return usages;
}
