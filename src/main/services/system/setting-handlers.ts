import { ChanceryError } from '../../../shared/errors.ts';
import {
  type SettingKey,
  settingDefaults,
  settingKeys,
  settingProblem,
} from '../../../shared/model/settings.ts';
import { reaches } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';

/** The value of a setting, or what it is at first. */
export async function settingOf(rooms: Pick<Rooms, 'store'>, key: SettingKey): Promise<string> {
  return (await rooms.store.installation.settings()).get(key) ?? settingDefaults[key];
}

export const settingHandlers = (rooms: Rooms) =>
  handlersFor('settings')({
    'settings.list': async (_input, { principal }) => {
      const values = await rooms.store.installation.settings();
      const realms = await rooms.realms.all();
      // A setting that names a realm is not for those who do not see it.
      const isSeen = (key: SettingKey) => {
        const named = key === 'keyfactor.realm' && realms.find(({ slug }) => slug === values.get(key));
        return !named || reaches(principal, named.id);
      };
      return {
        items: settingKeys.filter(isSeen).map((key) => ({
          key,
          value: values.get(key) ?? settingDefaults[key],
          isDefault: !values.has(key),
        })),
      };
    },

    'settings.set': async ({ key, value }, context) => {
      const problem = settingProblem(key, value);
      if (problem !== undefined) {
        throw new ChanceryError({
          code: 'INVALID_INPUT',
          detail: `The setting ${key} ${problem}.`,
          violations: [{ path: ['value'], rule: 'setting.value', message: problem }],
        });
      }
      if (key === 'keyfactor.realm') await rooms.realms.require(context.principal, value);
      const change = {
        statements: [rooms.store.installation.setSetting(key, value)],
        event: { type: 'setting.changed', subject: { kind: 'setting', id: key }, detail: { value } },
      };
      return finish(rooms, context, change, { key, value, isDefault: false });
    },
  });
