/** Makes an end entity, or changes one. */
import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndEntity } from '../../../shared/operations/end-entities.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { NotesEditor } from '../../components/notes-editor.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { endEntityFields, fieldsOf, formOf } from './end-entity-form.ts';

const stale = ['end-entities.list', 'end-entities.show', 'audit.list'] as const;

interface EndEntityDialogProps {
  /** The one to change; null makes one. */
  readonly entity: EndEntity | null;
  readonly onClose: () => void;
  readonly onDone?: (entity: EndEntity) => void;
}

export function EndEntityDialog({ entity, onClose, onDone }: EndEntityDialogProps) {
  const { t } = useTranslation();
  const realms = useOperation('realms.list', { limit: 200 });
  const create = useAction('end-entities.create', stale);
  const update = useAction('end-entities.update', stale);
  const form = useForm({ initialValues: formOf(entity) });
  const choices = realms.data?.items.filter(({ builtIn }) => !builtIn) ?? [];
  const first = choices[0]?.slug;
  // biome-ignore lint/correctness/useExhaustiveDependencies: chosen once, when the realms become known
  useEffect(() => {
    if (first !== undefined && form.values.realm === null) form.setFieldValue('realm', first);
  }, [first]);
  const error = create.error ?? update.error;
  const problem = error === null ? undefined : formProblem(error, endEntityFields);
  const done = {
    onSuccess: (made: EndEntity) => {
      onClose();
      onDone?.(made);
    },
  };
  const submit = form.onSubmit((values) => {
    const fields = fieldsOf(values);
    const organization = values.organization.trim();
    if (entity !== null)
      update.mutate({ id: entity.id, ...fields, organization: organization || null }, done);
    else
      create.mutate(
        {
          ...fields,
          ...(values.realm !== null && { realm: values.realm }),
          ...(organization !== '' && { organization }),
        },
        done,
      );
  });
  const lines = (field: 'domainNames' | 'ipAddresses' | 'emailAddresses') => (
    <Textarea
      label={t(`entities.${field}`)}
      description={t('entities.onePerLine')}
      autosize
      minRows={1}
      maxRows={6}
      classNames={{ input: 'mono' }}
      {...form.getInputProps(field)}
      error={problem?.errors[field]}
    />
  );
  return (
    <FormDialog
      onClose={onClose}
      size="lg"
      title={entity === null ? t('entities.new') : t('entities.editTitle', { name: entity.commonName })}
      onSubmit={submit}
      action={
        <Button type="submit" loading={create.isPending || update.isPending}>
          {entity === null ? t('entities.create') : t('action.save')}
        </Button>
      }
    >
      <ProblemNotice error={error} shownAtFields={problem?.shown ?? []} />
      {entity === null && choices.length > 1 ? (
        <Select
          label={t('field.realm')}
          allowDeselect={false}
          data={choices.map(({ slug, name }) => ({ value: slug, label: name }))}
          {...form.getInputProps('realm')}
          error={problem?.errors.realm}
        />
      ) : null}
      <TextInput
        label={t('subject.commonName')}
        required
        maxLength={64}
        data-autofocus
        {...form.getInputProps('commonName')}
        error={problem?.errors.commonName}
      />
      <TextInput
        label={t('subject.organization')}
        maxLength={64}
        {...form.getInputProps('organization')}
        error={problem?.errors.organization}
      />
      {lines('domainNames')}
      {lines('ipAddresses')}
      {lines('emailAddresses')}
      <NotesEditor notes={form.values.metadata} onChange={(notes) => form.setFieldValue('metadata', notes)} />
    </FormDialog>
  );
}
