/** Paste or drop anything: what it is, what is in it, which rules it breaks, whether its chain is valid. */
import { Button, Card, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Page } from '../../components/page.tsx';
import { PemField } from '../../components/pem-field.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { CompareView } from './compare-view.tsx';
import { InspectedItemView } from './inspected-item-view.tsx';
import { VerdictView } from './verdict-view.tsx';

export function InspectScreen() {
  const { t } = useTranslation();
  const [content, setContent] = useState('');
  const inspect = useAction('inspect.file');
  const verify = useAction('inspect.verify');
  const change = (text: string): void => {
    setContent(text);
    inspect.reset();
    verify.reset();
  };
  const look = (): void => {
    inspect.mutate(
      { content },
      {
        onSuccess: ({ items }) => {
          if (items.some(({ kind }) => kind === 'certificate')) verify.mutate({ content });
        },
      },
    );
  };
  const found = inspect.data;
  return (
    <Page title={t('screen.inspect')} description={t('inspect.text')}>
      <Stack gap="lg">
        <PemField
          label={t('inspect.content')}
          value={content}
          onChange={change}
          derLabel="FILE"
          accept=""
          rows={6}
        />
        <Group>
          <Button onClick={look} loading={inspect.isPending} disabled={content.trim() === ''}>
            {t('inspect.look')}
          </Button>
          {found === undefined ? null : (
            <Badge tone={found.kind === 'unknown' ? 'warn' : 'info'}>
              {found.kind === 'unknown' ? t('inspect.unknown') : `${found.kind} (${found.encoding})`}
            </Badge>
          )}
        </Group>
        <ProblemNotice error={inspect.error ?? verify.error} />
        {found?.problem === undefined ? null : <p>{found.problem}</p>}
        {found?.items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the items of a file have no other name, and never move.
          <InspectedItemView key={`${found.kind} ${index}`} item={item} content={content} index={index} />
        ))}
        {verify.data === undefined ? null : (
          <Card>
            <VerdictView verdict={verify.data} />
          </Card>
        )}
        {found?.items.some(({ kind }) => kind === 'certificate') ? <CompareView first={content} /> : null}
      </Stack>
    </Page>
  );
}
