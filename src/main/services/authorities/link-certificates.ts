import { ChanceryError } from '../../../shared/errors.ts';
import type { Output } from '../../../shared/operations/index.ts';
import { parseCertificate, verifyCertificateSignature, writePem } from '../../x509/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import type { Issuer } from './authority-directory.ts';
import { serialTaken } from './build-authority.ts';
import { keptExtensions } from './kept-extensions.ts';
import { signAuthority, signedBy } from './sign-authority.ts';

/**
 * The two certificates between the newest key of a root and the one before it (RFC 4210 section 4.4); those that
 * are there already are given again while they are valid. Throws CONFLICT where there is no former key in force.
 */
export async function linkCertificates(
  rooms: Rooms,
  newest: Issuer,
  context: Context,
): Promise<Output<'authorities.link'>> {
  const { slug, kind, generation } = newest.row;
  const former = [...(await rooms.authorities.all()).values()].find(
    ({ row }) => row.slug === slug && row.generation === generation - 1,
  );
  const refuse = (detail: string) => new ChanceryError({ code: 'CONFLICT', detail });
  if (kind !== 'root') throw refuse(`The authority ${slug} is no root; the one above it certifies its keys.`);
  if (!former) throw refuse(`The authority ${slug} has had one key only.`);
  if (former.certificate.notAfter < rooms.clock())
    throw refuse(`The certificate of the former key of ${slug} has ended; nobody trusts it any more.`);
  const event = {
    type: 'authority.linked',
    realm: newest.row.realmId,
    subject: { kind: 'authority', id: newest.row.id, name: slug },
  };
  const newWithOld = await link(rooms, former, newest, former, context);
  const oldWithNew = await link(rooms, newest, former, former, context);
  const output = {
    newWithOld: writePem('CERTIFICATE', newWithOld),
    oldWithNew: writePem('CERTIFICATE', oldWithNew),
  };
  return finish(rooms, context, { statements: [], event }, output);
}

/** The certificate of the target's key by the issuer's, which lasts no longer than the former certificate. */
async function link(
  rooms: Rooms,
  issuer: Issuer,
  target: Issuer,
  former: Issuer,
  context: Context,
): Promise<Uint8Array> {
  const { store, clock } = rooms;
  const now = clock();
  const known = (await store.authorityLine.certificates()).find(
    ({ authorityId, role, der }) =>
      role === 'link' &&
      authorityId === target.row.id &&
      parseCertificate(der).notAfter > now &&
      verifyCertificateSignature(der, issuer.certificate.spki),
  );
  const isRevoked =
    known && ((await store.certificates.find(known.certificateId))?.revokedAt ?? null) !== null;
  if (known && !isRevoked) return known.der;
  const { certificate } = target;
  const ends = [former.certificate.notAfter, certificate.notAfter, issuer.certificate.notAfter];
  const plan = {
    subjectDer: certificate.subject.der,
    spki: certificate.spki,
    subjectKeyIdentifier: target.subjectKeyIdentifier,
    // The former key has signed since its own certificate began.
    notBefore: certificate.notBefore,
    notAfter: new Date(Math.min(...ends.map((end) => end.getTime()))),
    extensions: keptExtensions(certificate),
  };
  const { row } = target;
  const subject = { kind: 'authority', id: row.id, name: row.slug };
  const fields = { realm: row.realmId, subject };
  const signed = await signAuthority(rooms, context, signedBy(issuer), plan, row.realmId, {
    event: { ...fields, type: 'authority.link-begun' },
  });
  const statements = [
    ...store.certificates.insert(signed, serialTaken),
    store.authorityLine.addCertificate(signed.id, row.id, 'link', now),
  ];
  const detail = { serialNumber: signed.serialNumber, fingerprint: signed.sha256Fingerprint };
  const event = { ...fields, type: 'authority.link-issued', detail };
  await finish(rooms, { ...context, idempotency: null }, { statements, event }, undefined);
  return signed.der;
}
