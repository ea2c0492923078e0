import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildRooms } from '../../../../../src/main/build-rooms.ts';
import { certificateRow } from '../../../../../src/main/services/authorities/build-authority.ts';
import { buildHandlers } from '../../../../../src/main/services/build-handlers.ts';
import { systemContext } from '../../../../../src/main/services/context.ts';
import type { Handlers } from '../../../../../src/main/services/handlers.ts';
import type { Rooms } from '../../../../../src/main/services/rooms.ts';
import { openStore } from '../../../../../src/main/store/index.ts';
import { issuedNow } from '../../../../support/issued-now.ts';

const home = mkdtempSync(join(tmpdir(), 'chancery-issued-row-'));
let rooms: Rooms;
let handlers: Handlers;

beforeAll(async () => {
  rooms = buildRooms({ home }, await openStore(home));
  handlers = buildHandlers(rooms, async () => undefined);
  await handlers['vault.initialise']({ vault: 'file' }, systemContext);
  await handlers['system.quickstart']({}, systemContext);
});

afterAll(async () => {
  await rooms.store.close();
  rmSync(home, { recursive: true });
});

type Fields = Parameters<Handlers['certificates.issue']>[0];

describe('the row of an issued certificate', () => {
  it.each<[string, Fields]>([
    ['a host', { profile: 'tls-server', subject: { commonName: 'A.example', country: 'DE' } }],
    [
      'names that have several spellings',
      {
        profile: 'tls-server',
        subject: { commonName: 'Zoë, "the" #1', organization: ' spaced ' },
        subjectAltNames: [
          { type: 'dns', value: 'BÜCHER.example' },
          { type: 'ip', value: '2001:DB8:0:0:1:0:0:1' },
          { type: 'ip', value: '::ffff:192.0.2.1' },
        ],
      },
    ],
    [
      'no subject',
      {
        profile: 'user',
        keyAlgorithm: 'rsa-2048',
        subjectAltNames: [
          { type: 'email', value: 'Zoe@EXAMPLE.com' },
          { type: 'upn', value: 'zoe@Example.com' },
        ],
      },
    ],
    [
      'a client with a URI',
      {
        profile: 'tls-client',
        keyAlgorithm: 'ed25519',
        subject: { commonName: 'job' },
        subjectAltNames: [{ type: 'uri', value: 'spiffe://Example.org/a%20b' }],
      },
    ],
  ])('says what reading the certificate again says: %s', async (_, fields) => {
    const { id } = issuedNow(
      await handlers['certificates.issue']({ ...fields, realm: 'default' }, systemContext),
    );
    const row = await rooms.store.certificates.find(id);
    const der = (await rooms.store.certificates.der(id)) ?? new Uint8Array();
    const { realmId, authorityId, requestedBy } = row ?? { realmId: '', authorityId: '', requestedBy: '' };
    const read = certificateRow(der, { realmId, authorityId, requestedBy, now: rooms.clock() });
    const { serialNumber, commonName, subject, subjectAltNames, issuer, keyAlgorithm, notBefore, notAfter } =
      read;
    expect(row).toMatchObject({
      serialNumber,
      commonName,
      subject,
      subjectAltNames,
      issuer,
      keyAlgorithm,
      notBefore,
      notAfter,
    });
  });

  it('is found by its fingerprint, its serial number and any of its names', async () => {
    const answer = await handlers['certificates.issue'](
      {
        profile: 'tls-server',
        realm: 'default',
        subject: { commonName: 'findme.example' },
        subjectAltNames: [{ type: 'dns', value: 'other-name.example' }],
      },
      systemContext,
    );
    const { id, serialNumber } = issuedNow(answer);
    const { sha256Fingerprint } = await handlers['certificates.show']({ id }, systemContext);
    for (const search of ['findme', 'other-name', serialNumber, sha256Fingerprint.slice(10, 40)]) {
      const { items } = await handlers['certificates.list'](
        { search, sort: '-createdAt', limit: 10 } as never,
        systemContext,
      );
      expect(items.map((item) => item.id)).toEqual([id]);
    }
  });
});
