/** OCSP requests (RFC 6960 section 4.1), read strictly and written. Signed requests are read, not verified. */
import { ChanceryError } from '../../../shared/errors.ts';
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { contextGroup, tags } from '../der/der-tags.ts';
import { writeDer } from '../der/der-writer.ts';
import { readExtensions } from '../extensions/read-extensions.ts';
import { readPathName } from '../names/path-name.ts';
import { type CertId, type CertIdFields, readCertId, writeCertId } from './cert-id.ts';
import { readNonce, writeNonce } from './nonce.ts';

export interface OcspRequest {
  readonly certIds: readonly CertId[];
  readonly nonce: Uint8Array | undefined;
  /** A critical extension that is not known here: the request must be refused. */
  readonly unknownCriticalOid: string | undefined;
  readonly isSigned: boolean;
}

/** RFC 5019 expects requests of a few hundred bytes; this leaves room for many certificates. */
const format: DerFormat = { code: 'INVALID_INPUT', name: 'OCSP request', maxBytes: 65_536 };

/** Reads a request; throws INVALID_INPUT, which a responder answers with malformedRequest. */
export function readOcspRequest(der: Uint8Array): OcspRequest {
  const root = DerReader.open(der, format);
  const outer = root.enter(tags.sequence, 'request');
  root.finish('the request');
  outer.checkStructure();
  const tbs = outer.enter(tags.sequence, 'request to be signed');
  const signature = outer.enterIf(contextGroup(0), 'signature');
  outer.finish('the request');
  const version = tbs.enterIf(contextGroup(0), 'version');
  if (version !== undefined && version.smallInteger('version') !== 0) tbs.fail('its version is not 1');
  const requestor = tbs.enterIf(contextGroup(1), 'requestor');
  if (requestor !== undefined) readPathName(requestor, 'requestor');
  const list = tbs.enter(tags.sequence, 'requests');
  const certIds: CertId[] = [];
  let unknownCriticalOid: string | undefined;
  do {
    const item = list.enter(tags.sequence, 'a request');
    certIds.push(readCertId(item));
    const holder = item.enterIf(contextGroup(0), 'extensions of a request');
    const extensions = holder === undefined ? [] : readExtensions(holder);
    unknownCriticalOid ??= extensions.find(({ critical }) => critical)?.oid;
    item.finish('a request');
  } while (!list.isEmpty);
  const holder = tbs.enterIf(contextGroup(2), 'extensions');
  const { nonce, unknownCriticalOid: unknownOid } = readNonce(
    holder === undefined ? [] : readExtensions(holder),
  );
  holder?.finish('extensions');
  tbs.finish('the request');
  return {
    certIds,
    nonce,
    unknownCriticalOid: unknownCriticalOid ?? unknownOid,
    isSigned: signature !== undefined,
  };
}

/** The DER of an unsigned request for these certificates, with a nonce where one is given (32 bytes are due, RFC 9654). */
export function buildOcspRequest(certificates: readonly CertIdFields[], nonce?: Uint8Array): Uint8Array {
  if (certificates.length === 0) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: 'An OCSP request asks for at least one certificate.',
    });
  }
  return writeDer((writer) =>
    writer.sequence(() =>
      writer.sequence(() => {
        writer.sequence(() => {
          for (const fields of certificates) writer.sequence(() => writeCertId(writer, fields));
        });
        if (nonce !== undefined) {
          writer.group(contextGroup(2), () => writer.sequence(() => writeNonce(writer, nonce)));
        }
      }),
    ),
  );
}
