/** Renews an authority: with its key, or with a new one of any kind. */
import { Button, Radio, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeyAlgorithm, keyAlgorithms } from '../../../shared/model/algorithms.ts';
import type { Authority } from '../../../shared/operations/authorities.ts';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { changedByAuthorities } from './changed-by-authorities.ts';

interface RenewDialogProps {
  readonly authority: Authority;
  readonly onClose: () => void;
}

export function RenewDialog({ authority, onClose }: RenewDialogProps) {
  const { t } = useTranslation();
  const { name, slug } = authority;
  const renew = useAction('authorities.renew', changedByAuthorities);
  const [kind, setKind] = useState<'same' | 'new'>('same');
  const [keyAlgorithm, setKeyAlgorithm] = useState<KeyAlgorithm>(authority.keyAlgorithm);
  const [validity, setValidity] = useState('');
  const problem = renew.error === null ? undefined : formProblem(renew.error, ['validity', 'keyAlgorithm']);
  const submit = (): void => {
    const input = {
      id: slug,
      ...(kind === 'same' ? { reuseKey: true } : { keyAlgorithm }),
      ...(validity.trim() !== '' && { validity: validity.trim() }),
    };
    renew.mutate(input, {
      onSuccess: () => {
        notifications.show({ message: t('lifecycle.renewed', { name }) });
        onClose();
      },
    });
  };
  return (
    <FormDialog
      onClose={onClose}
      size="lg"
      title={t('lifecycle.renewTitle', { name })}
      onSubmit={submit}
      action={
        <Button type="submit" loading={renew.isPending}>
          {t('lifecycle.renew')}
        </Button>
      }
    >
      <ProblemNotice error={renew.error} shownAtFields={problem?.shown ?? []} />
      <Radio.Group
        aria-label={t('field.keyAlgorithm')}
        value={kind}
        onChange={(value) => setKind(value as typeof kind)}
      >
        <Stack gap="sm">
          <Radio
            value="same"
            label={t('lifecycle.withKey')}
            description={t('lifecycle.withKeyText')}
            data-autofocus
          />
          <Radio value="new" label={t('lifecycle.withNewKey')} description={t('lifecycle.withNewKeyText')} />
        </Stack>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label={t('field.keyAlgorithm')}
          data={keyAlgorithms.map((value) => ({ value, label: t(`algorithm.${value}`) }))}
          value={kind === 'same' ? authority.keyAlgorithm : keyAlgorithm}
          onChange={(value) => value !== null && setKeyAlgorithm(value as KeyAlgorithm)}
          disabled={kind === 'same'}
          error={problem?.errors.keyAlgorithm}
        />
        <TextInput
          label={t('field.validity')}
          placeholder={t('lifecycle.asBefore')}
          maxLength={20}
          value={validity}
          onChange={({ currentTarget }) => setValidity(currentTarget.value)}
          error={problem?.errors.validity}
        />
      </SimpleGrid>
    </FormDialog>
  );
}
