import { ChanceryError } from '../../../shared/errors.ts';
import type { DeviceClient, PendingCertificate } from '../../../shared/operations/pending.ts';
import { newId } from '../../crypto/index.ts';
import { toSlug } from '../../domain/index.ts';
import type { DeviceClientRow, PendingRow } from '../../store/index.ts';
import { parseCertificate, readCertificates } from '../../x509/index.ts';
import { type Context, reaches } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';

function present(row: PendingRow, realm: string): PendingCertificate {
  const certificate = parseCertificate(row.der);
  const commonName = certificate.subject.attributes.commonName ?? certificate.subjectAltNames[0]?.value ?? '';
  return {
    id: row.id,
    realm,
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    commonName,
    subjectAltNames: certificate.subjectAltNames,
    serialNumber: certificate.serialNumber,
    keyAlgorithm: certificate.keyDescription,
    extendedKeyUsages: certificate.extendedKeyUsages,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    sha256Fingerprint: certificate.sha256Fingerprint,
    attempts: row.attempts,
    firstSeenAt: new Date(row.firstSeenAt).toISOString(),
    lastSeenAt: new Date(row.lastSeenAt).toISOString(),
    source: row.source,
    suggestedAlias: toSlug(commonName),
  };
}

function presentDeviceClient(row: DeviceClientRow, realm: string): DeviceClient {
  const { id, name, alias } = row;
  return {
    id,
    realm,
    name,
    alias,
    sha256Fingerprint: row.sha256,
    createdAt: new Date(row.createdAt).toISOString(),
  };
}

async function requireWaiting(rooms: Rooms, { principal }: Context, id: string): Promise<PendingRow> {
  const row = await rooms.store.pending.findWaiting(id);
  if (row && reaches(principal, row.realmId)) return row;
  throw new ChanceryError(notWaiting(id));
}

function notWaiting(id: string) {
  return {
    code: 'NOT_FOUND',
    detail: `No certificate '${id}' waits to be accepted.`,
    hint: 'Someone may have decided on it meanwhile.',
  } as const;
}

export const pendingHandlers = (rooms: Rooms) =>
  handlersFor('pending')({
    'pending.list': async (input, { principal }) => {
      const realmIds = await rooms.realms.scope(principal, input.realm);
      const page = await rooms.store.pending.waiting({ ...input, realmIds });
      const slugs = await rooms.realms.slugs();
      return { ...page, items: page.items.map((row) => present(row, slugs.get(row.realmId) ?? '')) };
    },

    'pending.add': async (input, context) => {
      const realm = await rooms.realms.choose(context.principal, input.realm);
      const [der] = readCertificates(input.certificate);
      if (!der)
        throw new ChanceryError({
          code: 'INVALID_CERTIFICATE',
          detail: 'There is no certificate in what was given.',
        });
      const certificate = parseCertificate(der);
      const now = rooms.clock();
      const row: PendingRow = {
        id: newId(now),
        realmId: realm.id,
        state: 'pending',
        sha256: certificate.sha256Fingerprint,
        der: Buffer.from(der),
        attempts: 1,
        source: context.principal.name,
        firstSeenAt: now.getTime(),
        lastSeenAt: now.getTime(),
        decidedAt: null,
        decidedBy: null,
        reason: null,
      };
      const insert = rooms.store.pending.insert(row, {
        code: 'ALREADY_EXISTS',
        detail: 'This certificate waits already, or was decided on before.',
      });
      const change = {
        statements: [insert],
        event: {
          type: 'pending.added',
          realm: realm.id,
          subject: { kind: 'pending-certificate', id: row.id, name: certificate.subject.text },
          detail: { fingerprint: row.sha256 },
        },
      };
      return finish(rooms, context, change, present(row, realm.slug));
    },

    'pending.accept': async ({ id, alias }, context) => {
      const row = await requireWaiting(rooms, context, id);
      const now = rooms.clock();
      const realm = (await rooms.realms.slugs()).get(row.realmId) ?? '';
      const client: DeviceClientRow = {
        id: newId(now),
        realmId: row.realmId,
        name: alias,
        alias: alias.toLowerCase(),
        sha256: row.sha256,
        der: row.der,
        pendingId: row.id,
        createdAt: now.getTime(),
      };
      const decision = {
        state: 'accepted',
        decidedAt: now.getTime(),
        decidedBy: context.principal.name,
        reason: null,
      } as const;
      const change = {
        statements: [
          rooms.store.pending.decide(id, decision, notWaiting(id)),
          rooms.store.pending.insertDeviceClient(client, {
            code: 'ALREADY_EXISTS',
            detail: `The alias '${client.alias}' is in use already.`,
          }),
        ],
        event: {
          type: 'pending.accepted',
          realm: row.realmId,
          subject: { kind: 'device-client', id: client.id, name: client.name },
          detail: { fingerprint: row.sha256, pending: row.id },
        },
      };
      return finish(rooms, context, change, presentDeviceClient(client, realm));
    },

    'pending.reject': async ({ id, reason }, context) => {
      const row = await requireWaiting(rooms, context, id);
      const decision = {
        state: 'rejected',
        decidedAt: rooms.clock().getTime(),
        decidedBy: context.principal.name,
        reason: reason ?? null,
      } as const;
      const change = {
        statements: [rooms.store.pending.decide(id, decision, notWaiting(id))],
        event: {
          type: 'pending.rejected',
          realm: row.realmId,
          subject: { kind: 'pending-certificate', id },
          detail: { fingerprint: row.sha256, reason },
        },
      };
      return finish(rooms, context, change, {});
    },
  });

export const deviceClientHandlers = (rooms: Rooms) =>
  handlersFor('device-clients')({
    'device-clients.list': async (input, { principal }) => {
      const realmIds = await rooms.realms.scope(principal, input.realm);
      const page = await rooms.store.pending.deviceClients({ ...input, realmIds });
      const slugs = await rooms.realms.slugs();
      return {
        ...page,
        items: page.items.map((row) => presentDeviceClient(row, slugs.get(row.realmId) ?? '')),
      };
    },
  });
