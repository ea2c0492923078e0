/** Makes a profile or changes one. */
import { Button, Fieldset, Group, Select, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeyAlgorithm, keyAlgorithms } from '../../../shared/model/algorithms.ts';
import type { Profile } from '../../../shared/operations/profiles.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { ApprovalEditor } from '../policies/approval-editor.tsx';

const selfIssuer = ' self';
const fields = ['slug', 'name', 'policy', 'issuer', 'defaultValidity', 'renewal.renewBefore'];
const filledIn = ['organization', 'organizationalUnit', 'locality', 'state', 'country'] as const;
const stale = ['profiles.list', 'profiles.show', 'audit.list'] as const;

interface ProfileEditorProps {
  /** Undefined for a new one. */
  readonly profile: Profile | undefined;
  readonly onClose: () => void;
}

export function ProfileEditor({ profile, onClose }: ProfileEditorProps) {
  const { t } = useTranslation();
  const policies = useOperation('policies.list', { limit: 500 });
  const authorities = useOperation('authorities.list', { limit: 500 });
  const create = useAction('profiles.create', stale);
  const update = useAction('profiles.update', stale);
  const action = profile ? update : create;
  const [approval, setApproval] = useState(profile?.approval ?? null);
  const subject = profile?.defaults.subject;
  const form = useForm({
    initialValues: {
      slug: profile?.slug ?? '',
      name: profile?.name ?? '',
      policy: profile?.policy ?? '',
      issuer: profile ? (profile.issuer ?? selfIssuer) : '',
      enabled: profile?.enabled ?? true,
      defaultValidity: profile?.defaultValidity ?? 'P90D',
      defaultKeyAlgorithm: profile?.defaultKeyAlgorithm ?? ('ecdsa-p256' as KeyAlgorithm),
      subject: Object.fromEntries(filledIn.map((one) => [one, subject?.[one] ?? ''])) as Record<
        (typeof filledIn)[number],
        string
      >,
      keyRetention: profile?.keyRetention ?? ('sealed' as Profile['keyRetention']),
      autoRenew: profile?.renewal.autoRenew ?? false,
      renewBefore: profile?.renewal.renewBefore ?? '33%',
      lint: profile?.lint ?? ('rfc5280' as Profile['lint']),
      keysInUse: profile?.keysInUse ?? ('warn' as Profile['keysInUse']),
    },
  });
  const problem = formProblem(action.error, fields, { 'renewal.renewBefore': 'renewal.renewBefore' });
  const save = form.onSubmit((values) => {
    const { slug, name, autoRenew, renewBefore, enabled, subject: typed, issuer, ...same } = values;
    const common = {
      ...same,
      issuer: issuer === selfIssuer ? null : issuer,
      name: name.trim() || slug,
      renewal: { autoRenew, renewBefore: renewBefore.trim() },
    };
    const entries = filledIn.map((one) => [one, typed[one].trim() || null] as const);
    if (profile) {
      const defaults = { subject: Object.fromEntries(entries) };
      update.mutate({ id: profile.id, enabled, ...common, defaults, approval }, { onSuccess: onClose });
    } else {
      const given = Object.fromEntries(entries.filter(([, value]) => value !== null)) as Record<
        string,
        string
      >;
      const realm = policies.data?.items.find((one) => one.slug === common.policy)?.realm;
      create.mutate(
        {
          slug,
          ...common,
          ...(realm && { realm }),
          defaults: { subject: given },
          ...(approval && { approval }),
        },
        { onSuccess: onClose },
      );
    }
  });
  const input = (name: keyof typeof form.values) => ({
    ...form.getInputProps(name),
    error: problem.errors[name],
  });
  return (
    <FormDialog
      onClose={onClose}
      size="xl"
      closeOnClickOutside={false}
      title={profile ? t('ruling.editProfile', { name: profile.name }) : t('ruling.newProfile')}
      onSubmit={save}
      action={
        <Button type="submit" loading={action.isPending}>
          {t('action.save')}
        </Button>
      }
    >
      <ProblemNotice error={action.error} shownAtFields={problem.shown} />
      <Group grow align="flex-start">
        {profile ? null : <TextInput label={t('field.slug')} required data-autofocus {...input('slug')} />}
        <TextInput label={t('field.name')} maxLength={120} {...input('name')} />
      </Group>
      <Group grow align="flex-start">
        <Select
          label={t('field.policy')}
          required
          allowDeselect={false}
          data={policies.data?.items.map(({ slug, name }) => ({ value: slug, label: name })) ?? []}
          {...input('policy')}
        />
        <Select
          label={t('field.issuer')}
          required
          allowDeselect={false}
          data={[
            ...(authorities.data?.items.map(({ slug, name }) => ({ value: slug, label: name })) ?? []),
            { value: selfIssuer, label: t('ruling.selfIssuer') },
          ]}
          {...input('issuer')}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput label={t('field.defaultValidity')} required {...input('defaultValidity')} />
        <Select
          label={t('field.keyAlgorithm')}
          allowDeselect={false}
          data={keyAlgorithms.map((value) => ({ value, label: t(`algorithm.${value}`) }))}
          {...input('defaultKeyAlgorithm')}
        />
      </Group>
      <Fieldset legend={t('ruling.defaults')}>
        <Group grow align="flex-start">
          {filledIn.map((one) => (
            <TextInput
              key={one}
              size="xs"
              label={t(`subject.${one}`)}
              {...form.getInputProps(`subject.${one}`)}
            />
          ))}
        </Group>
      </Fieldset>
      <Group grow align="flex-start">
        <Select
          label={t('ruling.keyRetention')}
          allowDeselect={false}
          data={(['sealed', 'handed-out'] as const).map((value) => ({
            value,
            label: t(`ruling.keyRetentions.${value}`),
          }))}
          {...input('keyRetention')}
        />
        <Select
          label={t('ruling.keysInUse')}
          allowDeselect={false}
          data={(['allow', 'warn', 'refuse'] as const).map((value) => ({
            value,
            label: t(`ruling.keysInUses.${value}`),
          }))}
          {...input('keysInUse')}
        />
      </Group>
      <Select
        label={t('ruling.lint')}
        allowDeselect={false}
        data={(['rfc5280', 'public-like'] as const).map((value) => ({
          value,
          label: t(`ruling.lints.${value}`),
        }))}
        {...input('lint')}
      />
      <Switch label={t('ruling.autoRenew')} {...form.getInputProps('autoRenew', { type: 'checkbox' })} />
      <TextInput
        label={t('ruling.renewBefore')}
        description={t('ruling.renewBeforeHint')}
        {...form.getInputProps('renewBefore')}
        error={problem.errors['renewal.renewBefore']}
      />
      <ApprovalEditor approval={approval} onChange={setApproval} />
      {profile && (
        <Switch label={t('ruling.enabled')} {...form.getInputProps('enabled', { type: 'checkbox' })} />
      )}
    </FormDialog>
  );
}
