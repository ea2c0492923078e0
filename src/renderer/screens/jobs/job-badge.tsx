/** The state of a job as icon and word. */
import type { Icon } from '@tabler/icons-react';
import {
  IconBan,
  IconBolt,
  IconCircleCheck,
  IconCircleX,
  IconLoader,
  IconPlayerStop,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/operations/jobs.ts';
import { Badge, type Tone } from '../../components/badge.tsx';

const looks: Record<Job['state'] | 'cancelling', readonly [Tone, Icon]> = {
  running: ['info', IconLoader],
  cancelling: ['warn', IconPlayerStop],
  done: ['good', IconCircleCheck],
  failed: ['bad', IconCircleX],
  cancelled: ['quiet', IconBan],
  interrupted: ['warn', IconBolt],
};

export function JobBadge({ job }: { readonly job: Pick<Job, 'state' | 'isCancelling'> }) {
  const { t } = useTranslation();
  const state = job.state === 'running' && job.isCancelling ? 'cancelling' : job.state;
  const [tone, icon] = looks[state];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`jobs.state.${state}`)}
    </Badge>
  );
}
