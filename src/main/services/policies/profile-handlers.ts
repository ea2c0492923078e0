import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';
import { createProfile } from './create-profile.ts';
import { profilePresenter } from './present-profile.ts';
import { requireProfile } from './profile-in-use.ts';
import { updateProfile } from './update-profile.ts';

export const profileHandlers = (rooms: Rooms) =>
  handlersFor('profiles')({
    'profiles.list': async (input, { principal }) => {
      const realmIds = await rooms.realms.scope(principal, input.realm);
      const present = await profilePresenter(rooms);
      const found = (await rooms.profiles.all(realmIds)).map(({ row }) => present(row));
      return sliceToPage(found, input, (profile) => [profile.slug, profile.name]);
    },

    'profiles.show': async (input, context) => {
      const { row } = await requireProfile(rooms, context, input.id, input.realm);
      return (await profilePresenter(rooms))(row);
    },

    'profiles.create': (input, context) => createProfile(rooms, input, context),
    'profiles.update': (input, context) => updateProfile(rooms, input, context),

    'profiles.delete': async (input, context) => {
      const { row, realm } = await requireProfile(rooms, context, input.id, input.realm);
      const statement = rooms.store.policies.deleteProfile(row.id, {
        code: 'CONFLICT',
        detail: `The profile ${row.slug} is in use: certificates were issued under it, or it is a client's default.`,
        hint: 'Switch it off instead, with profiles update.',
      });
      const event = {
        type: 'profile.deleted',
        realm: realm.id,
        subject: { kind: 'profile', id: row.id, name: row.slug },
      };
      return finish(rooms, context, { statements: [statement], event }, {}).finally(() =>
        rooms.profiles.refresh(),
      );
    },
  });
