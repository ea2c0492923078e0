/** Revokes many certificates: what it would come to first, then the reason, and a typed number where they are many. */
import { Button, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RevocationReason, revocationReasons } from '../../../shared/model/names.ts';
import { useAction } from '../../client/queries.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { PreviewSummary } from './preview-summary.tsx';
import { RunningView } from './running-view.tsx';
import { type BulkChoice, usePreview } from './use-preview.ts';

/** From more than so many on, their number is typed. */
const fewAtMost = 10;

export interface BulkDialogProps {
  readonly choice: BulkChoice;
  readonly count: number;
  readonly onClose: () => void;
  /** Once it is under way, what was chosen is chosen no more. */
  readonly onStarted: () => void;
}

export function BulkRevokeDialog({ choice, count, onClose, onStarted }: BulkDialogProps) {
  const { t, i18n } = useTranslation();
  const [reason, setReason] = useState<RevocationReason>('unspecified');
  const [comment, setComment] = useState('');
  const [typed, setTyped] = useState('');
  const isHold = reason === 'certificateHold';
  // What is on hold can be revoked, but not held again; no other reason makes a difference.
  const { looked, error } = usePreview('certificates.revoke-bulk', {
    ...choice,
    reason: isHold ? reason : 'unspecified',
  });
  const revoke = useAction('certificates.revoke-bulk', ['jobs.list']);
  const format = new Intl.NumberFormat(i18n.language);
  const title = t('bulk.revokeTitle', { count, formatted: format.format(count) });
  if (revoke.data !== undefined) {
    return (
      <Dialog onClose={onClose} size={640} title={title}>
        <RunningView jobId={revoke.data.id} label={title} onClose={onClose} />
      </Dialog>
    );
  }
  const possible = looked === undefined ? 0 : looked.done - looked.failed;
  const isConfirmed = possible <= fewAtMost || typed.trim() === String(possible);
  return (
    <FormDialog
      onClose={onClose}
      size={640}
      title={title}
      onSubmit={() => {
        if (looked === undefined) return;
        const said = comment.trim() === '' ? {} : { comment: comment.trim() };
        revoke.mutate({ ...choice, expected: looked.total, reason, ...said }, { onSuccess: onStarted });
      }}
      action={
        <Button
          type="submit"
          color="red"
          loading={revoke.isPending}
          disabled={possible === 0 || !isConfirmed}
        >
          {t('bulk.revokeSubmit', { count: possible, formatted: format.format(possible) })}
        </Button>
      }
    >
      <ProblemNotice error={error} />
      {error === null ? <PreviewSummary looked={looked} words="bulk.willRevoke" /> : null}
      <Select
        label={t('field.reason')}
        data={revocationReasons.map((value) => ({ value, label: t(`reason.${value}.name`) }))}
        description={t(`reason.${reason}.text`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxDropdownHeight={280}
        value={reason}
        onChange={(value) => setReason(value as RevocationReason)}
      />
      <Textarea
        label={t('field.comment')}
        autosize
        minRows={2}
        maxLength={1000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed">
        {t(isHold ? 'bulk.holdText' : 'bulk.revokeText')}
      </Text>
      {possible > fewAtMost ? (
        <TextInput
          label={t('bulk.typeNumber', { number: possible })}
          inputMode="numeric"
          autoComplete="off"
          maw={240}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : null}
      <ProblemNotice error={revoke.error} />
    </FormDialog>
  );
}
