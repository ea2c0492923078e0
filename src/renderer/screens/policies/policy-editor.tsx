/** Makes a policy or changes one; before a change is saved, it shows what that would touch. */
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyDefinition } from '../../../shared/model/policy.ts';
import type { Policy } from '../../../shared/operations/policies.ts';
import { useAction } from '../../client/queries.ts';
import { Dialog } from '../../components/dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { DefinitionEditor } from './definition-editor.tsx';
import { ImpactView } from './impact-view.tsx';

interface PolicyEditorProps {
  /** What is changed, or what a new one begins as a copy of. */
  readonly policy: Policy | undefined;
  readonly isNew: boolean;
  readonly onClose: () => void;
}

/** What a new policy begins with where there is none to copy: nothing but names of hosts. */
const first: PolicyDefinition = {
  subject: { mode: 'any' },
  subjectAltNames: { mode: 'rules', rules: [{ type: 'dns' }] },
  allowWildcards: false,
  keyUsages: { allowed: [], required: ['digitalSignature'] },
  extendedKeyUsages: { allowed: [], required: ['serverAuth'] },
  keyAlgorithms: ['ecdsa-p256'],
  maxValidity: 'P90D',
  isCa: false,
};

const stale = [
  'policies.list',
  'policies.versions',
  'policies.impact',
  'policies.test',
  'audit.list',
] as const;

export function PolicyEditor({ policy, isNew, onClose }: PolicyEditorProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(isNew ? '' : (policy?.name ?? ''));
  const [slug, setSlug] = useState('');
  const [definition, setDefinition] = useState(policy?.definition ?? first);
  const [isLooking, setLooking] = useState(false);
  const create = useAction('policies.create', stale);
  const update = useAction('policies.update', stale);
  const action = isNew ? create : update;
  const problem = formProblem(action.error, ['slug', 'name']);
  const isOther = JSON.stringify(definition) !== JSON.stringify(policy?.definition);
  const save = () => {
    const realm = policy && { realm: policy.realm };
    if (isNew)
      create.mutate(
        { slug, ...(name.trim() && { name: name.trim() }), ...realm, definition },
        { onSuccess: onClose },
      );
    else if (policy) {
      const changed = { name: name.trim() || policy.name, ...(isOther && { definition }) };
      update.mutate({ id: policy.id, expectedVersion: policy.version, ...changed }, { onSuccess: onClose });
    }
  };
  return (
    <Dialog
      onClose={onClose}
      size={960}
      closeOnClickOutside={false}
      title={isNew ? t('ruling.newPolicy') : isLooking ? t('ruling.impact') : t('ruling.editPolicy')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isNew || isLooking || !isOther) save();
          else setLooking(true);
        }}
      >
        <Stack>
          <ProblemNotice error={action.error} shownAtFields={problem.shown} />
          {isLooking && policy ? (
            <ImpactView id={policy.id} definition={definition} />
          ) : (
            <>
              <Group grow align="flex-start">
                {isNew && (
                  <TextInput
                    label={t('field.slug')}
                    required
                    data-autofocus
                    description={policy && t('ruling.copyOf', { name: policy.name })}
                    pattern="[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?"
                    value={slug}
                    onChange={(event) => setSlug(event.currentTarget.value)}
                    error={problem.errors.slug}
                  />
                )}
                <TextInput
                  label={t('field.name')}
                  description={isNew && policy ? '\u00a0' : undefined}
                  maxLength={120}
                  value={name}
                  onChange={(event) => setName(event.currentTarget.value)}
                  error={problem.errors.name}
                />
              </Group>
              <DefinitionEditor definition={definition} onChange={setDefinition} />
            </>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={isLooking ? () => setLooking(false) : onClose}>
              {t(isLooking ? 'action.back' : 'action.cancel')}
            </Button>
            <Button type="submit" loading={action.isPending}>
              {isLooking && policy
                ? t('ruling.saved', { version: policy.version + 1 })
                : t(!isNew && isOther ? 'ruling.next' : 'action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
