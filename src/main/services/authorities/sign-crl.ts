import type { Signer } from '../../keys/index.ts';
import type { CrlRow, SegmentSummary } from '../../store/index.ts';
import { type CertListFields, type CrlFrame, frameSignedCrl, frameTbsCertList } from '../../x509/index.ts';
import { type DeltaBase, deltaPart, numbersOf } from './crl-parts.ts';

/** Whose CRL it is, and who signs it. */
interface SignAs {
  readonly signer: Signer;
  readonly keyId: string;
  readonly authorityId: string;
}

/** Entries in segments, read one by one as they are hashed. */
interface Revoked {
  readonly revision: number;
  readonly segments: readonly SegmentSummary[];
  readonly read: (numbers: readonly number[]) => Iterable<Uint8Array>;
}

/** Signs a complete CRL over the segments, which are never put together. Throws LOCKED. */
export async function signSegments(
  { signer, keyId, authorityId }: SignAs,
  part: string,
  fields: CertListFields,
  { revision, segments, read }: Revoked,
): Promise<CrlRow> {
  const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
  const frame = frameTbsCertList(fields, bytes);
  const toBeSigned = framed(frame, read(segments.map(({ number }) => number)));
  const signature = await signer.signParts(keyId, toBeSigned, fields.signatureAlgorithm);
  const { head, tail } = frameSignedCrl(frame, bytes, fields.signatureAlgorithm, signature);
  return {
    ...rowFields(authorityId, part, revision, fields),
    entries: segments.reduce((sum, segment) => sum + segment.entries, 0),
    bytes: head.length + bytes + tail.length,
    segments: numbersOf(segments),
    head,
    tail,
  };
}

/** Signs a delta CRL, whose entries are few and stand in its head. Throws LOCKED. */
export async function signDelta(
  { signer, keyId, authorityId }: SignAs,
  fields: CertListFields,
  { base, der, count }: { readonly base: DeltaBase; readonly der: Uint8Array; readonly count: number },
  revision: number,
): Promise<CrlRow> {
  const frame = frameTbsCertList(fields, der.length);
  const signature = await signer.signParts(keyId, framed(frame, [der]), fields.signatureAlgorithm);
  const { head, tail } = frameSignedCrl(frame, der.length, fields.signatureAlgorithm, signature);
  return {
    ...rowFields(authorityId, deltaPart, revision, fields),
    baseNumber: base.number,
    baseRevision: base.revision,
    baseDueAt: base.dueAt,
    entries: count,
    bytes: head.length + der.length + tail.length,
    segments: '[]',
    head: Buffer.concat([head, der]),
    tail,
  };
}

function rowFields(authorityId: string, part: string, revision: number, fields: CertListFields) {
  return {
    authorityId,
    part,
    number: Number(fields.crlNumber),
    revision,
    thisUpdate: fields.thisUpdate.getTime(),
    nextUpdate: fields.nextUpdate.getTime(),
    baseNumber: null,
    baseRevision: null,
    baseDueAt: null,
  };
}

function* framed({ head, tail }: CrlFrame, entries: Iterable<Uint8Array>): Generator<Uint8Array> {
  yield head;
  yield* entries;
  yield tail;
}
