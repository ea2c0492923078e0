/** The settings: each is declared once, with what it is at first and what it may be. */

import { DurationText } from './policy.ts';

export const settingDefaults = {
  /** What becomes of a device whose certificate nobody knows. */
  'devices.unknownCertificates': 'refuse',
  /** Slug of the realm that `Keyfactor` in a token endpoint's path stands for. */
  'keyfactor.realm': 'default',
  /** Whether calls of the Keyfactor API must have the header x-keyfactor-requested-with. */
  'keyfactor.requestedWith': 'required',
  /** Port of the window's own HTTPS listener on the loopback address, or `off`; read at start. */
  'desktop.listenerPort': 'off',
  /** How long an access token is good for, in seconds. */
  'tokens.lifetimeSeconds': '300',
  /** Path of a list of weak RSA keys in the format of Debian's openssl-blacklist, or `off`. */
  'lint.weakKeysFile': 'off',
  /** How long a request waits for people before it ends by itself. */
  'requests.lifetime': '30d',
} as const;

export type SettingKey = keyof typeof settingDefaults;
export const settingKeys = Object.keys(settingDefaults) as [SettingKey, ...SettingKey[]];

/** Settings whose value is one of a few words. */
export const settingChoices: Partial<Record<SettingKey, readonly string[]>> = {
  'devices.unknownCertificates': ['refuse', 'hold'],
  'keyfactor.requestedWith': ['required', 'optional'],
};

/** What is wrong with a value as the end of a sentence that begins with the setting, or undefined. */
export function settingProblem(key: SettingKey, value: string): string | undefined {
  const choices = settingChoices[key];
  if (choices && !choices.includes(value)) return `is one of ${choices.join(', ')}`;
  switch (key) {
    case 'tokens.lifetimeSeconds':
      return isNumber(value, 1, 86_400) ? undefined : 'is a number from 1 to 86400';
    case 'desktop.listenerPort':
      return value === 'off' || isNumber(value, 1024, 65_535)
        ? undefined
        : 'is off, or a port from 1024 to 65535';
    case 'lint.weakKeysFile':
      return value === 'off' || /^(?:\/|[A-Za-z]:[\\/])/.test(value)
        ? undefined
        : 'is off, or the full path of a file';
    case 'requests.lifetime':
      return DurationText.safeParse(value).success ? undefined : 'is a duration such as 30d or P1M';
    default:
      return undefined;
  }
}

function isNumber(text: string, from: number, to: number): boolean {
  return /^[0-9]{1,5}$/.test(text) && Number(text) >= from && Number(text) <= to;
}
