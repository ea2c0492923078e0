/** What is wrong with a query: its place in the text, the reason, and what was probably meant, to take by a click. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { QueryError } from '../../../shared/query/query-error.ts';
import styles from './query-field.module.css';
import { corrected, markOf, type Written } from './query-text.ts';

interface QueryFaultProps {
  readonly text: string;
  readonly problem: QueryError;
  readonly onTake: (written: Written) => void;
}

/** It stands in a paragraph, so it is made of what a paragraph may hold. */
export function QueryFault({ text, problem, onTake }: QueryFaultProps) {
  const { t } = useTranslation();
  const { before, wrong, after } = markOf(text, problem);
  const { suggestion } = problem;
  return (
    <>
      <span className={`mono ${styles.excerpt}`}>
        {before}
        <mark className={styles.wrong}>{wrong}</mark>
        {after}
      </span>
      <span>{problem.message}</span>
      <span className={styles.stays}>{t('certificates.query.stays')}</span>
      {suggestion === undefined ? null : (
        <Button
          className={styles.take ?? ''}
          size="compact-sm"
          variant="default"
          onClick={() => onTake(corrected(text, problem, suggestion))}
        >
          {t('certificates.query.take', { suggestion })}
        </Button>
      )}
    </>
  );
}
