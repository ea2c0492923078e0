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
import type { RequestStatus } from '../../../shared/model/request.ts';
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

export function RequestBadge({ status }: { readonly status: RequestStatus }) {
  const { t } = useTranslation();
  const [tone, icon] = looks[status];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`requests.statuses.${status}`)}
    </Badge>
  );
}
