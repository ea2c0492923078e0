/** Takes over an authority with its key: a PKCS#12 file, or a PEM certificate and its key. */
import {
  Button,
  Group,
  PasswordInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { useForm } from '@mantine/form';
import { IconFileCheck, IconFileImport } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../client/queries.ts';
import { formProblem } from '../../components/form-problem.ts';
import { PemField } from '../../components/pem-field.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { base64Of } from '../../components/read-as-pem.ts';
import { slugOf } from './slug-of.ts';

interface ImportAuthorityFormProps {
  readonly onDone: () => void;
  readonly onCancel: () => void;
  readonly cancelLabel: string;
}

const fields = ['slug', 'name', 'certificate', 'privateKey', 'pkcs12', 'passphrase'];
const largestBytes = 290_000;

export function ImportAuthorityForm({ onDone, onCancel, cancelLabel }: ImportAuthorityFormProps) {
  const { t } = useTranslation();
  const bring = useAction('authorities.import', ['authorities.list', 'system.overview', 'audit.list']);
  const picker = useRef<() => void>(null);
  const [kind, setKind] = useState<'pkcs12' | 'pem'>('pkcs12');
  const [file, setFile] = useState<{ readonly name: string; readonly base64: string } | null>(null);
  const form = useForm({ initialValues: { name: '', certificate: '', privateKey: '', passphrase: '' } });
  const problem = bring.error === null ? undefined : formProblem(bring.error, fields, { slug: 'name' });
  const errors = problem?.errors ?? {};
  const { name, certificate, privateKey, passphrase } = form.values;
  const isReady = kind === 'pkcs12' ? file !== null : certificate.trim() !== '' && privateKey.trim() !== '';
  const submit = (): void => {
    bring.mutate(
      {
        slug: slugOf(name),
        name: name.trim(),
        ...(kind === 'pkcs12' ? { pkcs12: file?.base64 } : { certificate, privateKey }),
        ...(passphrase === '' ? {} : { passphrase }),
      },
      { onSuccess: onDone },
    );
  };
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack>
        <ProblemNotice error={bring.error} shownAtFields={problem?.shown ?? []} />
        <SegmentedControl
          value={kind}
          aria-label={t('authorities.importKind')}
          onChange={(value) => setKind(value as typeof kind)}
          data={[
            { value: 'pkcs12', label: 'PKCS#12 (.p12, .pfx)' },
            { value: 'pem', label: 'PEM' },
          ]}
        />
        {kind === 'pkcs12' ? (
          <div>
            <Dropzone
              multiple={false}
              maxSize={largestBytes}
              activateOnClick={false}
              activateOnKeyboard={false}
              enablePointerEvents
              openRef={picker}
              inputProps={{ 'aria-label': t('authorities.dropPkcs12') }}
              onDrop={([dropped]) => {
                if (dropped === undefined) return;
                void dropped
                  .arrayBuffer()
                  .then((bytes) => setFile({ name: dropped.name, base64: base64Of(new Uint8Array(bytes)) }));
              }}
            >
              <Group justify="center" gap="sm" mih={88}>
                {file === null ? (
                  <IconFileImport size={24} />
                ) : (
                  <IconFileCheck size={24} color="var(--ch-good)" />
                )}
                <Text size="sm">{file === null ? t('authorities.dropPkcs12') : file.name}</Text>
                <Button size="xs" variant="default" onClick={() => picker.current?.()}>
                  {t('file.choose')}
                </Button>
              </Group>
            </Dropzone>
            {errors.pkcs12 === undefined ? null : (
              <Text size="xs" c="var(--mantine-color-error)" mt={4}>
                {errors.pkcs12}
              </Text>
            )}
          </div>
        ) : (
          <>
            <PemField
              label={t('authorities.certificateAndChain')}
              placeholder="-----BEGIN CERTIFICATE-----"
              derLabel="CERTIFICATE"
              accept=".pem,.crt,.cer,.der"
              rows={4}
              value={certificate}
              onChange={(text) => form.setFieldValue('certificate', text)}
              error={errors.certificate}
              required
            />
            <PemField
              label={t('field.privateKey')}
              placeholder="-----BEGIN PRIVATE KEY-----"
              derLabel="PRIVATE KEY"
              accept=".pem,.key,.der,.p8"
              rows={4}
              value={privateKey}
              onChange={(text) => form.setFieldValue('privateKey', text)}
              error={errors.privateKey}
              required
            />
          </>
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('field.name')}
            placeholder="Example Issuing CA"
            required
            maxLength={120}
            {...form.getInputProps('name')}
            error={errors.name}
          />
          <PasswordInput
            label={t('field.passphrase')}
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': t('action.showPassword') }}
            {...form.getInputProps('passphrase')}
            error={errors.passphrase}
          />
        </SimpleGrid>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {cancelLabel}
          </Button>
          <Button type="submit" disabled={!isReady || slugOf(name) === ''} loading={bring.isPending}>
            {t('authorities.importSubmit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
