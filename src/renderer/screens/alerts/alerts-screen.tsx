/** What needs a person, each told once and gone when its cause is; and where it is told outside. */
import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/permissions.ts';
import { Page } from '../../components/page.tsx';
import { AlertList } from './alert-list.tsx';
import { DestinationList } from './destination-list.tsx';

const route = getRouteApi('/alerts');

export function AlertsScreen() {
  const { t } = useTranslation();
  const mayConfigure = useMay()('alerts.configure');
  const navigate = route.useNavigate();
  const { tab = 'alerts' } = route.useSearch();
  const isDestinations = mayConfigure && tab === 'destinations';
  return (
    <Page
      fill={isDestinations}
      title={t('screen.alerts')}
      description={t(isDestinations ? 'destinations.text' : 'alerts.text')}
    >
      {mayConfigure ? (
        <Tabs
          value={tab}
          keepMounted={false}
          mb="md"
          onChange={(next) =>
            void navigate({ search: next === 'destinations' ? { tab: next } : {}, replace: true })
          }
        >
          <Tabs.List>
            <Tabs.Tab value="alerts">{t('destinations.tabs.alerts')}</Tabs.Tab>
            <Tabs.Tab value="destinations">{t('destinations.tabs.destinations')}</Tabs.Tab>
          </Tabs.List>
        </Tabs>
      ) : null}
      {isDestinations ? <DestinationList /> : <AlertList />}
    </Page>
  );
}
