/** The calendar: what renews itself when, and what ends unless someone renews it. */
import { ActionIcon, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconCalendarDown, IconChevronLeft, IconChevronRight, IconRefresh } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DueRenewal } from '../../../shared/operations/renewals.ts';
import { call } from '../../client/call.ts';
import { useOperationPages } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { AnchorLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { saveFile } from '../../components/save-file.ts';
import { column } from '../../components/table-columns.ts';
import { monthAfter, monthOf, spanOf } from './month.ts';
import { MonthView } from './month-view.tsx';

export function RenewalsScreen() {
  const { t, i18n } = useTranslation();
  const [month, setMonth] = useState(() => monthOf(new Date()));
  const [day, setDay] = useState<string | null>(null);
  const list = useOperationPages('renewals.list', { ...spanOf(day ?? month), limit: 100 });
  const columns = useMemo(
    () => [
      column<DueRenewal>({
        id: 'commonName',
        header: t('certificates.one'),
        cell: (row) => (
          <AnchorLink to="/certificates/$id" params={{ id: row.certificateId }}>
            {row.commonName}
          </AnchorLink>
        ),
      }),
      column<DueRenewal>({
        id: 'what',
        header: t('renewals.what'),
        sizePx: 200,
        cell: (row) =>
          row.attempts > 0 ? (
            <Badge tone="bad">{t('renewals.failing')}</Badge>
          ) : row.isAutomatic ? (
            <Badge tone="good">{t('renewals.byItself')}</Badge>
          ) : (
            <Badge tone="warn">{t('renewals.byHand')}</Badge>
          ),
      }),
      column<DueRenewal>({
        id: 'dueAt',
        header: t('renewals.dueAt'),
        sizePx: 220,
        cell: (row) => <Moment at={row.dueAt} />,
      }),
      column<DueRenewal>({
        id: 'notAfter',
        header: t('field.notAfter'),
        sizePx: 140,
        fromWidthPx: 900,
        cell: (row) => <Moment at={row.notAfter} show="date" />,
      }),
    ],
    [t],
  );
  const turn = (months: number) => {
    setMonth(monthAfter(month, months));
    setDay(null);
  };
  const monthName = new Intl.DateTimeFormat(i18n.language, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const dayName = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long', timeZone: 'UTC' });
  const shown = day === null ? monthName.format(new Date(`${month}-01`)) : dayName.format(new Date(day));
  return (
    <Page
      title={t('screen.renewals')}
      description={t('renewals.text')}
      actions={
        <Button
          variant="default"
          leftSection={<IconCalendarDown size={16} />}
          onClick={() => void call('renewals.calendar', {}).then(saveFile)}
        >
          {t('renewals.download')}
        </Button>
      }
    >
      <Stack gap="md">
        <Group gap="xs">
          <ActionIcon variant="default" size="lg" aria-label={t('renewals.before')} onClick={() => turn(-1)}>
            <IconChevronLeft size={18} />
          </ActionIcon>
          <ActionIcon variant="default" size="lg" aria-label={t('renewals.after')} onClick={() => turn(1)}>
            <IconChevronRight size={18} />
          </ActionIcon>
          <Title order={2} aria-live="polite">
            {monthName.format(new Date(`${month}-01`))}
          </Title>
        </Group>
        <MonthView month={month} day={day} onDay={setDay} />
        <ProblemNotice error={list.error} onRetry={() => void list.retry()} />
        <Title order={2}>{t('renewals.on', { day: shown })}</Title>
        {!list.isLoading && list.total === 0 ? (
          <Text c="dimmed" size="sm" style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
            <IconRefresh size={18} aria-hidden="true" />
            {t('renewals.empty')}
          </Text>
        ) : (
          <div style={{ height: 420 }}>
            <DataTable
              label={t('renewals.list')}
              columns={columns}
              rows={list.items}
              rowId={(row) => row.orderId}
              minWidthPx={560}
              {...list}
            />
          </div>
        )}
      </Stack>
    </Page>
  );
}
