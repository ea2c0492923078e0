/** Which role, and in which realms: asked in the same way wherever a role is given. */
import { MultiSelect, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOperation } from '../../client/queries.ts';
import { roleName } from '../../components/role-name.ts';

export interface GrantValues {
  readonly role: string | null;
  readonly realms: readonly string[];
}

interface GrantFieldsProps {
  readonly value: GrantValues;
  readonly onChange: (value: GrantValues) => void;
  readonly errors: Readonly<Record<string, string>> | undefined;
  /** Only administrators can be the first. */
  readonly onlyAdministrator?: boolean;
}

export function GrantFields({ value, onChange, errors, onlyAdministrator = false }: GrantFieldsProps) {
  const { t } = useTranslation();
  const roles = useOperation('roles.list', { limit: 500 });
  const realms = useOperation('realms.list', { limit: 500 });
  const offered = (roles.data?.items ?? []).filter(
    ({ slug }) => slug !== 'api-client' && (!onlyAdministrator || slug === 'administrator'),
  );
  const open = (realms.data?.items ?? []).filter(({ builtIn, archived }) => !builtIn && !archived);
  return (
    <>
      <Select
        label={t('operators.role')}
        required
        allowDeselect={false}
        data={offered.map(({ slug }) => ({ value: slug, label: roleName(t, slug) }))}
        value={value.role}
        onChange={(role) => onChange({ role, realms: role === 'administrator' ? [] : value.realms })}
        error={errors?.role}
      />
      {value.role === null || value.role === 'administrator' ? null : (
        <MultiSelect
          label={t('field.realms')}
          description={t('operators.realmsText')}
          data={open.map(({ slug, name }) => ({ value: slug, label: name }))}
          value={[...value.realms]}
          onChange={(chosen) => onChange({ ...value, realms: chosen })}
          error={errors?.realms}
        />
      )}
    </>
  );
}

/** As the operations take it: no realms are all of them. */
export function grantInput({ role, realms }: GrantValues) {
  return { role: role ?? '', ...(realms.length === 0 ? {} : { realms: [...realms] }) };
}
