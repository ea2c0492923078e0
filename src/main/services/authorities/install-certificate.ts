import { ChanceryError } from '../../../shared/errors.ts';
import type { Authority } from '../../../shared/operations/authorities.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { AuthorityRow } from '../../store/index.ts';
import { type ParsedCertificate, parseCertificate, parseCsr, readCertificates } from '../../x509/index.ts';
import { requireNoErrors } from '../certificates/lint-before-signing.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { certificateRow, serialTaken } from './build-authority.ts';
import {
  invalid,
  isSelfSigned,
  pemAbove,
  requireAuthorityCertificate,
  signerOf,
} from './foreign-certificate.ts';
import { presentAuthority } from './present-authority.ts';
import { requireOwnKey } from './request-authority.ts';

/**
 * Takes in the certificate that another authority issued for a key of ours, and the certificates above it. Throws
 * INVALID_CERTIFICATE for another key or name, one that has ended or is no authority's, LINT_FAILED, CONFLICT.
 */
export async function installCertificate(
  rooms: Rooms,
  input: ParsedInput<'authorities.install'>,
  context: Context,
): Promise<Authority> {
  const { store, clock } = rooms;
  const now = clock();
  const row = await requireOwnKey(rooms, context, input.id);
  const given = readCertificates(input.certificate).map((der) => parseCertificate(der));
  const own = await ownOf(rooms, row, given);
  requireAuthorityCertificate(own, now);
  requireNoErrors(own.der);

  const parent = await signerOf(own, row.realmId, rooms.authorities);
  const recorded = parent && store.certificates.issuedStatus(parent.row.id, own.serialNumber);
  if (recorded?.revokedAt) throw invalid('The certificate is revoked.');
  const certificate = certificateRow(own.der, {
    realmId: row.realmId,
    authorityId: parent?.row.id ?? (isSelfSigned(own) ? row.id : null),
    isAuthority: 1,
    requestedBy: context.principal.name,
    requestedById: context.principal.id,
    now,
  });
  const next = {
    certificateId: recorded?.id ?? certificate.id,
    parentId: parent?.row.id ?? null,
    externalChain: parent ? '' : pemAbove(own, given),
    kind: isSelfSigned(own) ? ('root' as const) : ('intermediate' as const),
  };
  const change = {
    statements: [
      // One that was issued here stands in the record already.
      ...(recorded ? [] : store.certificates.insert(certificate, serialTaken)),
      ...store.authorityLine.replaceCertificate(row, next, now),
    ],
    event: {
      type: 'authority.certificate-installed',
      realm: row.realmId,
      subject: { kind: 'authority', id: row.id, name: row.slug },
      detail: { serialNumber: own.serialNumber, fingerprint: own.sha256Fingerprint, issuer: own.issuer.text },
    },
  };
  await finish(rooms, { ...context, idempotency: null }, change, undefined);
  rooms.authorities.refresh();
  await rooms.crls.publish(row.id, context);
  return presentAuthority(rooms, row.id);
}

/** The one of the certificates that is for the authority's key and name. */
async function ownOf(
  rooms: Rooms,
  row: AuthorityRow,
  given: readonly ParsedCertificate[],
): Promise<ParsedCertificate> {
  const { spki, subjectDer, sha256Fingerprint } = await expected(rooms, row);
  const own = given.find((one) => Buffer.compare(one.spki, spki) === 0);
  if (!own) {
    const [first] = given;
    throw new ChanceryError({
      code: 'INVALID_CERTIFICATE',
      detail: `The certificate${first ? ` of ${first.subject.text}` : ''} is for another key than that of ${row.slug}.`,
      hint: `Have the request of ${row.slug} certified: "chancery authorities csr ${row.slug}".`,
    });
  }
  if (own.sha256Fingerprint === sha256Fingerprint) {
    throw new ChanceryError({ code: 'CONFLICT', detail: 'This certificate is installed already.' });
  }
  // All that the authority has issued names its issuer so.
  if (row.certificateId !== null && Buffer.compare(own.subject.der, subjectDer) !== 0)
    throw invalid(
      `The certificate is for the name ${own.subject.text}, but ${row.slug} has issued under another.`,
    );
  return own;
}

async function expected(rooms: Rooms, row: AuthorityRow) {
  if (row.certificateId !== null) {
    const { certificate } = await rooms.authorities.issuer(row.id);
    const { spki, subject, sha256Fingerprint } = certificate;
    return { spki, subjectDer: subject.der, sha256Fingerprint };
  }
  const request = await rooms.store.authorityLine.request(row.id);
  if (!request) throw new Error(`authority ${row.id} has neither certificate nor request`);
  const { spki, subjectDer } = parseCsr(request);
  return { spki, subjectDer, sha256Fingerprint: undefined };
}
