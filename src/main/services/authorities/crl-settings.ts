import { type CrlSettings, defaultCrlSettings } from '../../../shared/model/crl-settings.ts';
import type { AuthorityRow } from '../../store/index.ts';

type Settled = Pick<AuthorityRow, 'kind' | 'crlSettings'>;

/** What was set for the authority, over what it has at first. */
export function crlSettingsOf({ kind, crlSettings }: Settled): CrlSettings {
  return {
    ...defaultCrlSettings(kind),
    ...((JSON.parse(crlSettings ?? '{}') ?? {}) as Partial<CrlSettings>),
  };
}
