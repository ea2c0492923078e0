/** Reads PKCS#12 (RFC 7292), also as old software wrote it: with RC2 and triple DES. */
import { ChanceryError } from '../../../shared/errors.ts';
import { timingSafeEqual } from '../../crypto/index.ts';
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { contextGroup, contextValue, tags } from '../der/der-tags.ts';
import { readAlgorithmIdentifier } from '../public-key/algorithm-identifier.ts';
import { decryptWithPassphrase, type Unlocking } from './decrypt-with-passphrase.ts';
import { IterationBudget } from './iteration-budget.ts';
import { pkcs12Passwords } from './pkcs12-derivation.ts';
import { type MacHash, pkcs12Mac } from './pkcs12-mac.ts';
import { pkcs12Oids } from './pkcs12-oids.ts';

export interface Pkcs12 {
  /** DER of the unencrypted PKCS#8. */
  readonly privateKeyPkcs8?: Uint8Array;
  /** DER, the certificate of the key first. */
  readonly certificates: Uint8Array[];
}

const format: DerFormat = { code: 'INVALID_INPUT', name: 'PKCS#12 file', maxBytes: 16 * 1024 * 1024 };

/**
 * Opens a file after its MAC has been verified. Throws INVALID_INPUT when it is malformed or the passphrase is
 * wrong, UNSUPPORTED for RC4 and unknown algorithms, for files without a MAC, and for several private keys.
 */
export async function readPkcs12(
  der: Uint8Array,
  passphrase: string,
  budget = new IterationBudget(),
): Promise<Pkcs12> {
  const { bags, unlocking } = await readBags(der, passphrase, budget);
  return joinBags(bags, unlocking);
}

/** The certificates alone, however many keys are with them, in their order. Throws as readPkcs12 does. */
export async function readPkcs12Certificates(der: Uint8Array, passphrase: string): Promise<Uint8Array[]> {
  const { bags } = await readBags(der, passphrase, new IterationBudget());
  return bags.filter(({ oid }) => oid === pkcs12Oids.certBag).map(({ value }) => readCertBag(value));
}

async function readBags(der: Uint8Array, passphrase: string, budget: IterationBudget) {
  const root = DerReader.open(der, format);
  const file = root.enter(tags.sequence, 'PKCS#12 file');
  root.finish('the PKCS#12 file');
  file.checkStructure();
  if (file.smallInteger('version') !== 3) file.fail('its version is not 3');
  const safe = readContentInfo(file);
  if (safe.oid !== pkcs12Oids.data)
    throw unsupported('The file is protected by a signature instead of a passphrase.');
  const content = safe.holder.octetString('authenticated safe');
  const password = await verifyMac(file, content, passphrase, budget);
  const unlocking = { passphrase, password, budget };

  const bags: Bag[] = [];
  const parts = openSequence(content, 'authenticated safe');
  while (!parts.isEmpty) {
    const { oid, holder } = readContentInfo(parts);
    if (oid === pkcs12Oids.data) collectBags(holder.octetString('bags'), bags);
    else if (oid === pkcs12Oids.encryptedData) collectBags(await decryptPart(holder, unlocking), bags);
    else throw unsupported('The file is encrypted for a public key instead of a passphrase.');
  }
  return { bags, unlocking };
}

interface Bag {
  readonly oid: string;
  readonly value: DerReader;
  readonly localKeyId: string | undefined;
}

function openSequence(der: Uint8Array, what: string): DerReader {
  const reader = DerReader.open(der, format);
  const content = reader.enter(tags.sequence, what);
  reader.finish(what);
  content.checkStructure();
  return content;
}

function readContentInfo(reader: DerReader): { oid: string; holder: DerReader } {
  const info = reader.enter(tags.sequence, 'content');
  const oid = info.objectIdentifier('content type');
  return { oid, holder: info.enter(contextGroup(0), 'content') };
}

