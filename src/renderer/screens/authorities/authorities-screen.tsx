/** The authorities as a tree, from the roots to what issues. */
import { Button, Skeleton } from '@mantine/core';
import { IconFileImport, IconPlus, IconSitemap } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/permissions.ts';
import { useOperation } from '../../client/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { QuickstartButton } from '../../components/quickstart-button.tsx';
import styles from './authorities.module.css';
import { AuthorityCard } from './authority-card.tsx';
import { type AuthorityNode, authorityTree } from './authority-tree.ts';
import { AwaitingAuthorities } from './awaiting-authorities.tsx';
import { CreateAuthorityDialog } from './create-authority-dialog.tsx';
import { ImportAuthorityDialog } from './import-authority-dialog.tsx';

function Branch({ nodes }: { readonly nodes: readonly AuthorityNode[] }) {
  return nodes.map(({ authority, children }) => (
    <li key={authority.id}>
      <AuthorityCard authority={authority} />
      {children.length === 0 ? null : (
        <ul>
          <Branch nodes={children} />
        </ul>
      )}
    </li>
  ));
}

export function AuthoritiesScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const { data, error, refetch } = useOperation('authorities.list', { limit: 500 });
  const [dialog, setDialog] = useState<'create' | 'import' | null>(null);
  const mayCreate = may('authorities.create');
  const actions = mayCreate ? (
    <>
      <Button
        variant="default"
        leftSection={<IconFileImport size={16} />}
        onClick={() => setDialog('import')}
      >
        {t('authorities.importAction')}
      </Button>
      <Button leftSection={<IconPlus size={16} />} onClick={() => setDialog('create')}>
        {t('authorities.create')}
      </Button>
    </>
  ) : undefined;
  return (
    <Page title={t('screen.authorities')} description={t('authorities.text')} actions={actions}>
      <ProblemNotice error={data === undefined ? error : null} onRetry={() => void refetch()} />
      {data === undefined && error === null ? <Skeleton height={260} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState icon={IconSitemap} title={t('authorities.empty')} actions={<QuickstartButton />}>
          {t('authorities.emptyText')}
        </EmptyState>
      ) : null}
      {data === undefined || data.items.length === 0 ? null : (
        <ul className={styles.tree} aria-label={t('screen.authorities')}>
          <Branch nodes={authorityTree(data.items)} />
        </ul>
      )}
      <AwaitingAuthorities />
      {dialog === 'create' ? (
        <CreateAuthorityDialog authorities={data?.items ?? []} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === 'import' ? <ImportAuthorityDialog onClose={() => setDialog(null)} /> : null}
    </Page>
  );
}
