/** Alternative names, each with its kind. */
import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SubjectAltName } from '../../shared/model/names.ts';
import { Badge } from './badge.tsx';

export function AltNames({ names }: { readonly names: readonly SubjectAltName[] }) {
  const { t } = useTranslation();
  if (names.length === 0) return '–';
  return (
    <Group gap={6}>
      {names.map(({ type, value }) => (
        <Badge key={`${type} ${value}`} tone="quiet" wraps>
          <span>
            <span style={{ fontWeight: 400 }}>{t(`san.${type}`)}</span> <span className="mono">{value}</span>
          </span>
        </Badge>
      ))}
    </Group>
  );
}
