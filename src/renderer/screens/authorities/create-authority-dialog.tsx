/** Creates an authority: a root that signs itself, or one below another. */
import { Button, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeyAlgorithm, keyAlgorithms } from '../../../shared/model/algorithms.ts';
import type { Authority } from '../../../shared/operations/authorities.ts';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { saveText } from '../../components/save-file.ts';
import { changedByAuthorities } from './changed-by-authorities.ts';
import { ContentFields } from './content-fields.tsx';
import { contentFields, emptyContent, readContent } from './content-form.ts';
import { slugOf } from './slug-of.ts';

interface CreateAuthorityDialogProps {
  readonly authorities: readonly Authority[];
  readonly onClose: () => void;
}

const fields = [
  'slug',
  'name',
  'parent',
  'keyAlgorithm',
  'validity',
  'publicationUrl',
  'subject.organization',
  'subject.country',
  ...contentFields,
];
const asRoot = '';
/** No slug has a dot. */
const elsewhere = '.elsewhere';

export function CreateAuthorityDialog({ authorities, onClose }: CreateAuthorityDialogProps) {
  const { t } = useTranslation();
  const create = useAction('authorities.create', changedByAuthorities);
  const request = useAction('authorities.request', changedByAuthorities);
  const form = useForm({
    initialValues: {
      name: '',
      slug: '',
      parent: asRoot,
      keyAlgorithm: 'ecdsa-p256' as KeyAlgorithm,
      validity: '',
      organization: '',
      country: '',
      publicationUrl: '',
    },
  });
  const [content, setContent] = useState(emptyContent);
  const advanced = readContent(content);
  const isElsewhere = form.values.parent === elsewhere;
  const running = isElsewhere ? request : create;
  const problem = running.error === null ? undefined : formProblem(running.error, fields);
  const errors = problem?.errors ?? {};
  const { values } = form;
  const signedByText = isElsewhere
    ? t('lifecycle.elsewhereText')
    : t(values.parent === asRoot ? 'authorities.rootText' : 'authorities.belowText');
  const submit = (): void => {
    const name = values.name.trim();
    const subject = {
      commonName: name,
      ...(values.organization.trim() === '' ? {} : { organization: values.organization.trim() }),
      ...(values.country.trim() === '' ? {} : { country: values.country.trim().toUpperCase() }),
    };
    const own = {
      name,
      slug: values.slug === '' ? slugOf(name) : values.slug,
      subject,
      keyAlgorithm: values.keyAlgorithm,
      ...(values.publicationUrl.trim() === '' ? {} : { publicationUrl: values.publicationUrl.trim() }),
    };
    if (isElsewhere) {
      request.mutate(own, {
        onSuccess: ({ slug, csr }) => {
          saveText(csr, `${slug}.csr.pem`);
          notifications.show({ message: t('lifecycle.requested', { name }) });
          onClose();
        },
      });
      return;
    }
    create.mutate(
      {
        ...own,
        ...advanced.content,
        ...(values.parent === asRoot ? {} : { parent: values.parent }),
        ...(values.validity.trim() === '' ? {} : { validity: values.validity.trim() }),
      },
      {
        onSuccess: (authority) => {
          notifications.show({ message: t('authorities.created', { name: authority.name }) });
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      onClose={onClose}
      size="lg"
      title={t('authorities.create')}
      onSubmit={form.onSubmit(submit)}
      action={
        <Button
          type="submit"
          loading={running.isPending}
          disabled={!isElsewhere && Object.keys(advanced.unreadable).length > 0}
        >
          {t('authorities.create')}
        </Button>
      }
    >
      <ProblemNotice error={running.error} shownAtFields={problem?.shown ?? []} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing="sm">
        <TextInput
          label={t('field.name')}
          placeholder="Example Root CA"
          required
          maxLength={64}
          data-autofocus
          {...form.getInputProps('name')}
          error={errors.name}
        />
        <TextInput
          label={t('field.slug')}
          placeholder={slugOf(values.name) || 'example-root-ca'}
          maxLength={63}
          classNames={{ input: 'mono' }}
          {...form.getInputProps('slug')}
          error={errors.slug}
        />
      </SimpleGrid>
      <Select
        label={t('authorities.signedBy')}
        description={signedByText}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={[
          { value: asRoot, label: t('authorities.itself') },
          ...authorities
            .filter(({ kind, status }) => kind !== 'external' && status === 'active')
            .map(({ slug, name }) => ({ value: slug, label: name })),
          { value: elsewhere, label: t('lifecycle.elsewhere') },
        ]}
        {...form.getInputProps('parent')}
        error={errors.parent}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing="sm">
        <Select
          label={t('field.keyAlgorithm')}
          data={keyAlgorithms.map((value) => ({ value, label: t(`algorithm.${value}`) }))}
          {...form.getInputProps('keyAlgorithm')}
          error={errors.keyAlgorithm}
        />
        <TextInput
          label={t('field.validity')}
          placeholder={values.parent === asRoot ? '10y' : '5y'}
          maxLength={20}
          disabled={isElsewhere}
          {...form.getInputProps('validity')}
          error={errors.validity}
        />
        <TextInput
          label={t('subject.organization')}
          maxLength={64}
          {...form.getInputProps('organization')}
          error={errors['subject.organization']}
        />
        <TextInput
          label={t('subject.country')}
          placeholder="DE"
          maxLength={2}
          {...form.getInputProps('country')}
          error={errors['subject.country']}
        />
      </SimpleGrid>
      <TextInput
        label={t('field.publicationUrl')}
        description={t('authorities.publicationText')}
        placeholder="http://pki.example.com"
        {...form.getInputProps('publicationUrl')}
        error={errors.publicationUrl}
      />
      {isElsewhere ? null : (
        <ContentFields
          values={content}
          onChange={setContent}
          unreadable={advanced.unreadable}
          errors={errors}
        />
      )}
    </FormDialog>
  );
}
