/** The profiles: a policy, an issuer and defaults under one name. */
import { Button, Text } from '@mantine/core';
import { IconClipboardList } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '../../../shared/operations/profiles.ts';
import { useMay } from '../../app/permissions.ts';
import { useOperationPages } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { AnchorLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { QuickstartButton } from '../../components/quickstart-button.tsx';
import { column } from '../../components/table-columns.ts';
import { ProfileActions } from './profile-actions.tsx';
import { ProfileEditor } from './profile-editor.tsx';

export function ProfilesScreen() {
  const { t } = useTranslation();
  const mayWrite = useMay()('profiles.write');
  const [isMaking, setMaking] = useState(false);
  const list = useOperationPages('profiles.list', { limit: 100 });
  const columns = useMemo(
    () => [
      column<Profile>({
        id: 'name',
        header: t('field.name'),
        cell: (row) => (
          <>
            <Text span inherit fw={570}>
              {row.name}
            </Text>{' '}
            <Text span size="xs" c="dimmed" className="mono" ml={6}>
              {row.slug}
            </Text>{' '}
            {row.enabled ? null : <Badge tone="warn">{t('ruling.disabled')}</Badge>}
          </>
        ),
      }),
      column<Profile>({
        id: 'policy',
        header: t('field.policy'),
        sizePx: 160,
        cell: (row) => (
          <AnchorLink to="/policies" search={{ policy: row.policy }} inherit>
            {row.policy}
          </AnchorLink>
        ),
      }),
      column<Profile>({
        id: 'issuer',
        header: t('field.issuer'),
        sizePx: 140,
        cell: (row) =>
          row.issuer === null ? (
            <Badge tone="quiet">{t('field.selfSigned')}</Badge>
          ) : (
            <AnchorLink to="/authorities/$slug" params={{ slug: row.issuer }} inherit>
              {row.issuer}
            </AnchorLink>
          ),
      }),
      column<Profile>({
        id: 'validity',
        header: t('field.defaultValidity'),
        sizePx: 130,
        cell: (row) => <span className="mono">{row.defaultValidity}</span>,
      }),
      column<Profile>({
        id: 'key',
        header: t('field.keyAlgorithm'),
        sizePx: 140,
        cell: (row) => t(`algorithm.${row.defaultKeyAlgorithm}`),
      }),
      column<Profile>({ id: 'realm', header: t('field.realm'), sizePx: 110, cell: (row) => row.realm }),
      ...(mayWrite
        ? [
            column<Profile>({
              id: 'actions',
              header: '',
              sizePx: 90,
              cell: (row) => <ProfileActions profile={row} />,
            }),
          ]
        : []),
    ],
    [t, mayWrite],
  );
  const isEmpty = !list.isLoading && list.error === null && list.total === 0;
  return (
    <Page
      fill
      title={t('screen.profiles')}
      description={t('profiles.text')}
      actions={mayWrite && <Button onClick={() => setMaking(true)}>{t('ruling.newProfile')}</Button>}
    >
      {isMaking && <ProfileEditor profile={undefined} onClose={() => setMaking(false)} />}
      <ProblemNotice error={list.error} onRetry={() => void list.retry()} />
      {isEmpty ? (
        <EmptyState icon={IconClipboardList} title={t('profiles.empty')} actions={<QuickstartButton />}>
          {t('profiles.emptyText')}
        </EmptyState>
      ) : (
        <DataTable
          label={t('screen.profiles')}
          columns={columns}
          rows={list.items}
          rowId={(row) => row.id}
          minWidthPx={840}
          {...list}
        />
      )}
    </Page>
  );
}
