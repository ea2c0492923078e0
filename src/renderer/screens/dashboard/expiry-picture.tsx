/** The next twelve weeks as bars, and the same as a table for those who do not see bars. */
import { BarChart } from '@mantine/charts';
import { Card, Group, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconCalendarCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../shared/operations/system.ts';
import styles from './dashboard.module.css';

function weekName(from: string, language: string): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(from),
  );
}

export function ExpiryPicture({ buckets }: { readonly buckets: Overview['expiry'] }) {
  const { t, i18n } = useTranslation();
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const data = buckets.map(({ from, count }) => ({ week: weekName(from, i18n.language), count }));
  return (
    <Card h="100%">
      <Group justify="space-between" align="baseline" mb="md">
        <Title order={2}>{t('dashboard.expiry')}</Title>
        <Text size="sm" c="dimmed">
          {t('dashboard.expiryTotal', { count: total })}
        </Text>
      </Group>
      {total === 0 ? (
        <div className={styles.calm}>
          <IconCalendarCheck size={28} stroke={1.5} aria-hidden="true" />
          {t('dashboard.nothingExpires')}
        </div>
      ) : (
        <>
          <div aria-hidden="true">
            <BarChart
              h={220}
              data={data}
              dataKey="week"
              series={[{ name: 'count', label: t('dashboard.expiringCount'), color: 'var(--ch-accent)' }]}
              gridAxis="x"
              tickLine="none"
              maxBarWidth={36}
              barProps={{ radius: [4, 4, 0, 0], isAnimationActive: false }}
              barChartProps={{ accessibilityLayer: false }}
              yAxisProps={{ allowDecimals: false, width: 32 }}
              xAxisProps={{ interval: 1 }}
              tooltipAnimationDuration={0}
            />
          </div>
          <VisuallyHidden>
            <table>
              <caption>{t('dashboard.expiry')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('dashboard.week')}</th>
                  <th scope="col">{t('dashboard.expiringCount')}</th>
                </tr>
              </thead>
              <tbody>
                {data.map(({ week, count }) => (
                  <tr key={week}>
                    <th scope="row">{week}</th>
                    <td>{count}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </VisuallyHidden>
        </>
      )}
    </Card>
  );
}
