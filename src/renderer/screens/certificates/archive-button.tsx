/** Puts a certificate that is done with out of the lists, or back into them; there for nothing else. */
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArchive, IconArchiveOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CertificateDetail } from '../../../shared/model/certificate.ts';
import { useMay } from '../../app/permissions.ts';
import { asProblem } from '../../client/api-problem.ts';
import { useAction } from '../../client/queries.ts';

const touched = ['certificates.show', 'certificates.list', 'system.overview', 'audit.list'] as const;

interface ArchiveButtonProps {
  readonly certificate: Pick<CertificateDetail, 'id' | 'commonName' | 'subject' | 'status' | 'archivedAt'>;
}

export function ArchiveButton({ certificate }: ArchiveButtonProps) {
  const { t } = useTranslation();
  const may = useMay();
  const archive = useAction('certificates.archive', touched);
  const restore = useAction('certificates.restore', touched);
  const { id, status, archivedAt } = certificate;
  const isArchived = archivedAt !== null;
  const isOver = status === 'expired' || status === 'revoked';
  if (!may('certificates.archive') || !(isArchived || isOver)) return null;
  const name = certificate.commonName || certificate.subject;
  const change = (): void =>
    (isArchived ? restore : archive).mutate(
      { id },
      {
        onSuccess: () => {
          const message = t(isArchived ? 'certificates.restoredNotice' : 'certificates.archivedNotice', {
            name,
          });
          notifications.show({ message });
        },
        onError: (error) => {
          const problem = asProblem(error);
          notifications.show({ color: 'red', title: t(`error.${problem.code}`), message: problem.detail });
        },
      },
    );
  return (
    <Button
      variant="default"
      leftSection={isArchived ? <IconArchiveOff size={16} /> : <IconArchive size={16} />}
      loading={archive.isPending || restore.isPending}
      onClick={change}
    >
      {t(isArchived ? 'certificates.restore' : 'certificates.archive')}
    </Button>
  );
}
