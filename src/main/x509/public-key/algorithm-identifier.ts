/** AlgorithmIdentifier, RFC 5280 section 4.1.1.2. */
import type { DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';

export interface AlgorithmIdentifier {
  readonly oid: string;
  readonly encoded: Uint8Array;
  /** A reader of the parameters; empty where there are none. */
  readonly parameters: DerReader;
}

/** Takes the next element as an AlgorithmIdentifier: an object identifier, and at most one element of any kind. */
export function readAlgorithmIdentifier(reader: DerReader, what: string): AlgorithmIdentifier {
  const parameters = reader.enter(tags.sequence, what);
  const { encoded } = parameters;
  const oid = parameters.objectIdentifier(what);
  if (!parameters.isEmpty) {
    const ahead = parameters.fork();
    ahead.element(`parameters of the ${what}`);
    ahead.finish(what);
  }
  return { oid, encoded, parameters };
}
