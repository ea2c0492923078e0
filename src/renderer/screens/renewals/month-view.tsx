/** A month at a glance: how many certificates renew themselves on each day, and how many wait for a person. */
import { useTranslation } from 'react-i18next';
import { useOperation } from '../../client/queries.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { type Month, weeksOf } from './month.ts';
import styles from './renewals.module.css';

interface MonthViewProps {
  readonly month: Month;
  /** The day whose certificates are listed; null where all of the month are. */
  readonly day: string | null;
  readonly onDay: (day: string | null) => void;
}

export function MonthView({ month, day, onDay }: MonthViewProps) {
  const { t, i18n } = useTranslation();
  const weeks = weeksOf(month);
  const days = weeks.flat();
  const from = `${days[0]}T00:00:00.000Z`;
  const to = `${days.at(-1)}T23:59:59.999Z`;
  const { data, error, refetch } = useOperation('renewals.days', { from, to });
  const counts = new Map(data?.items.map((one) => [one.day, one]));
  const today = new Date().toISOString().slice(0, 10);
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long', timeZone: 'UTC' });
  return (
    <>
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      <table className={styles.month} aria-label={t('renewals.month')}>
        <thead>
          <tr>
            {(weeks[0] ?? []).map((one) => (
              <th key={one} scope="col">
                {weekday.format(new Date(one))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((one) => {
                const { automatic = 0, manual = 0 } = counts.get(one) ?? {};
                const name = date.format(new Date(one));
                const number = Number(one.slice(8));
                return (
                  <td
                    key={one}
                    className={one.startsWith(month) ? undefined : styles.outside}
                    data-today={one === today || undefined}
                    data-chosen={one === day || undefined}
                  >
                    {automatic + manual === 0 ? (
                      <span className={styles.number}>{number}</span>
                    ) : (
                      <button
                        type="button"
                        className={styles.day}
                        aria-pressed={one === day}
                        aria-label={`${name}: ${t('renewals.manual', { count: manual })}, ${t('renewals.automatic', { count: automatic })}`}
                        onClick={() => onDay(one === day ? null : one)}
                      >
                        <span className={styles.number}>{number}</span>
                        {manual === 0 ? null : (
                          <span className={styles.manual}>
                            {t('renewals.manualShort', { count: manual })}
                          </span>
                        )}
                        {automatic === 0 ? null : (
                          <span className={styles.automatic}>
                            {t('renewals.automaticShort', { count: automatic })}
                          </span>
                        )}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
