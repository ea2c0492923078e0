/** Step 3: a working set at once, an authority that exists already, or nothing yet. */
import { Button, Group, List, Radio, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { ImportAuthorityForm } from '../authorities/import-authority-form.tsx';
import styles from './entry.module.css';

const ways = ['quickstart', 'import', 'empty'] as const;
type Way = (typeof ways)[number];
/** What is created or imported belongs to a realm, so that no way of starting goes without one. */
const firstRealm = { slug: 'default', name: 'Default' };

export function StartWith({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const [way, setWay] = useState<Way>('quickstart');
  const [isImporting, setImporting] = useState(false);
  const quickstart = useAction('system.quickstart', ['system.overview']);
  const makeRealm = useAction('realms.create', ['realms.list']);
  const goOn = (): void => {
    if (way === 'quickstart') {
      quickstart.mutate({}, { onSuccess: onDone });
      return;
    }
    const next = way === 'empty' ? onDone : () => setImporting(true);
    makeRealm.mutate(firstRealm, {
      onSuccess: next,
      onError: ({ code }) => {
        // It is there already when one comes back from the import.
        if (code !== 'ALREADY_EXISTS') return;
        makeRealm.reset();
        next();
      },
    });
  };
  if (isImporting) {
    return (
      <Stack>
        <div>
          <Title order={1} size="h1">
            {t('authorities.import')}
          </Title>
          <Text size="md" c="dimmed" mt={4}>
            {t('authorities.importText')}
          </Text>
        </div>
        <ImportAuthorityForm
          onDone={onDone}
          onCancel={() => setImporting(false)}
          cancelLabel={t('action.back')}
        />
      </Stack>
    );
  }
  return (
    <Stack>
      <div>
        <Title order={1} size="h1">
          {t('firstRun.start.title')}
        </Title>
        <Text size="md" c="dimmed" mt={4}>
          {t('firstRun.start.text')}
        </Text>
      </div>
      <ProblemNotice error={quickstart.error ?? makeRealm.error} />
      <Radio.Group
        value={way}
        onChange={(value) => setWay(value as Way)}
        aria-label={t('firstRun.start.title')}
      >
        <Stack gap="xs">
          {ways.map((one) => (
            <Radio.Card key={one} value={one} className={styles.choice} aria-labelledby={`start-${one}`}>
              <Radio.Indicator mt={2} />
              <div>
                <Group gap={8}>
                  <Text fw={570} size="md" id={`start-${one}`}>
                    {t(`firstRun.start.${one}`)}
                  </Text>
                  {one === 'quickstart' ? <Badge tone="good">{t('firstRun.vault.recommended')}</Badge> : null}
                </Group>
                <Text size="sm" c="dimmed" mt={2}>
                  {t(`firstRun.start.${one}Text`)}
                </Text>
                {one === 'quickstart' ? (
                  <List size="sm" c="dimmed" mt={6}>
                    <List.Item>{t('firstRun.start.makesRealm')}</List.Item>
                    <List.Item>{t('firstRun.start.makesAuthorities')}</List.Item>
                    <List.Item>{t('firstRun.start.makesProfiles')}</List.Item>
                  </List>
                ) : null}
              </div>
            </Radio.Card>
          ))}
        </Stack>
      </Radio.Group>
      <Button onClick={goOn} loading={quickstart.isPending || makeRealm.isPending}>
        {t(`firstRun.start.${way}Action`)}
      </Button>
    </Stack>
  );
}
