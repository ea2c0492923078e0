/** Takes in the certificate that the authority outside has issued; says at once whether it is the one. */
import { Alert, Button, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestDetail } from '../../../shared/operations/requests.ts';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { PemField } from '../../components/pem-field.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useKeyMatch } from './use-key-match.ts';

interface CompleteDialogProps {
  readonly request: RequestDetail;
  readonly onClose: () => void;
}

export function CompleteDialog({ request, onClose }: CompleteDialogProps) {
  const { t } = useTranslation();
  const [certificate, setCertificate] = useState('');
  const match = useKeyMatch(certificate, request.asked.publicKeyFingerprint);
  const complete = useAction('requests.complete', [
    'requests.show',
    'requests.list',
    'certificates.list',
    'system.overview',
    'audit.list',
  ]);
  return (
    <FormDialog
      onClose={onClose}
      size="lg"
      title={t('requests.external.completeTitle')}
      onSubmit={() => {
        complete.mutate({ id: request.id, certificate }, { onSuccess: onClose });
      }}
      action={
        <Button
          type="submit"
          loading={complete.isPending}
          disabled={certificate.trim() === '' || match?.isFound === false}
        >
          {t('requests.external.completeSubmit')}
        </Button>
      }
    >
      <Text size="sm" c="dimmed">
        {t('requests.external.completeText')}
      </Text>
      <PemField
        label={t('authorities.certificateAndChain')}
        placeholder="-----BEGIN CERTIFICATE-----"
        derLabel="CERTIFICATE"
        accept=".pem,.crt,.cer,.der"
        rows={6}
        value={certificate}
        onChange={setCertificate}
        required
      />
      <div role="status">
        {match === null ? null : (
          <Alert
            color={match.isFound ? 'green' : 'red'}
            variant="light"
            icon={match.isFound ? <IconCircleCheck /> : <IconCircleX />}
            title={t(match.isFound ? 'requests.external.sameKey' : 'requests.external.otherKey')}
          >
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {match.description}
            </Text>
          </Alert>
        )}
      </div>
      <ProblemNotice error={complete.error} />
    </FormDialog>
  );
}
