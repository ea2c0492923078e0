import { ChanceryError } from '../../../shared/errors.ts';
import type { FileContent } from '../../../shared/model/basics.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { SealedKey } from '../../keys/index.ts';
import type { CertificateRow } from '../../store/index.ts';
import { readPem, writePem, writePkcs7, writePkcs12 } from '../../x509/index.ts';
import { type Context, reachesOthers } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { chainOf } from './present-certificate.ts';
import { requireCertificateBytes } from './require-certificate.ts';

function file(
  row: CertificateRow,
  extension: string,
  mediaType: string,
  content: Uint8Array | string,
): FileContent {
  const name = row.commonName.replace(/[^A-Za-z0-9.-]+/g, '_').replace(/^[._]+/, '') || row.serialNumber;
  return {
    fileName: `${name}.${extension}`,
    mediaType,
    contentBase64: Buffer.from(content).toString('base64'),
  };
}

const pemType = 'application/x-pem-file';
const pkcs12Type = 'application/x-pkcs12';

/** A certificate in the format that other programs want; without its private key. */
export async function exportCertificate(
  rooms: Rooms,
  input: ParsedInput<'certificates.export'>,
  context: Context,
): Promise<FileContent> {
  const { row, der } = await requireCertificateBytes(rooms, context, input.id);
  const chain = await chainOf(rooms, row);
  const pem = writePem('CERTIFICATE', der);
  switch (input.format) {
    case 'pem':
      return file(row, 'pem', pemType, pem);
    case 'pem-chain':
      return file(row, 'chain.pem', pemType, [pem, ...chain].join(''));
    case 'der':
      return file(row, 'crt', 'application/pkix-cert', der);
    case 'pkcs7':
      return file(row, 'p7c', 'application/pkcs7-mime', writePkcs7([der, ...derOf(chain)]));
    case 'pkcs12': {
      if (input.passphrase === undefined) throw passphraseMissing();
      const certificates = [der, ...derOf(chain)];
      const content = await writePkcs12({
        certificates,
        passphrase: input.passphrase,
        friendlyName: row.commonName,
      });
      return file(row, 'p12', pkcs12Type, content);
    }
  }
}

/** A private key that was generated here: with its certificate and chain under the passphrase given, or bare as PEM. */
export async function recoverPrivateKey(
  rooms: Rooms,
  input: ParsedInput<'certificates.private-key'>,
  context: Context,
): Promise<FileContent> {
  const { row, der } = await requireCertificateBytes(rooms, context, input.id);
  const { principal } = context;
  // Who may recover the keys of own certificates only is not told of others.
  const isOwn = principal.id !== null && row.requestedById === principal.id;
  const key =
    row.keyId === null || !(isOwn || reachesOthers(principal, row.realmId))
      ? undefined
      : await rooms.store.keys.find(row.keyId);
  if (!key) {
    throw new ChanceryError({
      code: 'NOT_FOUND',
      detail: `No private key of the certificate ${row.serialNumber} is kept here.`,
    });
  }
  const sealed = { keyId: key.id, sealed: key.sealed };
  const output =
    input.format === 'pem'
      ? file(row, 'key', pemType, rooms.signer.exportPrivateKey(sealed, 'pkcs8-pem'))
      : file(row, 'p12', pkcs12Type, await keyFile(rooms, { row, der }, sealed, input));
  const event = {
    type: 'certificate.private-key-recovered',
    realm: row.realmId,
    subject: { kind: 'certificate', id: row.id, name: row.commonName },
    detail: { serialNumber: row.serialNumber, reason: input.reason, format: input.format },
  };
  return finish(rooms, context, { statements: [], event }, output);
}

async function keyFile(
  rooms: Rooms,
  { row, der }: { readonly row: CertificateRow; readonly der: Uint8Array },
  sealed: SealedKey,
  { passphrase, friendlyName = row.commonName }: ParsedInput<'certificates.private-key'>,
): Promise<Uint8Array> {
  if (passphrase === undefined) throw passphraseMissing();
  const certificates = [der, ...derOf(await chainOf(rooms, row))];
  const privateKeyPkcs8 = rooms.signer.exportPrivateKey(sealed, 'pkcs8-der');
  return writePkcs12({ privateKeyPkcs8, certificates, passphrase, friendlyName }).finally(() =>
    privateKeyPkcs8.fill(0),
  );
}

function passphraseMissing(): ChanceryError {
  return new ChanceryError({
    code: 'INVALID_INPUT',
    detail: 'A PKCS#12 file needs a passphrase.',
    violations: [{ path: ['passphrase'], rule: 'required', message: 'give the passphrase of the file' }],
  });
}

function derOf(chain: readonly string[]): Uint8Array[] {
  return chain.flatMap((pem) => readPem(pem).map((block) => block.der));
}
