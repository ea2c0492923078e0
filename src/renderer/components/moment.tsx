/** A moment: the date, how far away it is, and the exact time in UTC on hover and to assistive technology. */
import { Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime, formatDistance } from './time.ts';

interface MomentProps {
  readonly at: string;
  /** `date`: the date alone; `both`: date and distance; `distance`; `exact`: to the second. */
  readonly show?: 'date' | 'both' | 'distance' | 'exact';
}

export function Moment({ at, show = 'both' }: MomentProps) {
  const { language } = useTranslation().i18n;
  const exact = formatDateTime(at, language);
  if (show === 'exact') return <time dateTime={at}>{exact}</time>;
  return (
    <Tooltip label={exact}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {show === 'distance' ? formatDistance(at, language) : formatDate(at, language)}
        {show === 'both' ? (
          <Text span inherit c="dimmed">
            {' · '}
            {formatDistance(at, language)}
          </Text>
        ) : null}
      </time>
    </Tooltip>
  );
}
