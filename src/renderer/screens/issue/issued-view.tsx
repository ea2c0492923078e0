/** What was issued; a key that was generated here is in this view and, where it is not kept, nowhere else. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconDownload, IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { IssuedCertificate } from '../../../shared/operations/issued-certificate.ts';
import { FieldList } from '../../components/field-list.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { PemBlock } from '../../components/pem-block.tsx';
import { saveText } from '../../components/save-file.ts';

interface IssuedViewProps {
  readonly issued: IssuedCertificate;
  readonly onClose: () => void;
  /** Leads back to the form; without it there is no such button. */
  readonly onAgain?: () => void;
}

function SaveButton({ text, fileName }: { readonly text: string; readonly fileName: string }) {
  const { t } = useTranslation();
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconDownload size={15} />}
      onClick={() => saveText(text, fileName)}
    >
      {t('action.download')}
    </Button>
  );
}

export function IssuedView({ issued, onClose, onAgain }: IssuedViewProps) {
  const { t } = useTranslation();
  const base = issued.serialNumber.toLowerCase();
  const chain = issued.chain.join('\n');
  return (
    <Stack>
      <Group gap="sm" wrap="nowrap">
        <IconCircleCheck size={28} color="var(--ch-good)" aria-hidden="true" />
        <Text size="md">{t('issue.doneText')}</Text>
      </Group>
      {issued.warnings === undefined ? null : (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle />} title={t('issue.warnings')}>
          {issued.warnings.map(({ rule, message }) => (
            <Text key={rule} size="sm">
              {message}
            </Text>
          ))}
        </Alert>
      )}
      {issued.privateKey === undefined ? null : (
        <>
          <Alert color="yellow" variant="light" icon={<IconKey />} title={t('issue.keyOnce')}>
            {t('issue.keyOnceText')}
          </Alert>
          <PemBlock
            title={t('field.privateKey')}
            text={issued.privateKey}
            actions={<SaveButton text={issued.privateKey} fileName={`${base}.key.pem`} />}
          />
        </>
      )}
      <FieldList
        fields={[
          {
            label: t('field.serialNumber'),
            value: issued.serialNumber,
            copy: issued.serialNumber,
            mono: true,
          },
          { label: t('field.notAfter'), value: <Moment at={issued.notAfter} /> },
        ]}
      />
      <PemBlock
        title={t('certificates.one')}
        text={issued.certificate}
        actions={<SaveButton text={issued.certificate} fileName={`${base}.pem`} />}
      />
      {chain === '' ? null : (
        <PemBlock
          title={t('certificates.chainPem')}
          text={chain}
          actions={<SaveButton text={chain} fileName={`${base}.chain.pem`} />}
        />
      )}
      <Group justify="space-between" gap="xs">
        {onAgain === undefined ? (
          <span />
        ) : (
          <Button variant="subtle" onClick={onAgain}>
            {t('issue.again')}
          </Button>
        )}
        <Group gap="xs">
          <ButtonLink variant="default" to="/certificates/$id" params={{ id: issued.id }} onClick={onClose}>
            {t('issue.open')}
          </ButtonLink>
          <Button onClick={onClose}>{t('action.done')}</Button>
        </Group>
      </Group>
    </Stack>
  );
}
