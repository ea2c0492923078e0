/** One certificate that waits, with what a person needs to decide. */
import { Button, Group, SimpleGrid, Text, Title } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PendingCertificate } from '../../../shared/operations/pending.ts';
import { FieldList } from '../../components/field-list.tsx';
import { colonHex } from '../../components/hex.ts';
import { keyName } from '../../components/key-name.ts';
import { Moment } from '../../components/moment.tsx';
import { CompareFingerprint } from './compare-fingerprint.tsx';
import styles from './pending.module.css';

interface PendingCardProps {
  readonly pending: PendingCertificate;
  readonly mayDecide: boolean;
  readonly onAccept: () => void;
  readonly onReject: () => void;
}

export function PendingCard({ pending, mayDecide, onAccept, onReject }: PendingCardProps) {
  const { t } = useTranslation();
  const name = pending.commonName || pending.subject;
  const fingerprint = colonHex(pending.sha256Fingerprint);
  const names = pending.subjectAltNames.map(({ type, value }) => `${type}: ${value}`).join(', ');
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <div style={{ minWidth: 0 }}>
          <Title order={2} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Title>
          <Text size="sm" c="dimmed" component="div">
            {t('pending.from', { source: pending.source })} ·{' '}
            <Moment at={pending.lastSeenAt} show="distance" />
            {pending.attempts > 1 ? ` · ${t('pending.attempts', { count: pending.attempts })}` : null}
          </Text>
        </div>
        {mayDecide ? (
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconX size={16} />}
              aria-label={t('pending.rejectWhat', { name })}
              onClick={onReject}
            >
              {t('pending.reject')}
            </Button>
            <Button
              leftSection={<IconCheck size={16} />}
              aria-label={t('pending.acceptWhat', { name })}
              onClick={onAccept}
            >
              {t('pending.accept')}
            </Button>
          </Group>
        ) : null}
      </div>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl" verticalSpacing={0}>
        <FieldList
          fields={[
            { label: t('field.subject'), value: pending.subject },
            { label: t('field.subjectAltNames'), value: names === '' ? '–' : names },
            { label: t('field.issuer'), value: pending.issuer },
          ]}
        />
        <FieldList
          fields={[
            { label: t('field.keyAlgorithm'), value: keyName(pending.keyAlgorithm, t) },
            {
              label: t('field.extendedKeyUsages'),
              value: pending.extendedKeyUsages.length === 0 ? '–' : pending.extendedKeyUsages.join(', '),
            },
            {
              label: t('field.validity'),
              value: (
                <>
                  <Moment at={pending.notBefore} show="date" /> – <Moment at={pending.notAfter} show="date" />
                </>
              ),
            },
          ]}
        />
      </SimpleGrid>
      <div className={styles.below}>
        <FieldList
          fields={[
            {
              label: t('field.serialNumber'),
              value: pending.serialNumber,
              copy: pending.serialNumber,
              mono: true,
            },
            { label: t('field.sha256'), value: fingerprint, copy: fingerprint, mono: true },
          ]}
        />
      </div>
      <CompareFingerprint expected={pending.sha256Fingerprint} />
    </li>
  );
}
