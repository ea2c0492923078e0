/** How much of a validity has passed. */
import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { daysUntil, formatDistance } from './time.ts';

interface ValidityBarProps {
  readonly notBefore: string;
  readonly notAfter: string;
}

/** Share of the validity that has passed at the moment, from 0 to 100. */
export function passedPercent({ notBefore, notAfter }: ValidityBarProps, now: Date = new Date()): number {
  const from = Date.parse(notBefore);
  const to = Date.parse(notAfter);
  if (to <= from) return 100;
  return Math.min(100, Math.max(0, ((now.getTime() - from) / (to - from)) * 100));
}

export function ValidityBar(props: ValidityBarProps) {
  const { t, i18n } = useTranslation();
  const days = daysUntil(props.notAfter);
  const color = days < 0 ? 'gray' : days < 7 ? 'red' : days < 30 ? 'yellow' : 'verdigris';
  const text = formatDistance(props.notAfter, i18n.language);
  return (
    <div style={{ marginBottom: 8 }}>
      <Progress value={passedPercent(props)} color={color} size={6} aria-label={t('certificates.passed')} />
      <Text size="xs" c="dimmed" mt={6}>
        {days < 0
          ? t('certificates.endedText', { distance: text })
          : t('certificates.endsText', { distance: text })}
      </Text>
    </div>
  );
}
