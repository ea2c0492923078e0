/** What lives: sessions of people, and tokens of API clients; each can be ended. */
import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/permissions.ts';
import { Page } from '../../components/page.tsx';
import { SessionTable } from './session-table.tsx';
import { TokenTable } from './token-table.tsx';

export function SessionsScreen() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Page title={t('screen.sessions')} description={t('sessions.text')}>
      <Stack gap="lg">
        {may('operators.read') ? <SessionTable /> : null}
        {may('clients.read') ? <TokenTable /> : null}
      </Stack>
    </Page>
  );
}
