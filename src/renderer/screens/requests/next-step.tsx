/** What a request waits for, and what is to be done next; of one that has ended, how. */
import { Alert, Button, Group, Text } from '@mantine/core';
import {
  IconArrowRight,
  IconBan,
  IconCircleCheck,
  IconClock,
  IconDownload,
  IconFileImport,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RequestDetail } from '../../../shared/operations/requests.ts';
import { useMay } from '../../app/permissions.ts';
import { useAction } from '../../client/queries.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { saveFile } from '../../components/save-file.ts';

interface NextStepProps {
  readonly request: RequestDetail;
  readonly onComplete: () => void;
}

/** The three things that stand between the approval and the certificate of an authority outside. */
function OutsideSteps({ request, onComplete }: NextStepProps) {
  const { t } = useTranslation();
  const may = useMay();
  const csr = useAction('requests.csr');
  const save = (format: 'pem' | 'der'): void =>
    csr.mutate({ id: request.id, format }, { onSuccess: saveFile });
  return (
    <>
      <Text size="sm" mb="sm">
        {t('requests.external.steps')}
      </Text>
      <ProblemNotice error={csr.error} />
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={15} />}
          onClick={() => save('pem')}
        >
          {t('requests.external.savePem')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={15} />}
          onClick={() => save('der')}
        >
          {t('requests.external.saveDer')}
        </Button>
        {may('certificates.issue') ? (
          <Button size="xs" leftSection={<IconFileImport size={15} />} onClick={onComplete}>
            {t('requests.external.complete')}
          </Button>
        ) : null}
      </Group>
    </>
  );
}

export function NextStep({ request, onComplete }: NextStepProps) {
  const { t } = useTranslation();
  const { status, kind, step, awaitsMe, isMine, privateKey, error } = request;
  const after = kind === 'external' ? 'requests.next.thenOutside' : 'requests.next.thenIssued';
  const said = error === null ? null : <Text size="sm">{error}</Text>;
  if (status === 'pending_approval') {
    return (
      <Alert
        mb="md"
        color={awaitsMe ? 'yellow' : 'blue'}
        variant="light"
        icon={awaitsMe ? <IconArrowRight /> : <IconClock />}
        title={awaitsMe ? t('requests.next.you') : t('requests.next.others', { step: step ?? '–' })}
      >
        {t(after)}
      </Alert>
    );
  }
  if (status === 'approved') {
    return (
      <Alert
        mb="md"
        color="blue"
        variant="light"
        icon={<IconArrowRight />}
        title={t('requests.next.outside')}
      >
        <OutsideSteps request={request} onComplete={onComplete} />
      </Alert>
    );
  }
  if (status === 'issued') {
    const waits = privateKey === 'waiting';
    return (
      <Alert
        mb="md"
        color={waits && isMine ? 'yellow' : 'green'}
        variant="light"
        icon={waits && isMine ? <IconArrowRight /> : <IconCircleCheck />}
        title={t('requests.next.issued')}
      >
        {t(
          waits
            ? isMine
              ? 'requests.next.collect'
              : 'requests.next.collectOther'
            : 'requests.next.nothingLeft',
          { name: request.requestedBy },
        )}
      </Alert>
    );
  }
  return (
    <Alert
      mb="md"
      color={status === 'rejected' || status === 'failed' ? 'red' : 'gray'}
      variant="light"
      icon={<IconBan />}
      title={t(`requests.next.${status}`)}
    >
      {said}
      {t('requests.next.again')}
    </Alert>
  );
}
