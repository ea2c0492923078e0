/** Gives changed files to this program and to OpenSSL's parser (in Node's own process), and tells where they differ. */
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { type ParsedCertificate, parseCertificate, parseCrl, writePem } from '../../src/main/x509/index.ts';
import { ChanceryError } from '../../src/shared/errors.ts';
import { Dice } from '../fuzz/dice.ts';
import { mutate } from '../fuzz/mutate.ts';
import type { Sample } from '../fuzz/sample.ts';
import { tlvNodes } from '../fuzz/tlv.ts';
import { type Difference, explain } from './openssl-differences.ts';

export type ComparedKind = 'certificate' | 'crl';

export interface Comparison {
  readonly inputs: number;
  readonly readByBoth: number;
  readonly refusedByBoth: number;
  /** How many differences each row of the table explains. */
  readonly explained: ReadonlyMap<Difference, number>;
  /** What no row explains, with the input in base64. */
  readonly unexplained: readonly string[];
}

/** Compares so many changed files of a kind. */
export function compare(
  kind: ComparedKind,
  corpus: readonly Sample[],
  seed: number,
  count: number,
): Comparison {
  const samples = corpus.filter((sample) => sample.kind === kind);
  const explained = new Map<Difference, number>();
  const unexplained: string[] = [];
  let [readByBoth, refusedByBoth] = [0, 0];
  const note = (difference: Difference['kind'], message: string, bytes: Uint8Array) => {
    const row = explain(difference, message);
    if (row !== undefined) explained.set(row, (explained.get(row) ?? 0) + 1);
    else unexplained.push(`${kind}, ${difference}: ${message}\n${Buffer.from(bytes).toString('base64')}`);
  };
  for (let index = 0; index < count; index++) {
    const dice = new Dice(seed, index);
    const { bytes } = mutate(dice.pick(samples).bytes, dice.pick(samples).bytes, dice);
    const ours =
      kind === 'certificate' ? attempt(() => parseCertificate(bytes)) : attempt(() => parseCrl(bytes));
    const theirs = kind === 'certificate' ? readTheirs(bytes) : listTheirs(bytes);
    if (ours.value === undefined && theirs === undefined) refusedByBoth++;
    else if (ours.value === undefined) note('stricter', placed(ours.refusal, bytes), bytes);
    else if (theirs === undefined) note('looser', theirReason(kind, bytes), bytes);
    else {
      readByBoth++;
      if (theirs instanceof X509Certificate)
        for (const message of disagreements(parseCertificate(bytes), theirs)) note('other', message, bytes);
    }
  }
  return { inputs: count, readByBoth, refusedByBoth, explained, unexplained };
}

function attempt<T>(read: () => T): { value: T | undefined; refusal: string } {
  try {
    return { value: read(), refusal: '' };
  } catch (error) {
    if (error instanceof ChanceryError) return { value: undefined, refusal: error.detail };
    throw error;
  }
}

function readTheirs(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

/** Node has no CRL of its own, but hands those of a TLS context to OpenSSL. */
function listTheirs(der: Uint8Array): true | undefined {
  try {
    createSecureContext({ crl: writePem('X509 CRL', der) });
    return true;
  } catch {
    return undefined;
  }
}

/** Our message with where it arose before it: OpenSSL leaves the insides of these strings alone. */
function placed(refusal: string, der: Uint8Array): string {
  const at = Number(/at byte (\d+)\)\.$/.exec(refusal)?.[1] ?? 0);
  // These are read from the bits of a key, or from a name that was cut out: places in them begin at 0.
  const isCutOut = /cannot be read: RSA |^The name /.test(refusal);
  const isOfString = /: (?:public key value|signature|value of the extension \S+) (?:is|has)/.test(refusal);
  const isInside = tlvNodes(der).some(
    ({ tag, contentStart, end, parent }) => parent >= 0 && isString(tag) && at >= contentStart && at <= end,
  );
  return `${isCutOut || (isInside && !isOfString) ? 'value' : 'frame'}: ${refusal}`;
}

const isString = (tag: number) => tag === 0x03 || tag === 0x04;

/** What OpenSSL's command line says is wrong, from the innermost type outwards. */
function theirReason(kind: ComparedKind, der: Uint8Array): string {
  const item = kind === 'certificate' ? 'X509' : 'X509_CRL';
  const args = ['asn1parse', '-item', item, '-inform', 'DER'];
  const { status, stdout, stderr } = spawnSync('openssl', args, { input: der, encoding: 'utf8' });
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.includes(':error:'));
  if (status === 0 && lines.length === 0) return 'taken by the command line';
  return lines.map((line) => line.split(':').at(-1)).join(' / ');
}

/** Where two readings of a certificate part. */
function disagreements(ours: ParsedCertificate, theirs: X509Certificate): string[] {
  const found: string[] = [];
  const plain = (serial: string) => serial.replace(/^(-?)0+(?=.)/, '$1');
  if (plain(ours.serialNumber) !== plain(theirs.serialNumber))
    found.push(`serial: ${ours.serialNumber} here, ${theirs.serialNumber} there`);
  if (ours.sha256Fingerprint !== theirs.fingerprint256.replaceAll(':', '')) found.push('fingerprint');
  if (ours.notBefore.getTime() !== theirs.validFromDate.getTime()) found.push('notBefore');
  if (ours.notAfter.getTime() !== theirs.validToDate.getTime()) found.push('notAfter');
  // OpenSSL looks at the key usage as well.
  const maySign = ours.keyUsages.length === 0 || ours.keyUsages.includes('keyCertSign');
  if (theirs.ca !== (ours.isCa && maySign)) found.push(`ca: ${theirs.ca ? 'theirs' : 'ours'} alone`);
  return [...found, ...keyDisagreement(ours, theirs)];
}

function keyDisagreement(ours: ParsedCertificate, theirs: X509Certificate): string[] {
  let spki: Buffer;
  try {
    spki = theirs.publicKey.export({ type: 'spki', format: 'der' });
  } catch {
    return ours.keyAlgorithm === null ? [] : [`key: refused by theirs, ${ours.keyAlgorithm} here`];
  }
  if (Buffer.compare(spki, ours.spki) === 0) return [];
  return [
    ours.keyAlgorithm === null ? 'key: written otherwise' : `key: another one, ${ours.keyAlgorithm} here`,
  ];
}
