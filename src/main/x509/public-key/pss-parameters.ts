/** RSASSA-PSS-params, RFC 4055 section 3.1: one SHA-2 hash for both uses, as RFC 8017 section 8.1 advises. */
import type { SignatureHash } from '../../../shared/model/algorithms.ts';
import type { DerReader } from '../der/der-reader.ts';
import { contextGroup, tags } from '../der/der-tags.ts';
import type { DerWriter } from '../der/der-writer.ts';
import { readAlgorithmIdentifier } from './algorithm-identifier.ts';

const mgf1Oid = '1.2.840.113549.1.1.8';

/** RFC 4055 section 2.1, with their length in bytes. */
const hashes: Readonly<Record<SignatureHash, { oid: string; bytes: number }>> = {
  sha256: { oid: '2.16.840.1.101.3.4.2.1', bytes: 32 },
  sha384: { oid: '2.16.840.1.101.3.4.2.2', bytes: 48 },
  sha512: { oid: '2.16.840.1.101.3.4.2.3', bytes: 64 },
};

const hashesByOid: ReadonlyMap<string, SignatureHash> = new Map(
  (['sha256', 'sha384', 'sha512'] as const).map((hash) => [hashes[hash].oid, hash]),
);

export interface PssParameters {
  readonly hash: SignatureHash;
  /** In bytes. */
  readonly saltLength: number;
}

/** The length of the salt that is written: that of the hash, in bytes. */
export function pssSaltLength(hash: SignatureHash): number {
  return hashes[hash].bytes;
}

/** Writes parameters whose salt is as long as the hash; the trailer field is the default one, so it is left out. */
export function writePssParameters(writer: DerWriter, hash: SignatureHash): void {
  const writeHash = () => writer.sequence(() => writer.objectIdentifier(hashes[hash].oid).null());
  writer.sequence(() => {
    writer.group(contextGroup(0), writeHash);
    writer.group(contextGroup(1), () => {
      writer.sequence(() => {
        writer.objectIdentifier(mgf1Oid);
        writeHash();
      });
    });
    writer.group(contextGroup(2), () => writer.integer(hashes[hash].bytes));
  });
}

/**
 * The parameters, or undefined where they are absent, name SHA-1 (which an absent field means), two hashes, a
 * salt longer than the hash, or hold more than they may. Throws the reader's error when they are not DER.
 */
export function readPssParameters(parameters: DerReader): PssParameters | undefined {
  const holder = parameters.fork();
  const params = holder.enterIf(tags.sequence, 'RSASSA-PSS parameters');
  if (params === undefined) return undefined;
  holder.finish('RSASSA-PSS parameters');
  const digest = params.enterIf(contextGroup(0), 'RSASSA-PSS hash');
  const mask = params.enterIf(contextGroup(1), 'RSASSA-PSS mask generation');
  const salt = params.enterIf(contextGroup(2), 'RSASSA-PSS salt length');
  const trailer = params.enterIf(contextGroup(3), 'RSASSA-PSS trailer');
  params.finish('RSASSA-PSS parameters');
  if (digest === undefined || mask === undefined) return undefined;
  const hash = readHash(digest, 'RSASSA-PSS hash');
  const generator = readAlgorithmIdentifier(mask, 'RSASSA-PSS mask generation');
  mask.finish('RSASSA-PSS mask generation');
  if (hash === undefined || generator.oid !== mgf1Oid) return undefined;
  if (readHash(generator.parameters, 'RSASSA-PSS mask hash') !== hash) return undefined;
  const saltLength = readNumber(salt, 'RSASSA-PSS salt length') ?? 20;
  if (saltLength > hashes[hash].bytes) return undefined;
  return (readNumber(trailer, 'RSASSA-PSS trailer') ?? 1) === 1 ? { hash, saltLength } : undefined;
}

/** A hash that is all there is in the reader; its parameters are NULL or absent (RFC 4055 section 2.1). */
function readHash(reader: DerReader, what: string): SignatureHash | undefined {
  const { oid, parameters } = readAlgorithmIdentifier(reader, what);
  reader.finish(what);
  if (!parameters.isEmpty && parameters.content(tags.null, what).length > 0) return undefined;
  parameters.finish(what);
  return hashesByOid.get(oid);
}

function readNumber(reader: DerReader | undefined, what: string): number | undefined {
  const value = reader?.smallInteger(what);
  reader?.finish(what);
  return value;
}