const macHashes: ReadonlyMap<string, MacHash> = new Map<string, MacHash>([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

/** The form of the passphrase that the MAC was made with; throws where none fits. */
async function verifyMac(
  file: DerReader,
  content: Uint8Array,
  passphrase: string,
  budget: IterationBudget,
): Promise<Uint8Array> {
  const macData = file.enterIf(tags.sequence, 'MAC');
  if (macData === undefined)
    throw unsupported('The file has no MAC, so that nothing shows whether it was altered.');
  const digestInfo = macData.enter(tags.sequence, 'MAC');
  const { oid } = readAlgorithmIdentifier(digestInfo, 'MAC algorithm');
  const hash = macHashes.get(oid);
  if (hash === undefined)
    throw unsupported(`The file's MAC is made with the algorithm ${oid}, which is not read here.`);
  const expected = digestInfo.octetString('MAC');
  const salt = macData.octetString('MAC salt');
  const iterations = macData.isEmpty ? 1 : macData.smallInteger('MAC iterations');
  for (const password of pkcs12Passwords(passphrase)) {
    budget.spend(iterations, macData);
    const mac = await pkcs12Mac(hash, content, password, salt, iterations);
    if (expected.length === mac.length && timingSafeEqual(expected, mac)) return password;
  }
  const detail = 'The passphrase does not open the file, or the file was altered.';
  throw new ChanceryError({
    code: 'INVALID_INPUT',
    detail,
    violations: [{ path: ['passphrase'], rule: 'passphrase.wrong', message: detail }],
  });
}

/** EncryptedData, RFC 5652 section 8. */
async function decryptPart(holder: DerReader, unlocking: Unlocking): Promise<Uint8Array> {
  const encryptedData = holder.enter(tags.sequence, 'encrypted data');
  encryptedData.smallInteger('encrypted data version');
  const info = encryptedData.enter(tags.sequence, 'encrypted content');
  info.objectIdentifier('encrypted content type');
  return decryptWithPassphrase(info, () => info.content(contextValue(0), 'encrypted content'), unlocking);
}

function collectBags(safeContents: Uint8Array, bags: Bag[]): void {
  const list = openSequence(safeContents, 'bags');
  while (!list.isEmpty) {
    const bag = list.enter(tags.sequence, 'bag');
    const oid = bag.objectIdentifier('bag type');
    const value = bag.enter(contextGroup(0), 'bag');
    if (oid === pkcs12Oids.safeContentsBag) throw unsupported('The file holds bags within bags.');
    bags.push({ oid, value, localKeyId: readLocalKeyId(bag.enterIf(tags.set, 'bag attributes')) });
  }
}

function readLocalKeyId(attributes: DerReader | undefined): string | undefined {
  while (attributes !== undefined && !attributes.isEmpty) {
    const attribute = attributes.enter(tags.sequence, 'bag attribute');
    if (attribute.objectIdentifier('bag attribute') !== pkcs12Oids.localKeyId) continue;
    const identifier = attribute.enter(tags.set, 'localKeyId').octetString('localKeyId');
    return Buffer.from(identifier).toString('hex');
  }
  return undefined;
}

async function joinBags(bags: readonly Bag[], unlocking: Unlocking): Promise<Pkcs12> {
  const [keyBag, secondKey] = bags.filter(
    ({ oid }) => oid === pkcs12Oids.keyBag || oid === pkcs12Oids.shroudedKeyBag,
  );
  if (secondKey !== undefined) throw unsupported('The file holds several private keys.');
  const certBags = bags.filter(({ oid }) => oid === pkcs12Oids.certBag);
  const isOfKey = (bag: Bag) => keyBag?.localKeyId !== undefined && bag.localKeyId === keyBag.localKeyId;
  const ordered = [...certBags.filter(isOfKey), ...certBags.filter((bag) => !isOfKey(bag))];
  const certificates = ordered.map(({ value }) => readCertBag(value));
  if (keyBag === undefined) return { certificates };
  return { privateKeyPkcs8: await readKeyBag(keyBag, unlocking), certificates };
}

async function readKeyBag({ oid, value }: Bag, unlocking: Unlocking): Promise<Uint8Array> {
  if (oid === pkcs12Oids.keyBag) return value.element('private key');
  const encrypted = value.enter(tags.sequence, 'encrypted private key');
  return decryptWithPassphrase(encrypted, () => encrypted.octetString('encrypted private key'), unlocking);
}

function readCertBag(value: DerReader): Uint8Array {
  const bag = value.enter(tags.sequence, 'certificate bag');
  if (bag.objectIdentifier('certificate type') !== pkcs12Oids.x509Certificate) {
    throw unsupported('The file holds a certificate that is not an X.509 certificate.');
  }
  return bag.enter(contextGroup(0), 'certificate').octetString('certificate');
}

function unsupported(detail: string): ChanceryError {
  return new ChanceryError({ code: 'UNSUPPORTED', detail });
}
