/** Lifts the hold on a certificate. */
import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { CertificateDetail } from '../../../shared/model/certificate.ts';
import { useAction } from '../../client/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

interface ReleaseDialogProps {
  readonly certificate: Pick<CertificateDetail, 'id' | 'commonName' | 'subject'>;
  readonly onClose: () => void;
}

export function ReleaseDialog({ certificate, onClose }: ReleaseDialogProps) {
  const { t } = useTranslation();
  const release = useAction('certificates.release', [
    'certificates.show',
    'certificates.renewal',
    'certificates.list',
    'system.overview',
    'authorities.list',
    'audit.list',
  ]);
  const name = certificate.commonName || certificate.subject;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('certificates.releaseTitle')}
      action={t('certificates.release')}
      running={release.isPending}
      error={release.error}
      onConfirm={() =>
        release.mutate(
          { id: certificate.id },
          {
            onSuccess: () => {
              notifications.show({ message: t('certificates.releasedNotice', { name }) });
              onClose();
            },
          },
        )
      }
    >
      <Text size="sm">{t('certificates.releaseText', { name })}</Text>
    </ConfirmDialog>
  );
}
