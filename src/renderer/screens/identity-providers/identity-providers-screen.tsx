/** Who vouches from outside: providers with their rules, and Keycloak. */
import { Button, Stack } from '@mantine/core';
import { IconPlus, IconWorldShare } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/permissions.ts';
import { useOperation } from '../../client/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { BackLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { KeycloakCard } from './keycloak-card.tsx';
import { ProviderCard } from './provider-card.tsx';
import { ProviderDialog } from './provider-dialog.tsx';

export function IdentityProvidersScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const [isMaking, setMaking] = useState(false);
  const list = useOperation('identity-providers.list', { limit: 100 });
  const items = list.data?.items;
  const isEmpty = items?.length === 0;
  const create = may('identity-providers.write') ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
      {t('outside.new')}
    </Button>
  ) : undefined;
  return (
    <Page
      title={t('outside.link')}
      above={<BackLink to="/settings">{t('screen.settings')}</BackLink>}
      description={t('outside.text')}
      actions={isEmpty ? undefined : create}
    >
      <Stack gap="md" maw={960}>
        <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
        {isEmpty ? (
          <EmptyState icon={IconWorldShare} title={t('outside.empty')} actions={create}>
            {t('outside.emptyText')}
          </EmptyState>
        ) : null}
        {items?.map((provider) => (
          <ProviderCard key={provider.id} provider={provider} />
        ))}
        <KeycloakCard />
      </Stack>
      {isMaking ? <ProviderDialog provider={null} onClose={() => setMaking(false)} /> : null}
    </Page>
  );
}
