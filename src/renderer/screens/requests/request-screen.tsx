/** One request: what is asked next to what the policy says, who has decided, and the decision itself. */
import { Button, SimpleGrid, Stack } from '@mantine/core';
import { IconBan, IconCheck, IconDownload } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestDetail } from '../../../shared/operations/requests.ts';
import { useMay } from '../../app/permissions.ts';
import { useOperation } from '../../client/queries.ts';
import { BackLink, ButtonLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { PageOnItsWay } from '../../components/page-on-its-way.tsx';
import { ApprovalCard } from './approval-card.tsx';
import { AskedCard } from './asked-card.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { CollectDialog } from './collect-dialog.tsx';
import { CompleteDialog } from './complete-dialog.tsx';
import { DecisionDialog } from './decision-dialog.tsx';
import { NextStep } from './next-step.tsx';
import { PolicyCard } from './policy-card.tsx';
import { PreviousCard } from './previous-card.tsx';
import { RequestBadge } from './request-badge.tsx';

const route = getRouteApi('/requests/$id');
/** How often an open request is looked at again. */
const refetchIntervalMs = 10_000;

type Doing = 'approve' | 'reject' | 'cancel' | 'collect' | 'complete';

interface ActionsProps {
  readonly request: RequestDetail;
  readonly onDo: (doing: Doing) => void;
}

function Actions({ request, onDo }: ActionsProps) {
  const { t } = useTranslation();
  const may = useMay();
  const isOpen = request.status === 'pending_approval' || request.status === 'approved';
  return (
    <>
      {isOpen && request.isMine && may('requests.cancel') ? (
        <Button variant="default" onClick={() => onDo('cancel')}>
          {t('requests.cancel')}
        </Button>
      ) : null}
      {request.awaitsMe ? (
        <>
          <Button
            variant="default"
            c="var(--ch-bad)"
            leftSection={<IconBan size={16} />}
            onClick={() => onDo('reject')}
          >
            {t('requests.reject')}
          </Button>
          <Button leftSection={<IconCheck size={16} />} onClick={() => onDo('approve')}>
            {t('requests.approve')}
          </Button>
        </>
      ) : null}
      {request.certificateId === null ? null : (
        <ButtonLink variant="default" to="/certificates/$id" params={{ id: request.certificateId }}>
          {t('requests.openCertificate')}
        </ButtonLink>
      )}
      {request.certificateId !== null && request.isMine && request.privateKey === 'waiting' ? (
        <Button leftSection={<IconDownload size={16} />} onClick={() => onDo('collect')}>
          {t('requests.collectKey')}
        </Button>
      ) : null}
    </>
  );
}

export function RequestScreen() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const { data: request, error, refetch } = useOperation('requests.show', { id }, { refetchIntervalMs });
  const [doing, setDoing] = useState<Doing | null>(null);
  const stop = () => setDoing(null);
  const back = <BackLink to="/requests">{t('screen.requests')}</BackLink>;
  if (request === undefined) {
    return <PageOnItsWay title={t('requests.one')} above={back} error={error} onRetry={refetch} />;
  }
  return (
    <Page
      title={request.commonName}
      above={back}
      badge={<RequestBadge {...request} />}
      description={t(`requests.kinds.${request.kind}`)}
      actions={<Actions request={request} onDo={setDoing} />}
    >
      <NextStep request={request} onComplete={() => setDoing('complete')} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" verticalSpacing="md">
        <AskedCard request={request} />
        <Stack gap="md">
          <PolicyCard request={request} />
          {request.steps.length === 0 ? null : <ApprovalCard request={request} />}
          {request.previous === null ? null : <PreviousCard previous={request.previous} />}
        </Stack>
      </SimpleGrid>
      {doing === 'approve' || doing === 'reject' ? (
        <DecisionDialog request={request} action={doing} onClose={stop} />
      ) : null}
      {doing === 'cancel' ? <CancelDialog request={request} onClose={stop} /> : null}
      {doing === 'complete' ? <CompleteDialog request={request} onClose={stop} /> : null}
      {doing === 'collect' ? <CollectDialog request={request} onClose={stop} /> : null}
    </Page>
  );
}
