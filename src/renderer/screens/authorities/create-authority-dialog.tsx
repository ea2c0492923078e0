/** Creates an authority: a root that signs itself, or one below another. */
import { Button, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { type KeyAlgorithm, keyAlgorithms } from '../../../shared/model/algorithms.ts';
import type { Authority } from '../../../shared/operations/authorities.ts';
import { useAction } from '../../client/queries.ts';
import { Dialog } from '../../components/dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
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
];
const asRoot = '';

export function CreateAuthorityDialog({ authorities, onClose }: CreateAuthorityDialogProps) {
  const { t } = useTranslation();
  const create = useAction('authorities.create', ['authorities.list', 'system.overview', 'audit.list']);
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
  const problem = create.error === null ? undefined : formProblem(create.error, fields);
  const errors = problem?.errors ?? {};
  const { values } = form;
  const submit = (): void => {
    const name = values.name.trim();
    const subject = {
      commonName: name,
      ...(values.organization.trim() === '' ? {} : { organization: values.organization.trim() }),
      ...(values.country.trim() === '' ? {} : { country: values.country.trim().toUpperCase() }),
    };
    create.mutate(
      {
        name,
        slug: values.slug === '' ? slugOf(name) : values.slug,
        subject,
        keyAlgorithm: values.keyAlgorithm,
        ...(values.parent === asRoot ? {} : { parent: values.parent }),
        ...(values.validity.trim() === '' ? {} : { validity: values.validity.trim() }),
        ...(values.publicationUrl.trim() === '' ? {} : { publicationUrl: values.publicationUrl.trim() }),
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
    <Dialog onClose={onClose} size="lg" title={t('authorities.create')}>
      <form onSubmit={form.onSubmit(submit)}>
        <Stack>
          <ProblemNotice error={create.error} shownAtFields={problem?.shown ?? []} />
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
            description={values.parent === asRoot ? t('authorities.rootText') : t('authorities.belowText')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={[
              { value: asRoot, label: t('authorities.itself') },
              ...authorities
                .filter(({ kind, status }) => kind !== 'external' && status === 'active')
                .map(({ slug, name }) => ({ value: slug, label: name })),
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
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('authorities.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
