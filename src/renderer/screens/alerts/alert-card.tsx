import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconUrgent } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Alert } from '../../../shared/model/alert.ts';
import { Badge } from '../../components/badge.tsx';
import { AnchorLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import styles from './alerts.module.css';

interface AlertCardProps {
  readonly alert: Alert;
  /** Absent for those who may not. */
  readonly onAcknowledge: (() => void) | undefined;
}

/** One alert: what it is about, since when, and who has seen it. */
export function AlertCard({ alert, onAcknowledge }: AlertCardProps) {
  const { t } = useTranslation();
  const { kind, detail, severity, resolvedAt, acknowledgedAt, acknowledgedBy } = alert;
  return (
    <li className={styles.card}>
      <div className={styles.words}>
        <div className={styles.head}>
          <Mark severity={severity} isResolved={resolvedAt !== null} />
          <strong>
            {detail.certificateId === undefined ? (
              detail.name
            ) : (
              <AnchorLink to="/certificates/$id" params={{ id: detail.certificateId }}>
                {detail.name}
              </AnchorLink>
            )}
          </strong>
        </div>
        <Text size="sm">
          {t(`alerts.kind.${kind}`)} <Moment at={detail.at} />
        </Text>
        {detail.reason === undefined ? null : (
          <Text size="sm" c="dimmed">
            {detail.reason}
          </Text>
        )}
        <Text size="xs" c="dimmed" component="div">
          {t('alerts.since')} <Moment at={alert.createdAt} show="distance" />
          {acknowledgedBy === null ? null : ` · ${t('alerts.seenBy', { name: acknowledgedBy })}`}
        </Text>
      </div>
      {acknowledgedAt !== null || onAcknowledge === undefined ? null : (
        <Button variant="default" size="xs" onClick={onAcknowledge}>
          {t('alerts.acknowledge')}
        </Button>
      )}
    </li>
  );
}

interface MarkProps {
  readonly severity: Alert['severity'];
  readonly isResolved: boolean;
}

function Mark({ severity, isResolved }: MarkProps) {
  const { t } = useTranslation();
  if (isResolved) {
    return (
      <Badge tone="good" icon={IconCircleCheck}>
        {t('alerts.resolved')}
      </Badge>
    );
  }
  return severity === 'critical' ? (
    <Badge tone="bad" icon={IconUrgent}>
      {t('alerts.severity.critical')}
    </Badge>
  ) : (
    <Badge tone="warn" icon={IconAlertTriangle}>
      {t('alerts.severity.warning')}
    </Badge>
  );
}
