/** Two certificates side by side: what differs, field by field. */
import { Button, Card, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconEqual, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { PemField } from '../../components/pem-field.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';

export function CompareView({ first }: { readonly first: string }) {
  const { t } = useTranslation();
  const [second, setSecond] = useState('');
  const compare = useAction('inspect.compare');
  const result = compare.data;
  return (
    <Card component="section">
      <Stack gap="md">
        <Title order={2} size="h3">
          {t('viewer.compare')}
        </Title>
        <PemField
          label={t('viewer.compareWith')}
          value={second}
          onChange={(text) => {
            setSecond(text);
            compare.reset();
          }}
          derLabel="FILE"
          accept=""
          rows={3}
        />
        <Group gap="xs">
          <Button
            variant="default"
            disabled={second.trim() === ''}
            loading={compare.isPending}
            onClick={() => compare.mutate({ first, second })}
          >
            {t('viewer.compareAction')}
          </Button>
          {result === undefined ? null : (
            <>
              <Badge tone={result.ok ? 'good' : 'info'} icon={IconEqual}>
                {result.ok ? t('viewer.same') : t('viewer.differences', { count: result.differences.length })}
              </Badge>
              {result.sameKey && !result.ok ? (
                <Badge tone="quiet" icon={IconKey}>
                  {t('viewer.sameKey')}
                </Badge>
              ) : null}
              {result.sharedFactor ? (
                <Badge tone="bad" icon={IconAlertTriangle}>
                  {t('viewer.sharedFactor')}
                </Badge>
              ) : null}
            </>
          )}
        </Group>
        <ProblemNotice error={compare.error} />
        {result === undefined || result.differences.length === 0 ? null : (
          <Table aria-label={t('viewer.compare')} layout="fixed" verticalSpacing={8} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th w="22%">{t('viewer.field')}</Table.Th>
                <Table.Th>{t('viewer.first')}</Table.Th>
                <Table.Th>{t('viewer.second')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {result.differences.map(({ section, name, first: before, second: after }) => (
                <Table.Tr key={`${section} ${name}`}>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    {name}
                    <Text size="xs" c="dimmed">
                      {section}
                    </Text>
                  </Table.Td>
                  <Value text={before} other={after} />
                  <Value text={after} other={before} />
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Stack>
    </Card>
  );
}

/** The text with the part that the other has not marked. */
function Value({ text, other }: { readonly text: string | null; readonly other: string | null }) {
  const { t } = useTranslation();
  if (text === null) {
    return (
      <Table.Td>
        <Text size="sm" c="dimmed">
          {t('viewer.none')}
        </Text>
      </Table.Td>
    );
  }
  const [start, end] = other === null ? [0, text.length] : ownPart(text, other);
  return (
    <Table.Td style={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>
      {text.slice(0, start)}
      <mark style={{ background: 'var(--ch-warn-ground)', color: 'var(--ch-warn)' }}>
        {text.slice(start, end)}
      </mark>
      {text.slice(end)}
    </Table.Td>
  );
}

/** Where the text differs from the other: behind their common beginning, before their common end. */
function ownPart(text: string, other: string): [number, number] {
  let start = 0;
  while (start < text.length && text[start] === other[start]) start += 1;
  let end = 0;
  const most = Math.min(text.length, other.length) - start;
  while (end < most && text[text.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  return [start, text.length - end];
}
