/** PrivateKeyInfo (RFC 5958) of ML-DSA (RFC 9881 section 6) and SLH-DSA (RFC 9909 section 6). */
import { type PostQuantumAlgorithm, postQuantumAlgorithms } from '../../shared/model/algorithms.ts';
import {
  contextGroup,
  contextValue,
  type DerFormat,
  DerReader,
  postQuantumOids,
  tags,
  writeDer,
} from '../x509/index.ts';

/** What such a file holds: of ML-DSA the seed, the key made from it, or both; of SLH-DSA the key alone. */
export interface PostQuantumSecret {
  readonly algorithm: PostQuantumAlgorithm;
  readonly seed?: Uint8Array;
  readonly secretKey?: Uint8Array;
}

const format: DerFormat = { code: 'INVALID_INPUT', name: 'private key', maxBytes: 65_536 };
const seedBytes = 32;

const algorithms: ReadonlyMap<string, PostQuantumAlgorithm> = new Map(
  postQuantumAlgorithms.map((algorithm) => [postQuantumOids[algorithm], algorithm]),
);

/** The secret, in views of the input; undefined for a key of another kind. Throws INVALID_INPUT when malformed. */
export function readPostQuantumPkcs8(pkcs8: Uint8Array): PostQuantumSecret | undefined {
  const root = DerReader.open(pkcs8, format);
  const info = root.enter(tags.sequence, 'private key');
  root.finish('the private key');
  if (info.smallInteger('version') > 1) info.fail('its version is not 1 or 2');
  const kind = info.enter(tags.sequence, 'key algorithm');
  const algorithm = algorithms.get(kind.objectIdentifier('key algorithm'));
  if (algorithm === undefined) return undefined;
  kind.finish('key algorithm');
  const value = info.enter(tags.octetString, 'private key value');
  info.enterIf(contextGroup(0), 'attributes');
  if (info.peek() === contextValue(1)) info.content(contextValue(1), 'public key');
  info.finish('the private key');
  if (algorithm.startsWith('slh-dsa-'))
    return { algorithm, secretKey: value.bytes.subarray(value.position, value.end) };
  const secret = readMlDsa(value);
  value.finish('private key value');
  return { algorithm, ...secret };
}

function readMlDsa(value: DerReader): Omit<PostQuantumSecret, 'algorithm'> {
  switch (value.peek()) {
    case contextValue(0):
      return { seed: seedOf(value, contextValue(0)) };
    case tags.octetString:
      return { secretKey: value.octetString('expanded key') };
    default: {
      const both = value.enter(tags.sequence, 'seed and expanded key');
      const secret = { seed: seedOf(both, tags.octetString), secretKey: both.octetString('expanded key') };
      both.finish('seed and expanded key');
      return secret;
    }
  }
}

function seedOf(reader: DerReader, tag: number): Uint8Array {
  const seed = reader.content(tag, 'seed');
  return seed.length === seedBytes ? seed : reader.fail(`its seed has not ${seedBytes} bytes`);
}

/** ML-DSA's as its seed alone, where it is known: the shortest form, and the one that every implementation reads. */
export function writePostQuantumPkcs8(secret: PostQuantumSecret): Buffer {
  const encoded = writeDer((writer) => {
    writer.sequence(() => {
      writer.integer(0).sequence(() => writer.objectIdentifier(postQuantumOids[secret.algorithm]));
      writer.group(tags.octetString, () => {
        if (secret.seed) writer.value(contextValue(0), secret.seed);
        else if (secret.algorithm.startsWith('slh-dsa-')) writer.raw(secret.secretKey ?? new Uint8Array());
        else writer.octetString(secret.secretKey ?? new Uint8Array());
      });
    });
  });
  return Buffer.from(encoded.buffer, encoded.byteOffset, encoded.length);
}
