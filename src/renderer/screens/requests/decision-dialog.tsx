/** Asks for the reason of an approval or a rejection, and sends it with the hash of what was on the screen. */
import { Button, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestDetail } from '../../../shared/operations/requests.ts';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';

const stale = [
  'requests.show',
  'requests.list',
  'certificates.list',
  'system.overview',
  'audit.list',
] as const;

interface DecisionDialogProps {
  readonly request: RequestDetail;
  readonly action: 'approve' | 'reject';
  readonly onClose: () => void;
}

/** Whether the next approval is the last one that is missing. */
export function isLastApproval({ steps }: Pick<RequestDetail, 'steps'>): boolean {
  return steps.reduce((missing, step) => missing + Math.max(0, step.needed - step.approvals), 0) === 1;
}

export function DecisionDialog({ request, action, onClose }: DecisionDialogProps) {
  const { t } = useTranslation();
  const approve = useAction('requests.approve', stale);
  const reject = useAction('requests.reject', stale);
  const [reason, setReason] = useState('');
  const isApproval = action === 'approve';
  const isLast = isLastApproval(request);
  const running = isApproval ? approve : reject;
  const text = reason.trim();
  const send = (): void => {
    const { id, askedHash } = request;
    if (!isApproval) reject.mutate({ id, askedHash, reason: text }, { onSuccess: onClose });
    else approve.mutate({ id, askedHash, ...(text === '' ? {} : { reason: text }) }, { onSuccess: onClose });
  };
  const title = t(isApproval ? 'requests.approveTitle' : 'requests.rejectTitle');
  return (
    <FormDialog
      onClose={onClose}
      title={title}
      onSubmit={send}
      action={
        <Button
          type="submit"
          {...(isApproval ? {} : { color: 'red' })}
          loading={running.isPending}
          disabled={!isApproval && text === ''}
        >
          {isApproval ? t(isLast ? 'requests.approveLast' : 'requests.approve') : t('requests.reject')}
        </Button>
      }
    >
      <Text fw={570} style={{ overflowWrap: 'anywhere' }}>
        {request.commonName}
      </Text>
      <Text size="sm">
        {isApproval
          ? t(isLast ? 'requests.approveLastText' : 'requests.approveText')
          : t('requests.rejectText')}
      </Text>
      <Textarea
        label={t('requests.reason')}
        description={t('requests.reasonText')}
        required={!isApproval}
        data-autofocus
        autosize
        minRows={2}
        maxRows={8}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ProblemNotice error={running.error} />
    </FormDialog>
  );
}
