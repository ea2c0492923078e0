/** What a job is called, by the operation that started it. */
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/operations/jobs.ts';

const kinds = ['certificates.issue-bulk', 'certificates.renew-bulk', 'certificates.revoke-bulk'] as const;

/** Answers the name; a kind that has no words here is called by its own. */
export function useJobName(): (job: Pick<Job, 'kind'>) => string {
  const { t } = useTranslation();
  return ({ kind }) => {
    const known = kinds.find((one) => one === kind);
    return known === undefined ? kind : t(`jobs.kind.${known}`);
  };
}
