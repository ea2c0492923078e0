/** Hands who asked the certificate, and once the private key that was generated for it. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RequestDetail } from '../../../shared/operations/requests.ts';
import { useAction } from '../../client/queries.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { IssuedView } from '../issue/issued-view.tsx';

interface CollectDialogProps {
  readonly request: RequestDetail;
  readonly onClose: () => void;
}

export function CollectDialog({ request, onClose }: CollectDialogProps) {
  const { t } = useTranslation();
  const collect = useAction('requests.collect', ['requests.show', 'audit.list']);
  const issued = collect.data;
  const label = t(request.privateKey === 'waiting' ? 'requests.collectKey' : 'requests.collect');
  return (
    <Dialog
      onClose={onClose}
      size={760}
      title={label}
      closeOnClickOutside={false}
      closeOnEscape={issued?.privateKey === undefined}
    >
      {issued === undefined ? (
        <Stack>
          <Text size="sm">{t('requests.collectText')}</Text>
          <ProblemNotice error={collect.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button loading={collect.isPending} onClick={() => collect.mutate({ id: request.id })}>
              {label}
            </Button>
          </Group>
        </Stack>
      ) : (
        <IssuedView issued={issued} onClose={onClose} />
      )}
    </Dialog>
  );
}
