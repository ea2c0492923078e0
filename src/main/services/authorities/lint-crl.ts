/**
 * The blocking lint of CRLs. All rules on a million entries take many times what signing them does. So the rules
 * see every CRL without its entries, and of the entries the first one of each shape: form of its date, reason,
 * invalidity date, length of the serial number. No other property of an entry comes from outside the encoder, and
 * that a serial number is listed once is what the store's index holds.
 */
import type { RevokedEntry } from '../../store/index.ts';
import { type CertListFields, frameTbsCertList } from '../../x509/index.ts';
import { requireNoCrlErrors } from '../certificates/lint-before-signing.ts';
import { encodeEntries } from './crl-entries.ts';

/** Shapes that have passed. */
const passed = new Set<string>();
/** RFC 5280 section 5.1.2.6: from 2050 on times are written in the other type. */
const generalizedFromMs = Date.UTC(2050, 0, 1);

/** Throws LINT_FAILED for a CRL, about to be signed, that breaks a rule of severity error. */
export function lintCrl(fields: CertListFields): void {
  requireNoCrlErrors(tbsOf(fields, []));
}

/** The same for entries that are about to be encoded for CRLs with these fields. */
export function lintCrlEntries(fields: CertListFields, entries: readonly RevokedEntry[]): void {
  const first = new Map<string, RevokedEntry>();
  for (const entry of entries) {
    const shape = shapeOf(entry);
    if (!passed.has(shape) && !first.has(shape)) first.set(shape, entry);
  }
  if (first.size === 0) return;
  requireNoCrlErrors(tbsOf(fields, [...first.values()]));
  for (const shape of first.keys()) passed.add(shape);
}

function tbsOf(fields: CertListFields, entries: readonly RevokedEntry[]): Uint8Array {
  const encoded = encodeEntries(entries);
  const { head, tail } = frameTbsCertList(fields, encoded.length);
  return Buffer.concat([head, encoded, tail]);
}

function shapeOf({ serialNumber, revokedAt, revocationReason, invalidityDate }: RevokedEntry): string {
  const form = (revokedAt ?? 0) < generalizedFromMs ? 'utc' : 'generalized';
  return `${serialNumber.length} ${form} ${revocationReason} ${invalidityDate === null ? 0 : 1}`;
}
