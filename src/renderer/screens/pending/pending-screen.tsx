/** The inbox: certificates that devices pushed, or that were added by hand, until a person decides. */
import { Button, Skeleton, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconInbox, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PendingCertificate } from '../../../shared/operations/pending.ts';
import { useMay } from '../../app/permissions.ts';
import { useOperationPages } from '../../client/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { AcceptDialog } from './accept-dialog.tsx';
import { AddDialog } from './add-dialog.tsx';
import styles from './pending.module.css';
import { PendingCard } from './pending-card.tsx';
import { RejectDialog } from './reject-dialog.tsx';

type Asked = { readonly what: 'accept' | 'reject'; readonly pending: PendingCertificate };

export function PendingScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useOperationPages('pending.list', { limit: 50 });
  const [isAdding, adding] = useDisclosure(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const mayDecide = may('pending.decide');
  const add = mayDecide ? (
    <Button variant="default" leftSection={<IconPlus size={16} />} onClick={adding.open}>
      {t('pending.add')}
    </Button>
  ) : undefined;
  const isEmpty = !list.isLoading && list.error === null && list.total === 0;
  return (
    <Page title={t('screen.pending')} description={t('pending.text')} actions={isEmpty ? undefined : add}>
      <ProblemNotice error={list.error} onRetry={() => void list.retry()} />
      {list.isLoading && list.error === null ? <Skeleton height={240} /> : null}
      {isEmpty ? (
        <EmptyState icon={IconInbox} title={t('pending.empty')} actions={add}>
          {t('pending.emptyText')}
        </EmptyState>
      ) : (
        <Stack>
          <ul className={styles.list} aria-label={t('screen.pending')}>
            {list.items.map((pending) => (
              <PendingCard
                key={pending.id}
                pending={pending}
                mayDecide={mayDecide}
                onAccept={() => setAsked({ what: 'accept', pending })}
                onReject={() => setAsked({ what: 'reject', pending })}
              />
            ))}
          </ul>
          {list.hasMore ? (
            <Button variant="default" loading={list.isLoadingMore} onClick={() => void list.loadMore()}>
              {t('table.more')}
            </Button>
          ) : null}
        </Stack>
      )}
      {isAdding ? <AddDialog onClose={adding.close} /> : null}
      {asked?.what === 'accept' ? (
        <AcceptDialog pending={asked.pending} onClose={() => setAsked(null)} />
      ) : null}
      {asked?.what === 'reject' ? (
        <RejectDialog pending={asked.pending} onClose={() => setAsked(null)} />
      ) : null}
    </Page>
  );
}
