/** What a request asks for. */
import { Card, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RequestDetail } from '../../../shared/operations/requests.ts';
import { AltNames } from '../../components/alt-names.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { keyName } from '../../components/key-name.ts';
import { Moment } from '../../components/moment.tsx';

export function AskedCard({ request }: { readonly request: RequestDetail }) {
  const { t } = useTranslation();
  const { asked } = request;
  const attributes = Object.entries(asked.subject) as [keyof typeof asked.subject, string | string[]][];
  const metadata = Object.entries(asked.metadata ?? {});
  const key = keyName(asked.keyAlgorithm, t);
  return (
    <Card>
      <Title order={2} mb={4}>
        {t('requests.asked')}
      </Title>
      <FieldList
        fields={[
          ...attributes.map(([attribute, value]) => ({
            label: t(`requests.fields.${attribute}`),
            value: [value].flat().join('.'),
          })),
          {
            label: t('requests.fields.subjectAltNames'),
            value: <AltNames names={asked.subjectAltNames} />,
          },
          { label: t('requests.fields.keyUsages'), value: asked.keyUsages.join(', ') || '–' },
          { label: t('requests.fields.extendedKeyUsages'), value: asked.extendedKeyUsages.join(', ') || '–' },
          {
            label: t('requests.fields.keyAlgorithm'),
            value: asked.keyGeneratedHere ? `${key}, ${t('requests.keyHere')}` : key,
          },
          // How long is for the authority outside to say.
          request.kind === 'external'
            ? undefined
            : { label: t('requests.fields.validity'), value: asked.validity },
          ...metadata.map(([name, value]) => ({ label: name, value })),
          { label: t('field.profile'), value: request.profile ?? '–' },
          { label: t('requests.requestedBy'), value: request.requestedBy },
          { label: t('requests.requestedAt'), value: <Moment at={request.createdAt} /> },
          request.decidedAt === null
            ? { label: t('requests.expires'), value: <Moment at={request.expiresAt} /> }
            : { label: t('requests.decided'), value: <Moment at={request.decidedAt} /> },
          {
            label: t('requests.publicKey'),
            value: asked.publicKeyFingerprint,
            copy: asked.publicKeyFingerprint,
            mono: true,
          },
          { label: t('requests.hash'), value: request.askedHash, copy: request.askedHash, mono: true },
        ]}
      />
    </Card>
  );
}
