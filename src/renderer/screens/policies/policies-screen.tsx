/** The policies and what each one says; and what can be done with it. */
import { Button, Skeleton, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/permissions.ts';
import { useOperation } from '../../client/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { QuickstartButton } from '../../components/quickstart-button.tsx';
import styles from './policies.module.css';
import { PolicyEditor } from './policy-editor.tsx';
import { PolicyView } from './policy-view.tsx';

const route = getRouteApi('/policies');

export function PoliciesScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const [isMaking, setMaking] = useState(false);
  const { policy: chosen } = route.useSearch();
  const { data, error, refetch } = useOperation('policies.list', { limit: 500 });
  const shown = data?.items.find(({ slug }) => slug === chosen) ?? data?.items[0];
  return (
    <Page
      title={t('screen.policies')}
      description={t('policies.text')}
      actions={
        may('policies.write') && <Button onClick={() => setMaking(true)}>{t('ruling.newPolicy')}</Button>
      }
    >
      {isMaking && <PolicyEditor policy={shown} isNew onClose={() => setMaking(false)} />}
      <ProblemNotice error={data === undefined ? error : null} onRetry={() => void refetch()} />
      {data === undefined && error === null ? <Skeleton height={320} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState icon={IconShieldCheck} title={t('policies.empty')} actions={<QuickstartButton />}>
          {t('policies.emptyText')}
        </EmptyState>
      ) : null}
      {data === undefined || shown === undefined ? null : (
        <div className={styles.panes}>
          <nav aria-label={t('screen.policies')}>
            <ul className={styles.list}>
              {data.items.map(({ id, slug, name, realm }) => (
                <li key={id}>
                  <Link
                    to="/policies"
                    search={{ policy: slug }}
                    replace
                    className={styles.item}
                    aria-current={slug === shown.slug ? 'true' : undefined}
                    activeProps={{}}
                  >
                    <Text fw={570} size="sm">
                      {name}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {slug} · {realm}
                    </Text>
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <PolicyView key={shown.id} policy={shown} />
        </div>
      )}
    </Page>
  );
}
