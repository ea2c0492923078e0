/** What a job could not do, row by row; the first of them. */
import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/operations/jobs.ts';
import styles from './jobs.module.css';

/** The others stand in the result file, where they can be looked through. */
const shownProblems = 200;

interface JobProblemsProps {
  readonly job: Pick<Job, 'problems' | 'problemCount'>;
  readonly isOfFile: boolean;
  /** What the file itself calls a column, where that is known. */
  readonly nameOfColumn?: ((column: string) => string) | undefined;
}

export function JobProblems({ job, isOfFile, nameOfColumn = String }: JobProblemsProps) {
  const { t, i18n } = useTranslation();
  const what = t(isOfFile ? 'bulk.what' : 'bulk.whyNot');
  const { problems, problemCount } = job;
  if (problems.length === 0) return null;
  const shown = problems.slice(0, shownProblems);
  const more = problemCount - shown.length;
  const format = new Intl.NumberFormat(i18n.language);
  return (
    <div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className={`${styles.problems} ${isOfFile ? '' : styles.few}`} tabIndex={0} aria-label={what}>
        <Table fz="sm" verticalSpacing={6} aria-label={what} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              {isOfFile ? <Table.Th w={76}>{t('bulk.line')}</Table.Th> : null}
              {isOfFile ? <Table.Th w={150}>{t('bulk.column')}</Table.Th> : null}
              <Table.Th>{what}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map(({ row, column, message }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row may have a problem twice, and they never change
              <Table.Tr key={index}>
                {isOfFile ? <Table.Td>{row ?? '–'}</Table.Td> : null}
                {isOfFile ? (
                  <Table.Td className="mono">{column === null ? '–' : nameOfColumn(column)}</Table.Td>
                ) : null}
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      {more > 0 ? (
        <Text size="xs" c="dimmed" mt={6}>
          {t('bulk.moreProblems', { count: more, formatted: format.format(more) })}
        </Text>
      ) : null}
    </div>
  );
}
