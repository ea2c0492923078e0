/** What may be issued below an authority. */
import { Card, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Authority } from '../../../shared/operations/authorities.ts';
import { NameSpaceText } from '../../components/name-space-text.tsx';

export function NameSpace({ nameSpace }: Pick<Authority, 'nameSpace'>) {
  const { t } = useTranslation();
  return (
    <Card>
      <Title order={2}>{t('lifecycle.nameSpace')}</Title>
      <Text size="xs" c="dimmed" mb="sm">
        {t('lifecycle.nameSpaceText')}
      </Text>
      <NameSpaceText nameSpace={nameSpace} />
    </Card>
  );
}
