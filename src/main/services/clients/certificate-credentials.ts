/** Certificates as credentials of API clients. */
import { ChanceryError } from '../../../shared/errors.ts';
import type { Output, ParsedInput } from '../../../shared/operations/index.ts';
import { requireCertificate } from '../certificates/require-certificate.ts';
import { type Context, narrowTo } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { isUsable } from '../tokens/client-certificates.ts';
import { clientEvent } from './client-event.ts';
import { clientPresenter } from './present-client.ts';
import { requireClient } from './require-client.ts';

/**
 * Lets a client authenticate with a certificate that we issued and that still holds. Throws NOT_FOUND for a
 * certificate that the caller does not see, CONFLICT for one that cannot serve, ALREADY_EXISTS.
 */
export async function addClientCertificate(
  rooms: Rooms,
  { id, certificateId, method }: ParsedInput<'clients.add-certificate'>,
  context: Context,
): Promise<Output<'clients.add-certificate'>> {
  const row = await requireClient(rooms, context, id);
  const reader = { ...context, principal: narrowTo(context.principal, 'certificates.read') };
  const certificate = await requireCertificate(rooms, reader, certificateId);
  if (
    certificate.authorityId === null ||
    certificate.isAuthority === 1 ||
    !isUsable(certificate, rooms.clock())
  ) {
    throw new ChanceryError({
      code: 'CONFLICT',
      detail:
        'Only a valid certificate that was issued here, and not one of an authority, can serve for this.',
    });
  }
  const now = rooms.clock().getTime();
  const { clientCredentials } = rooms.store;
  const add = clientCredentials.addCertificate(
    { clientId: row.id, certificateId, method, createdAt: now },
    { code: 'ALREADY_EXISTS', detail: 'The client has this certificate already.' },
  );
  const { commonName, serialNumber, notAfter } = certificate;
  const shown = await (await clientPresenter(rooms, context))(row);
  const added = {
    certificateId,
    method,
    commonName,
    serialNumber,
    notAfter: new Date(notAfter).toISOString(),
    usable: true,
  };
  const event = clientEvent('client.certificate-added', row, { certificateId, serialNumber, method });
  const output = { ...shown, certificates: [added, ...shown.certificates] };
  return finish(rooms, context, { statements: [add], event }, output);
}

/** Takes a certificate from a client, and its tokens with it. Throws NOT_FOUND. */
export async function removeClientCertificate(
  rooms: Rooms,
  { id, certificateId, method }: ParsedInput<'clients.remove-certificate'>,
  context: Context,
): Promise<Output<'clients.remove-certificate'>> {
  const row = await requireClient(rooms, context, id);
  const { clientCredentials, tokens } = rooms.store;
  const remove = clientCredentials.removeCertificate(
    { clientId: row.id, certificateId, method },
    { code: 'NOT_FOUND', detail: 'The client does not have this certificate.' },
  );
  const shown = await (await clientPresenter(rooms, context))(row);
  const certificates = shown.certificates.filter(
    (one) => one.certificateId !== certificateId || one.method !== method,
  );
  const event = clientEvent('client.certificate-removed', row, { certificateId, method });
  const statements = [remove, tokens.endAllOfClient(row.id)];
  return finish(rooms, context, { statements, event }, { ...shown, certificates });
}
