/** The status of a certificate or an authority as icon and word. */

import type { Icon } from '@tabler/icons-react';
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconClock,
  IconClockPause,
  IconHourglassOff,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CertificateStatus } from '../../shared/model/certificate.ts';
import type { Authority } from '../../shared/operations/authorities.ts';
import { Badge, type Tone } from './badge.tsx';
import { daysUntil } from './time.ts';

type Status = CertificateStatus | Authority['status'];

const looks: Record<Status, readonly [Tone, Icon]> = {
  valid: ['good', IconCircleCheck],
  active: ['good', IconCircleCheck],
  'not-yet-valid': ['info', IconClock],
  expired: ['quiet', IconHourglassOff],
  revoked: ['bad', IconBan],
  held: ['warn', IconClockPause],
  disabled: ['quiet', IconBan],
};

interface StatusBadgeProps {
  readonly status: Status;
  /** Where given, a valid certificate within its last 30 days says so. */
  readonly notAfter?: string;
}

/** Days before notAfter from which a valid certificate is shown as expiring. */
const expiringDays = 30;

export function StatusBadge({ status, notAfter }: StatusBadgeProps) {
  const { t } = useTranslation();
  if (status === 'valid' && notAfter !== undefined && daysUntil(notAfter) < expiringDays) {
    return (
      <Badge tone="warn" icon={IconAlertTriangle}>
        {t('status.expiring')}
      </Badge>
    );
  }
  const [tone, icon] = looks[status];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`status.${status}`)}
    </Badge>
  );
}
