/**
 * Values so plain that no rule of severity error can find fault with them, told at a glance: what a linter of a
 * million certificates of one shape still has to look at in each. Where these say no, the rules have to be asked.
 */
import type { Subject, SubjectAltName } from '../../shared/model/names.ts';

/** Printable ASCII, which every string type of a name can hold; what is not in it is left to the rules. */
const plainText = /^[A-Za-z0-9](?:[A-Za-z0-9 ._-]{0,62}[A-Za-z0-9])?$/;
const plainHost =
  /^(?:\*\.)?(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const plainAddress = /^(?:\d{1,3}\.){3}\d{1,3}$/;

const plainAttributes: ReadonlySet<string> = new Set(['commonName', 'organization', 'organizationalUnit']);

/** Whether there are only attributes whose bounds plain text keeps: the others have narrower ones. */
export function isPlainSubject(subject: Subject): boolean {
  for (const name in subject) {
    const value = subject[name as keyof Subject];
    if (value === undefined) continue;
    if (!plainAttributes.has(name) || typeof value !== 'string' || !plainText.test(value)) return false;
  }
  return true;
}

/** Whether all are host names and IPv4 addresses that nothing is wrong with. */
export function arePlainAltNames(names: readonly SubjectAltName[]): boolean {
  return names.every(({ type, value }) => {
    if (type === 'dns') return value.length <= 253 && plainHost.test(value);
    return type === 'ip' && plainAddress.test(value);
  });
}

/** SubjectPublicKeyInfo of RFC 5480 up to the coordinates, named curve and uncompressed point, by whole length. */
const pointHeaders: ReadonlyMap<number, Buffer> = new Map([
  [91, Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex')],
  [120, Buffer.from('3076301006072a8648ce3d020106052b8104002203620004', 'hex')],
  [158, Buffer.from('30819b301006072a8648ce3d020106052b810400230381860004', 'hex')],
]);

/**
 * Whether the key is an uncompressed point on P-256, P-384 or P-521, as far as its encoding goes. That it is on
 * the curve is what a runtime that verified a signature with it has found out, and what making it ensures.
 */
export function isPlainKey(spki: Uint8Array): boolean {
  const header = pointHeaders.get(spki.length);
  if (header === undefined) return false;
  for (let at = 0; at < header.length; at += 1) if (spki[at] !== header[at]) return false;
  return true;
}
