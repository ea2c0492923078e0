/** The form itself; what the policy refuses comes back to the fields that it is about. */
import { Button, Group, SegmentedControl, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { keyAlgorithms } from '../../../shared/model/algorithms.ts';
import type { Answer } from '../../../shared/operations/index.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { formProblem } from '../../components/form-problem.ts';
import { PemField } from '../../components/pem-field.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import styles from './issue.module.css';
import { emptyIssueForm, filledNames, type IssueForm, issueFieldNames, issueInput } from './issue-form.ts';
import { NamesEditor } from './names-editor.tsx';
import { NoProfile } from './no-profile.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { SubjectEditor } from './subject-editor.tsx';

interface IssueFormViewProps {
  readonly onIssued: (answer: Answer<'certificates.issue'>) => void;
  readonly onCancel: () => void;
}

export function IssueFormView({ onIssued, onCancel }: IssueFormViewProps) {
  const { t } = useTranslation();
  const profiles = useOperation('profiles.list', { limit: 200 });
  const issue = useAction('certificates.issue', [
    'certificates.list',
    'requests.list',
    'system.overview',
    'authorities.list',
    'audit.list',
  ]);
  const preview = useAction('certificates.preview');
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
  const { source, profile: chosen } = form.values;
  const profile = profiles.data?.items.find(({ slug }) => slug === chosen);
  const submit = (values: IssueForm): void => {
    const kept = filledNames(values.subjectAltNames);
    const sent = { ...values, subjectAltNames: kept };
    if (kept.length > 0) form.setFieldValue('subjectAltNames', kept);
    issue.mutate(issueInput(sent), {
      onSuccess: onIssued,
      onError: (error) => {
        const { fields, aliases } = issueFieldNames(sent);
        form.setErrors({ ...formProblem(error, fields, aliases).errors });
      },
    });
  };
  const asked = issueInput({ ...form.values, subjectAltNames: filledNames(form.values.subjectAltNames) });
  const look = (): void => {
    if (!form.validate().hasErrors) preview.mutate(asked);
  };
  const { fields, aliases } = issueFieldNames(form.values);
  const shown = issue.error === null ? [] : formProblem(issue.error, fields, aliases).shown;
  if (profiles.data?.items.length === 0) return <NoProfile onClose={onCancel} />;
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select
            label={t('field.profile')}
            required
            data-autofocus
            searchable
            placeholder={t('issue.chooseProfile')}
            data={profiles.data?.items.map(({ slug, name }) => ({ value: slug, label: name })) ?? []}
            description={
              profile === undefined
                ? t('issue.profileText')
                : t('issue.profileMeans', {
                    policy: profile.policy,
                    issuer: profile.issuer ?? t('field.selfSigned'),
                  })
            }
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...form.getInputProps('profile')}
            value={chosen === '' ? null : chosen}
            onChange={(value) => form.setFieldValue('profile', value ?? '')}
          />
          <div>
            <SegmentedControl
              fullWidth
              mt={22}
              aria-label={t('issue.source')}
              data={[
                { value: 'generate', label: t('issue.generate') },
                { value: 'csr', label: t('issue.fromCsr') },
              ]}
              {...form.getInputProps('source')}
            />
          </div>
        </SimpleGrid>
        {source === 'csr' ? (
          <PemField
            label={t('issue.csr')}
            placeholder="-----BEGIN CERTIFICATE REQUEST-----"
            derLabel="CERTIFICATE REQUEST"
            accept=".csr,.pem,.req,.p10,.der"
            value={form.values.csr}
            onChange={(text) => form.setFieldValue('csr', text)}
            error={form.errors.csr}
            required
          />
        ) : null}
        <SubjectEditor form={form} optional={source === 'csr'} />
        <NamesEditor form={form} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('issue.validity')}
            placeholder={profile?.defaultValidity ?? 'P90D'}
            description={t('issue.validityText')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={20}
            {...form.getInputProps('validity')}
          />
          {source === 'generate' ? (
            <Select
              label={t('field.keyAlgorithm')}
              placeholder={
                profile === undefined ? t('issue.asProfile') : t(`algorithm.${profile.defaultKeyAlgorithm}`)
              }
              clearable
              clearButtonProps={{ 'aria-label': t('action.clear') }}
              data={keyAlgorithms.map((value) => ({ value, label: t(`algorithm.${value}`) }))}
              {...form.getInputProps('keyAlgorithm')}
              value={form.values.keyAlgorithm === '' ? null : form.values.keyAlgorithm}
              onChange={(value) => form.setFieldValue('keyAlgorithm', value ?? '')}
            />
          ) : null}
        </SimpleGrid>
        <ProblemNotice error={issue.error ?? preview.error} shownAtFields={shown} />
        {preview.data === undefined ? null : (
          <PreviewPanel
            preview={preview.data}
            isStale={JSON.stringify(preview.variables) !== JSON.stringify(asked)}
          />
        )}
        <Group justify="flex-end" gap="xs" className={styles.actions}>
          <Button variant="subtle" loading={preview.isPending} onClick={look} mr="auto">
            {t('preview.action')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={issue.isPending}>
            {t('issue.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
