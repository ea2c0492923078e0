/** The command palette: every screen and the actions that people reach for, behind mod+K. */
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconCertificate, IconKey, IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { openDialog } from './global-dialog.ts';
import { navigation } from './navigation.ts';
import { useMay } from './permissions.ts';

export function CommandPalette() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const actions: SpotlightActionGroupData[] = [
    {
      group: t('palette.actions'),
      actions: [
        {
          id: 'issue',
          label: t('certificates.issue'),
          leftSection: <IconCertificate size={18} stroke={1.7} />,
          onClick: () => openDialog('issue-certificate'),
          disabled: !may('certificates.issue'),
        },
        {
          id: 'new-client',
          label: t('clients.new'),
          leftSection: <IconKey size={18} stroke={1.7} />,
          onClick: () => openDialog('new-client'),
          disabled: !may('clients.create'),
        },
        {
          id: 'scheme',
          label: scheme === 'dark' ? t('palette.light') : t('palette.dark'),
          keywords: ['theme', 'light', 'dark'],
          leftSection:
            scheme === 'dark' ? <IconSun size={18} stroke={1.7} /> : <IconMoon size={18} stroke={1.7} />,
          onClick: () => setColorScheme(scheme === 'dark' ? 'light' : 'dark'),
        },
      ].filter((one) => one.disabled !== true),
    },
    {
      group: t('palette.screens'),
      actions: navigation
        .flatMap(({ destinations }) => destinations)
        .filter(({ permission }) => permission === null || may(permission))
        .map(({ to, name, icon: Mark }) => ({
          id: name,
          label: t(`screen.${name}`),
          leftSection: <Mark size={18} stroke={1.7} />,
          onClick: () => void navigate({ to }),
        })),
    },
  ];
  return (
    <Spotlight
      actions={actions}
      attributes={{ content: { 'aria-label': t('palette.open') } }}
      shortcut={['mod + K']}
      nothingFound={t('palette.nothing')}
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
      }}
    />
  );
}
