/** The status of a request as icon and word. */
import type { Icon } from '@tabler/icons-react';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
  IconCircleCheck,
  IconClock,
  IconHourglassOff,
  IconSend,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RequestStatus, RequestSummary } from '../../../shared/model/request.ts';
import { Badge, type Tone } from '../../components/badge.tsx';

const looks: Record<RequestStatus, readonly [Tone, Icon]> = {
  pending_approval: ['warn', IconClock],
  approved: ['info', IconSend],
  issued: ['good', IconCircleCheck],
  rejected: ['bad', IconBan],
  cancelled: ['quiet', IconArrowBackUp],
  failed: ['bad', IconAlertTriangle],
  expired: ['quiet', IconHourglassOff],
};

/** An approved request for an authority outside says what it waits for now. */
export function RequestBadge({ status, kind }: Pick<RequestSummary, 'status' | 'kind'>) {
  const { t } = useTranslation();
  const [tone, icon] = looks[status];
  const isOutside = status === 'approved' && kind === 'external';
  return (
    <Badge tone={tone} icon={icon}>
      {isOutside ? t('requests.external.waiting') : t(`requests.statuses.${status}`)}
    </Badge>
  );
}
