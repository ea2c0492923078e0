/** Certifies a key from elsewhere: an authority below this one from its request, or another one across. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Authority } from '../../../shared/operations/authorities.ts';
import type { CertifiedAuthority } from '../../../shared/operations/authority-lifecycle.ts';
import { useAction } from '../../client/queries.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { Moment } from '../../components/moment.tsx';
import { PemBlock } from '../../components/pem-block.tsx';
import { PemField } from '../../components/pem-field.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { saveText } from '../../components/save-file.ts';
import { changedByAuthorities } from './changed-by-authorities.ts';
import { ContentFields } from './content-fields.tsx';
import { contentFields, emptyContent, readContent } from './content-form.ts';

interface CertifyDialogProps {
  readonly authority: Authority;
  readonly kind: 'intermediate' | 'cross';
  readonly onClose: () => void;
}

export function CertifyDialog({ authority, kind, onClose }: CertifyDialogProps) {
  const { t } = useTranslation();
  const { name, slug } = authority;
  const intermediate = useAction('authorities.issue-intermediate', changedByAuthorities);
  const cross = useAction('authorities.cross-certify', changedByAuthorities);
  const running = kind === 'cross' ? cross : intermediate;
  const [pem, setPem] = useState('');
  const [validity, setValidity] = useState('');
  const [values, setValues] = useState(emptyContent);
  const { content, unreadable } = readContent(values);
  const fields = ['csr', 'certificate', 'validity', ...contentFields];
  const problem = running.error === null ? undefined : formProblem(running.error, fields);
  const errors = problem?.errors ?? {};
  const submit = (): void => {
    const given = { ...content, id: slug, ...(validity.trim() !== '' && { validity: validity.trim() }) };
    if (kind === 'intermediate') intermediate.mutate({ ...given, csr: pem });
    else cross.mutate({ ...given, ...(pem.includes('REQUEST') ? { csr: pem } : { certificate: pem }) });
  };
  return (
    <Dialog onClose={onClose} size="lg" title={t(`lifecycle.${kind}Title`, { name })}>
      {running.data === undefined ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Stack>
            <Text size="sm" c="dimmed">
              {t(`lifecycle.${kind}Text`, { name })}
            </Text>
            <ProblemNotice error={running.error} shownAtFields={problem?.shown ?? []} />
            <PemField
              label={t(kind === 'cross' ? 'lifecycle.crossOf' : 'lifecycle.request')}
              placeholder={`-----BEGIN CERTIFICATE${kind === 'cross' ? '' : ' REQUEST'}-----`}
              derLabel={kind === 'cross' ? 'CERTIFICATE' : 'CERTIFICATE REQUEST'}
              accept=".pem,.csr,.p10,.crt,.cer,.der"
              rows={5}
              value={pem}
              onChange={setPem}
              error={errors.csr ?? errors.certificate}
              required
            />
            <TextInput
              label={t('field.validity')}
              placeholder="5y"
              maxLength={20}
              value={validity}
              onChange={({ currentTarget }) => setValidity(currentTarget.value)}
              error={errors.validity}
            />
            <ContentFields values={values} onChange={setValues} unreadable={unreadable} errors={errors} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('action.cancel')}
              </Button>
              <Button
                type="submit"
                loading={running.isPending}
                disabled={pem.trim() === '' || Object.keys(unreadable).length > 0}
              >
                {t(`lifecycle.${kind}`)}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Certified certified={running.data} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Certified({
  certified,
  onClose,
}: {
  readonly certified: CertifiedAuthority;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const chain = [certified.certificate, ...certified.chain].join('\n');
  const fileName = `${certified.serialNumber.toLowerCase()}.chain.pem`;
  return (
    <Stack>
      <Text>
        {t('lifecycle.certified')} {t('lifecycle.certifiedText')}
      </Text>
      <FieldList
        fields={[
          { label: t('field.subject'), value: certified.subject },
          { label: t('field.serialNumber'), value: certified.serialNumber, mono: true },
          { label: t('field.notAfter'), value: <Moment at={certified.notAfter} show="exact" /> },
        ]}
      />
      <PemBlock title={t('lifecycle.saveChain')} text={chain} />
      <Group justify="flex-end" gap="xs">
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          onClick={() => saveText(chain, fileName)}
        >
          {t('action.download')}
        </Button>
        <Button onClick={onClose}>{t('action.done')}</Button>
      </Group>
    </Stack>
  );
}
