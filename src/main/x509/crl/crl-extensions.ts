/** The extensions of a whole CRL (RFC 5280 section 5.2). */
import type { DerReader } from '../der/der-reader.ts';
import { contextGroup, contextValue, tags } from '../der/der-tags.ts';
import { extensionOids } from '../extensions/extension-oids.ts';
import type { Extension } from '../extensions/read-extensions.ts';
import { readAuthorityKeyIdentifier } from '../extensions/summarise-extension.ts';
import { type DistributionPointName, readDistributionPointName } from './distribution-point.ts';
import { readReasonFlags } from './reason-flags.ts';

/** What part of an issuer's certificates a CRL speaks of (section 5.2.5). */
export interface IssuingDistributionPoint {
  readonly name: DistributionPointName | undefined;
  readonly onlyContainsUserCerts: boolean;
  readonly onlyContainsCACerts: boolean;
  readonly onlyContainsAttributeCerts: boolean;
  /** Mask of reasons, undefined where it speaks of all. */
  readonly onlySomeReasons: number | undefined;
  readonly indirectCRL: boolean;
  /** The value as it stands: a delta CRL must have the same (section 5.2.4). */
  readonly der: Uint8Array;
}

export interface CrlExtensions {
  readonly crlNumber: bigint | undefined;
  /** The number of the CRL that this one completes; undefined where it is not a delta CRL (section 5.2.4). */
  readonly baseCrlNumber: bigint | undefined;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  readonly issuingDistributionPoint: IssuingDistributionPoint | undefined;
  /** A critical extension that is not known here: the CRL must not be used (section 5.2). */
  readonly unknownCriticalOid: string | undefined;
  /** An extension with a criticality that section 5.2 forbids, by its name. */
  readonly wrongCriticality: string | undefined;
}

/** Criticality that section 5.2 demands of the ones it knows. */
const dueCriticality: ReadonlyMap<string, { name: string; critical: boolean }> = new Map([
  [extensionOids.authorityKeyIdentifier, { name: 'authorityKeyIdentifier', critical: false }],
  [extensionOids.cRLNumber, { name: 'cRLNumber', critical: false }],
  [extensionOids.deltaCRLIndicator, { name: 'deltaCRLIndicator', critical: true }],
  [extensionOids.issuingDistributionPoint, { name: 'issuingDistributionPoint', critical: true }],
  [extensionOids.freshestCRL, { name: 'freshestCRL', critical: false }],
  [extensionOids.authorityInfoAccess, { name: 'authorityInfoAccess', critical: false }],
]);

/** Those of the extensions that matter for use; throws the CRL's error when one of them is malformed. */
export function readCrlExtensions(extensions: readonly Extension[]): CrlExtensions {
  const read = <T>(oid: string, parse: (value: DerReader) => T): T | undefined => {
    const extension = extensions.find((candidate) => candidate.oid === oid);
    return extension && parse(extension.reader());
  };
  const wrong = extensions.find(
    ({ oid, critical }) => (dueCriticality.get(oid)?.critical ?? critical) !== critical,
  );
  return {
    crlNumber: read(extensionOids.cRLNumber, (value) => readNumber(value, 'cRLNumber')),
    baseCrlNumber: read(extensionOids.deltaCRLIndicator, (value) => readNumber(value, 'deltaCRLIndicator')),
    authorityKeyIdentifier: read(extensionOids.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    issuingDistributionPoint: read(extensionOids.issuingDistributionPoint, readIssuingDistributionPoint),
    unknownCriticalOid: extensions.find(({ oid, critical }) => critical && !dueCriticality.has(oid))?.oid,
    wrongCriticality: wrong && dueCriticality.get(wrong.oid)?.name,
  };
}

/** A CRL number has at most 20 bytes (section 5.2.3). */
function readNumber(value: DerReader, what: string): bigint {
  const bytes = value.integer(what);
  value.finish(what);
  if ((bytes[0] as number) >= 0x80 || bytes.length > 21) value.fail(`${what} is not from 0 to 2^160`);
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function readIssuingDistributionPoint(value: DerReader): IssuingDistributionPoint {
  const what = 'issuingDistributionPoint';
  const content = value.enter(tags.sequence, what);
  value.finish(what);
  const flag = (number: number) => {
    if (content.peek() !== contextValue(number)) return false;
    const [byte, ...rest] = content.content(contextValue(number), what);
    if (rest.length > 0 || (byte !== 0 && byte !== 0xff)) content.fail(`${what} holds no DER boolean`);
    return byte === 0xff;
  };
  const holder = content.enterIf(contextGroup(0), what);
  const name = holder && readDistributionPointName(holder, what);
  const onlyContainsUserCerts = flag(1);
  const onlyContainsCACerts = flag(2);
  const onlySomeReasons =
    content.peek() === contextValue(3) ? readReasonFlags(content, contextValue(3), what) : undefined;
  const indirectCRL = flag(4);
  const onlyContainsAttributeCerts = flag(5);
  content.finish(what);
  if ([onlyContainsUserCerts, onlyContainsCACerts, onlyContainsAttributeCerts].filter(Boolean).length > 1) {
    value.fail(`${what} limits the CRL to two kinds of certificates at once`);
  }
  return {
    name,
    onlyContainsUserCerts,
    onlyContainsCACerts,
    onlyContainsAttributeCerts,
    onlySomeReasons,
    indirectCRL,
    der: content.encoded,
  };
}
