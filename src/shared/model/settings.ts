/** The settings: each is declared once, with what it is at first and what it may be. */

export const settingDefaults = {
  /** What becomes of a device whose certificate nobody knows. */
  'devices.unknownCertificates': 'refuse',
  /** Slug of the realm that `Keyfactor` in a token endpoint's path stands for. */
  'keyfactor.realm': 'default',
  /** How long an access token is good for, in seconds. */
  'tokens.lifetimeSeconds': '300',
} as const;

export type SettingKey = keyof typeof settingDefaults;
export const settingKeys = Object.keys(settingDefaults) as [SettingKey, ...SettingKey[]];

/** What is wrong with a value as the end of a sentence that begins with the setting, or undefined. */
export const settingChecks: Record<SettingKey, (value: string) => string | undefined> = {
  'devices.unknownCertificates': (value) =>
    ['refuse', 'hold'].includes(value) ? undefined : 'is refuse or hold',
  'keyfactor.realm': () => undefined,
  'tokens.lifetimeSeconds': (value) =>
    /^[0-9]{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 86_400
      ? undefined
      : 'is a number from 1 to 86400',
};
