/** Distribution points of certificates and CRLs (RFC 5280 sections 4.2.1.13 and 5.2.5). */
import type { DerReader } from '../der/der-reader.ts';
import { contextGroup, contextValue, tags } from '../der/der-tags.ts';
import { writeDer } from '../der/der-writer.ts';
import { canonicalKey, canonicalName } from '../names/canonical-name.ts';
import { readWholeName } from '../names/parse-name.ts';
import { isSameName, type PathName, readNamesInside } from '../names/path-name.ts';
import { readReasonFlags } from './reason-flags.ts';

/** Full names, or one relative name to be put behind the CRL issuer's name. */
export type DistributionPointName =
  | { readonly fullName: readonly PathName[] }
  | { readonly relativeName: string };

export interface DistributionPoint {
  readonly name: DistributionPointName | undefined;
  /** Mask of the reasons that its CRL covers, undefined for all. */
  readonly reasons: number | undefined;
  /** Who issues the CRL, where it is not who issued the certificate. */
  readonly crlIssuer: readonly PathName[] | undefined;
}

/** Reads CRLDistributionPoints or FreshestCRL, at least one point. */
export function readDistributionPoints(value: DerReader): DistributionPoint[] {
  const what = 'a distribution point';
  const list = value.enter(tags.sequence, what);
  value.finish(what);
  const points: DistributionPoint[] = [];
  do {
    const point = list.enter(tags.sequence, what);
    const holder = point.enterIf(contextGroup(0), what);
    const name = holder && readDistributionPointName(holder, what);
    const reasons =
      point.peek() === contextValue(1) ? readReasonFlags(point, contextValue(1), what) : undefined;
    const issuer = point.enterIf(contextGroup(2), what);
    const crlIssuer = issuer && readNamesInside(issuer, what);
    point.finish(what);
    if (name === undefined && crlIssuer === undefined) point.fail(`${what} says neither where nor by whom`);
    points.push({ name, reasons, crlIssuer });
  } while (!list.isEmpty);
  return points;
}

/** Reads the DistributionPointName inside its explicit tag. */
export function readDistributionPointName(holder: DerReader, what: string): DistributionPointName {
  const full = holder.enterIf(contextGroup(0), what);
  if (full !== undefined) {
    const fullName = readNamesInside(full, what);
    holder.finish(what);
    return { fullName };
  }
  const relative = holder.enter(contextGroup(1), what);
  holder.finish(what);
  if (relative.isEmpty) relative.fail(`${what} has an empty relative name`);
  // The content of a SET of attributes, read as a Name of that one part.
  const content = relative.bytes.subarray(relative.position, relative.end);
  const name = writeDer((writer) => writer.sequence(() => writer.value(tags.set, content)));
  return { relativeName: canonicalName(readWholeName(name))[0] ?? '' };
}

/** Whether the names of two points have one in common, a relative one put behind its issuer's name. */
export function namesMeet(
  a: DistributionPointName,
  aIssuerParts: readonly string[],
  b: DistributionPointName,
  bIssuerParts: readonly string[],
): boolean {
  const left = fullNames(a, aIssuerParts);
  const right = fullNames(b, bIssuerParts);
  return left.some((name) => right.some((other) => isSameName(name, other)));
}

function fullNames(name: DistributionPointName, issuerParts: readonly string[]): readonly PathName[] {
  if ('fullName' in name) return name.fullName;
  const parts = [...issuerParts, name.relativeName];
  return [{ kind: 'directory', parts, key: canonicalKey(parts), text: '' }];
}
