/** Extensions as they stand: repeated ones and broken values are kept for the rules to name. */
import { ChanceryError } from '../../../shared/errors.ts';
import { type DerReader, extensionNames, tags } from '../../x509/index.ts';
import { type ExtensionValues, extensionReaders, type KnownExtension } from './extension-values.ts';

export interface Extension {
  readonly oid: string;
  /** The name in its standard, or the object identifier. */
  readonly name: string;
  readonly critical: boolean;
  /** Whether `critical` is written out as FALSE, which DER forbids for a default. */
  readonly writesFalse: boolean;
  readonly value: Uint8Array;
  /** What is wrong with the syntax of the value, for one that is known. */
  readonly problem: string | undefined;
}

export interface Extensions {
  readonly list: readonly Extension[];
  /** The first one of each name that is known and could be read. */
  readonly values: ExtensionValues;
}

export const noExtensions: Extensions = { list: [], values: {} };

/** Not of the X.509 room's table, which lists what certificates hold. */
const crlExtensionNames: ReadonlyMap<string, string> = new Map([
  ['2.5.29.27', 'deltaCRLIndicator'],
  ['2.5.29.28', 'issuingDistributionPoint'],
  ['2.5.29.29', 'certificateIssuer'],
]);

/** Takes the next element as Extensions. */
export function readExtensions(reader: DerReader): Extensions {
  const sequence = reader.enter(tags.sequence, 'extensions');
  const list: Extension[] = [];
  const values: Record<string, unknown> = {};
  while (!sequence.isEmpty) {
    const item = sequence.enter(tags.sequence, 'extension');
    const oid = item.objectIdentifier('extension type');
    const name = extensionNames.get(oid) ?? crlExtensionNames.get(oid) ?? oid;
    const isWritten = item.peek() === tags.boolean;
    const critical = isWritten && item.boolean('criticality');
    const content = item.enter(tags.octetString, 'extension value');
    item.finish('the extension');
    const value = content.bytes.subarray(content.position, content.end);
    const read = isKnown(name) ? tryToRead(name, content) : undefined;
    if (read !== undefined && 'value' in read && !(name in values)) values[name] = read.value;
    list.push({ oid, name, critical, writesFalse: isWritten && !critical, value, problem: read?.problem });
  }
  return { list, values };
}

function isKnown(name: string): name is KnownExtension {
  return Object.hasOwn(extensionReaders, name);
}

function tryToRead(name: KnownExtension, content: DerReader): { value?: unknown; problem?: string } {
  try {
    return { value: extensionReaders[name](content) };
  } catch (error) {
    if (error instanceof ChanceryError) return { problem: error.detail };
    throw error;
  }
}
