import { ChanceryError } from '../../../shared/errors.ts';
import type { RequestSummary } from '../../../shared/model/request.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import { type ParsedCertificate, parseCertificate, readCertificates } from '../../x509/index.ts';
import { pemAbove } from '../authorities/foreign-certificate.ts';
import { policyViolation } from '../certificates/compose-request.ts';
import { importedRow } from '../certificates/imported-row.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { readAsked } from './asked-request.ts';
import { importViolations } from './external-leaf.ts';
import { requestPresenter } from './present-request.ts';
import { changedMeanwhile, requireOpen, requireRequest } from './require-request.ts';

/**
 * Takes in what an authority outside has issued for a request, known by its key. Throws INVALID_CERTIFICATE for the
 * certificate of another key, CONFLICT for a request that does not wait for one, POLICY_VIOLATION where the policy lets
 * none come in.
 */
export async function completeRequest(
  rooms: Rooms,
  input: ParsedInput<'requests.complete'>,
  context: Context,
): Promise<RequestSummary> {
  const { store, clock } = rooms;
  const { principal } = context;
  const row = await requireRequest(rooms, context, input.id);
  const now = clock();
  requireOpen(row, now);
  if (row.kind !== 'external' || row.status !== 'approved') {
    const reason =
      row.kind === 'external' ? 'not approved yet' : 'issued here and not by an authority outside';
    throw new ChanceryError({ code: 'CONFLICT', detail: `The request is ${reason}.` });
  }
  const profile = row.profileId === null ? undefined : await rooms.profiles.byId(row.profileId);
  const violations = profile ? importViolations(profile) : [];
  if (violations.length > 0) throw policyViolation(violations);
  const { spki, metadata } = readAsked(row);
  const given = readCertificates(input.certificate).map((der) => parseCertificate(der));
  const certificate = ownOf(given, Buffer.from(spki, 'base64'));
  const issued = {
    ...importedRow(certificate, {
      realmId: row.realmId,
      authorityId: null,
      importedFrom: `request ${row.id}`,
      sha256: Buffer.from(certificate.sha256Fingerprint, 'hex'),
      requestedBy: row.requestedBy,
      requestedById: row.requestedById,
      now,
    }),
    profileId: row.profileId,
    // A key that is handed out once stays with the request until that has happened.
    keyId: profile?.keyRetention === 'handed-out' ? null : row.keyId,
    metadata: metadata && JSON.stringify(metadata),
    chain: pemAbove(certificate, given),
  };
  const change = { status: 'issued', certificateId: issued.id, decidedAt: now.getTime() } as const;
  const statements = [
    store.requests.change(row, change, changedMeanwhile),
    ...store.certificates.insertImported(issued, {
      code: 'ALREADY_EXISTS',
      detail: 'The certificate is in the realm already.',
    }),
  ];
  const event = {
    type: 'request.completed',
    realm: row.realmId,
    subject: { kind: 'request', id: row.id, name: row.commonName },
    detail: { certificate: issued.id, fingerprint: certificate.sha256Fingerprint },
  };
  const decisions = (await store.requests.decisions([row.id])).get(row.id) ?? [];
  const present = await requestPresenter(rooms, principal);
  const output = present({ ...row, ...change, revision: row.revision + 1 }, decisions);
  const issuedEvent = {
    type: 'certificate.issued',
    realm: row.realmId,
    subject: { kind: 'certificate', id: issued.id, name: issued.commonName },
    detail: {
      serialNumber: issued.serialNumber,
      fingerprint: certificate.sha256Fingerprint,
      issuer: issued.issuer,
    },
  };
  return finish(rooms, context, { statements, event, further: [issuedEvent] }, output);
}

/** The one of the certificates given that is for the key. */
function ownOf(given: readonly ParsedCertificate[], spki: Uint8Array): ParsedCertificate {
  const own = given.find((certificate) => Buffer.compare(certificate.spki, spki) === 0);
  if (own) return own;
  const found = given.map(({ subject }) => subject.text).join('; ');
  throw new ChanceryError({
    code: 'INVALID_CERTIFICATE',
    detail:
      given.length === 0
        ? 'There is no certificate in what was given.'
        : `The certificate is for another key than that of the request: ${found}.`,
    violations: [
      { path: ['certificate'], rule: 'certificate.key', message: 'not for the key of the request' },
    ],
  });
}
