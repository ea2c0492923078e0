/** Settings: how this window looks, the state of the vault, the installation's settings, what this is. */
import {
  Card,
  Group,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  Title,
  useMantineColorScheme,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, languages, setLanguage } from '../../app/i18n.ts';
import { useMay } from '../../app/permissions.ts';
import { useOperation } from '../../client/queries.ts';
import { FieldList } from '../../components/field-list.tsx';
import { AnchorLink } from '../../components/links.tsx';
import { LogoMark } from '../../components/logo.tsx';
import { Page } from '../../components/page.tsx';
import { InstallationSettings } from './installation-settings.tsx';
import { VaultCard } from './vault-card.tsx';

const schemes = ['light', 'dark', 'auto'] as const;

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Group justify="space-between" mt="sm">
      <Text size="sm">{label}</Text>
      {children}
    </Group>
  );
}

export function SettingsScreen() {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const health = useOperation('system.health', {});
  return (
    <Page title={t('screen.settings')}>
      <Stack gap="md" maw={960}>
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" verticalSpacing="md">
          <Card>
            <Title order={2}>{t('settings.window')}</Title>
            <Row label={t('settings.language')}>
              <SegmentedControl
                aria-label={t('settings.language')}
                value={i18n.language}
                onChange={(value) => setLanguage(value as Language)}
                data={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
              />
            </Row>
            <Row label={t('settings.appearance')}>
              <SegmentedControl
                aria-label={t('settings.appearance')}
                value={colorScheme}
                onChange={(value) => setColorScheme(value as (typeof schemes)[number])}
                data={schemes.map((value) => ({ value, label: t(`settings.scheme.${value}`) }))}
              />
            </Row>
          </Card>
          <VaultCard />
        </SimpleGrid>
        {may('identity-providers.read') ? (
          <Card>
            <Title order={2}>{t('outside.link')}</Title>
            <Text size="sm" c="dimmed" mt={4} mb="sm">
              {t('outside.linkText')}
            </Text>
            <AnchorLink to="/settings/identity-providers">{t('outside.link')}</AnchorLink>
          </Card>
        ) : null}
        {may('settings.read') ? <InstallationSettings /> : null}
        <Card>
          <Group gap="md" wrap="nowrap" align="flex-start">
            <LogoMark size={40} />
            <div style={{ flex: 1 }}>
              <Title order={2}>Chancery</Title>
              <Text size="sm" c="dimmed">
                {t('settings.about')}
              </Text>
              <FieldList
                fields={[
                  { label: t('settings.version'), value: health.data?.version ?? '–', mono: true },
                  { label: t('settings.license'), value: 'Apache-2.0' },
                  {
                    label: t('settings.reference'),
                    value: (
                      <a href="/reference" style={{ color: 'var(--ch-accent)' }}>
                        /reference
                      </a>
                    ),
                  },
                ]}
              />
            </div>
          </Group>
        </Card>
      </Stack>
    </Page>
  );
}
