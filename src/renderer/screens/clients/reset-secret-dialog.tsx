/** A new secret for a client; the old one dies at once, or lives on beside it for a while. */
import { Radio, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiClient } from '../../../shared/operations/clients.ts';
import { useAction } from '../../client/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Moment } from '../../components/moment.tsx';
import { changedByClients } from './changed-by-clients.ts';
import { ClientSecret } from './client-secret.tsx';

const overlaps = ['P1D', 'P7D', 'P30D'] as const;
const validities = ['ever', 'P90D', 'P1Y'] as const;

interface ResetSecretDialogProps {
  readonly client: ApiClient;
  readonly onClose: () => void;
}

export function ResetSecretDialog({ client, onClose }: ResetSecretDialogProps) {
  const { t } = useTranslation();
  const reset = useAction('clients.reset-secret', changedByClients);
  const [overlap, setOverlap] = useState<(typeof overlaps)[number] | null>(null);
  const [validity, setValidity] = useState<(typeof validities)[number]>('ever');
  if (reset.data !== undefined) {
    const { clientId, clientSecret, formerExpiresAt } = reset.data;
    return (
      <Dialog
        onClose={onClose}
        size="lg"
        title={t('clients.resetDone')}
        closeOnClickOutside={false}
        closeOnEscape={false}
      >
        {formerExpiresAt === null ? null : (
          <Text size="sm" mb="sm">
            {t('client.formerUntil')} <Moment at={formerExpiresAt} show="exact" />.
          </Text>
        )}
        <ClientSecret
          clientId={clientId}
          clientSecret={clientSecret}
          realm={client.realms[0]}
          onClose={onClose}
        />
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('clients.resetTitle')}
      action={t('clients.reset')}
      onConfirm={() =>
        reset.mutate({
          id: client.id,
          ...(overlap !== null && { overlap }),
          ...(validity !== 'ever' && { secretValidity: validity }),
        })
      }
      running={reset.isPending}
      error={reset.error}
    >
      <Stack gap="sm">
        <Text size="sm">
          {t(overlap === null ? 'clients.resetText' : 'client.overlapText', { name: client.name })}
        </Text>
        <Radio.Group
          value={overlap === null ? 'now' : 'overlap'}
          onChange={(value) => setOverlap(value === 'now' ? null : 'P7D')}
        >
          <Stack gap={6}>
            <Radio value="now" label={t('client.resetNow')} />
            <Radio value="overlap" label={t('client.resetOverlap')} />
          </Stack>
        </Radio.Group>
        {overlap === null ? null : (
          <Select
            label={t('client.overlap')}
            allowDeselect={false}
            data={overlaps.map((value) => ({ value, label: t(`client.overlaps.${value}`) }))}
            value={overlap}
            onChange={(next) => next !== null && setOverlap(next)}
          />
        )}
        <Select
          label={t('client.validity')}
          allowDeselect={false}
          data={validities.map((value) => ({ value, label: t(`client.validities.${value}`) }))}
          value={validity}
          onChange={(next) => next !== null && setValidity(next)}
        />
      </Stack>
    </ConfirmDialog>
  );
}
