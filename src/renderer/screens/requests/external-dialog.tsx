/** Asks an authority outside: the names, and a key made here or a CSR that is there already. */
import { Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keyAlgorithms } from '../../../shared/model/algorithms.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { Dialog } from '../../components/dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { PemField } from '../../components/pem-field.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import {
  emptyIssueForm,
  filledNames,
  type IssueForm,
  issueFieldNames,
  issueInput,
} from '../issue/issue-form.ts';
import { NamesEditor } from '../issue/names-editor.tsx';
import { SubjectEditor } from '../issue/subject-editor.tsx';

export function ExternalDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const profiles = useOperation('profiles.list', { limit: 200 });
  const create = useAction('requests.create', ['requests.list', 'system.overview', 'audit.list']);
  const form = useForm<IssueForm>({
    initialValues: emptyIssueForm(),
    validate: {
      profile: (value) => (value === '' ? t('issue.needsProfile') : null),
      csr: (value, { source }) => (source === 'csr' && value.trim() === '' ? t('issue.needsCsr') : null),
      subject: {
        commonName: (value, { source, subjectAltNames }) =>
          source === 'generate' && value.trim() === '' && filledNames(subjectAltNames).length === 0
            ? t('issue.needsName')
            : null,
      },
    },
  });
  const { source, profile: chosen, keyAlgorithm } = form.values;
  const profile = profiles.data?.items.find(({ slug }) => slug === chosen);
  const { fields, aliases } = issueFieldNames(form.values);
  const shown = create.error === null ? [] : formProblem(create.error, fields, aliases).shown;
  const submit = (values: IssueForm): void => {
    const names = filledNames(values.subjectAltNames);
    if (names.length > 0) form.setFieldValue('subjectAltNames', names);
    const { validity: _, ...asked } = issueInput({ ...values, subjectAltNames: names });
    // A CSR says all of it: what was typed before it was given is not meant.
    const sent = source === 'csr' ? { profile: values.profile, csr: values.csr } : asked;
    create.mutate(sent, {
      onSuccess: ({ requestId }) => {
        onClose();
        void navigate({ to: '/requests/$id', params: { id: requestId } });
      },
      onError: (error) => form.setErrors({ ...formProblem(error, fields, aliases).errors }),
    });
  };
  return (
    <Dialog onClose={onClose} size={680} title={t('requests.external.title')} closeOnClickOutside={false}>
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack gap="lg">
          <Text size="sm" c="dimmed">
            {t('requests.external.text')}
          </Text>
          <Select
            label={t('field.profile')}
            required
            data-autofocus
            searchable
            placeholder={t('issue.chooseProfile')}
            description={t('requests.external.profileText')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={profiles.data?.items.map(({ slug, name }) => ({ value: slug, label: name })) ?? []}
            {...form.getInputProps('profile')}
            value={chosen === '' ? null : chosen}
            onChange={(value) => form.setFieldValue('profile', value ?? '')}
          />
          <SegmentedControl
            fullWidth
            aria-label={t('issue.source')}
            data={[
              { value: 'generate', label: t('issue.generate') },
              { value: 'csr', label: t('issue.fromCsr') },
            ]}
            {...form.getInputProps('source')}
          />
          {source === 'csr' ? (
            <PemField
              label={t('issue.csr')}
              description={t('requests.external.csrText')}
              placeholder="-----BEGIN CERTIFICATE REQUEST-----"
              derLabel="CERTIFICATE REQUEST"
              accept=".csr,.pem,.req,.p10,.der"
              value={form.values.csr}
              onChange={(text) => form.setFieldValue('csr', text)}
              error={form.errors.csr}
              required
            />
          ) : (
            <>
              <SubjectEditor form={form} optional={false} />
              <NamesEditor form={form} />
              <Select
                label={t('field.keyAlgorithm')}
                placeholder={
                  profile === undefined ? t('issue.asProfile') : t(`algorithm.${profile.defaultKeyAlgorithm}`)
                }
                clearable
                clearButtonProps={{ 'aria-label': t('action.clear') }}
                maw={320}
                data={keyAlgorithms.map((value) => ({ value, label: t(`algorithm.${value}`) }))}
                {...form.getInputProps('keyAlgorithm')}
                value={keyAlgorithm === '' ? null : keyAlgorithm}
                onChange={(value) => form.setFieldValue('keyAlgorithm', value ?? '')}
              />
            </>
          )}
          <ProblemNotice error={create.error} shownAtFields={shown} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('requests.external.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
