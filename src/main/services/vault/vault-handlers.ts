import { ChanceryError } from '../../../shared/errors.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { VaultStatus } from '../../../shared/operations/vault.ts';
import { newId } from '../../crypto/index.ts';
import type { Context } from '../context.ts';
import { auditEvent } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import { systemRealmSlug } from '../realms/realm-directory.ts';
import type { Rooms } from '../rooms.ts';

async function status(rooms: Rooms): Promise<VaultStatus> {
  const { state, method } = await rooms.vault.status();
  const keychainAvailable = state === 'uninitialised' ? await keychainWorks(rooms) : method === 'keychain';
  return { state, method, keychainAvailable };
}

/** Asks for an entry that is not there: a keychain that works says so, one that does not throws. */
async function keychainWorks(rooms: Rooms): Promise<boolean> {
  return rooms.keychain.get('probe').then(
    () => true,
    () => false,
  );
}

async function initialise(
  rooms: Rooms,
  { vault: method, passphrase }: ParsedInput<'vault.initialise'>,
  context: Context,
) {
  const { store, vault, clock } = rooms;
  if ((await vault.status()).state !== 'uninitialised') {
    throw new ChanceryError({ code: 'ALREADY_EXISTS', detail: 'This data folder has a vault already.' });
  }
  const prepared = await vault.prepare(method, passphrase);
  let stored = false;
  try {
    const now = clock();
    const realm = {
      id: newId(now),
      slug: systemRealmSlug,
      name: 'SYSTEM',
      builtIn: 1,

      createdAt: now.getTime(),
    };
    prepared.activate();
    const adopted = await rooms.listener.adoptDraft(realm.id);
    const duplicate = { code: 'ALREADY_EXISTS', detail: 'This data folder has a vault already.' } as const;
    await store.commit({
      statements: [
        ...prepared.wrappings.map((wrapping) => store.installation.insertWrapping(wrapping, duplicate)),
        store.installation.insertRealm(realm, duplicate),
        ...adopted.statements,
      ],
      events: [
        auditEvent(rooms, context, { type: 'vault.initialised', realm: realm.id, detail: { method } }),
      ],
    });
    stored = true;
    rooms.realms.refresh();
    rooms.authorities.refresh();
    await rooms.crls.publish(adopted.authorityId, context);
    return {
      status: await status(rooms),
      ...(prepared.recoveryKey !== undefined && { recoveryKey: prepared.recoveryKey }),
    };
  } catch (error) {
    if (!stored) await prepared.discard();
    throw error;
  }
}

/** `onOpen` is told after the vault was made or opened. */
export const vaultHandlers = (rooms: Rooms, onOpen: () => Promise<void>) =>
  handlersFor('vault')({
    'vault.show': () => status(rooms),

    'vault.initialise': async (input, context) => {
      const created = await initialise(rooms, input, context);
      await onOpen();
      return created;
    },

    'vault.confirm-recovery': async ({ recoveryKey }, context) => {
      await rooms.limiter.attempt('recovery', context.door.address, () =>
        rooms.vault.unlock({ recoveryKey }),
      );
      const event = auditEvent(rooms, context, { type: 'vault.recovery-confirmed' });
      await rooms.store.commit({ statements: [], events: [event] });
      return {};
    },

    'vault.unlock': async (input, context) => {
      const wasOpen = rooms.vault.isOpen;
      await rooms.limiter.attempt('vault', context.door.address, () => rooms.vault.unlock(input));
      if (!wasOpen) {
        const event = auditEvent(rooms, context, { type: 'vault.unlocked' });
        await rooms.store.commit({ statements: [], events: [event] });
        await onOpen();
      }
      return status(rooms);
    },

    'vault.lock': async (_input, context) => {
      await rooms.store.commit({
        statements: [],
        events: [auditEvent(rooms, context, { type: 'vault.locked' })],
      });
      rooms.vault.lock();
      return status(rooms);
    },
  });
