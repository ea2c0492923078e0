/** The extensions of a certificate, RFC 5280 section 4.2. */
import { Card, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CertificateDetail } from '../../../shared/model/certificate.ts';
import { Badge } from '../../components/badge.tsx';
import styles from './extension-list.module.css';

export function ExtensionList({ extensions }: Pick<CertificateDetail, 'extensions'>) {
  const { t } = useTranslation();
  if (extensions.length === 0) return <Text c="dimmed">{t('certificates.noExtensions')}</Text>;
  return (
    <Card padding={0}>
      <ul className={styles.list}>
        {extensions.map(({ oid, name, critical, summary }) => (
          <li key={oid}>
            <div>
              <Text fw={570} size="sm">
                {name}
              </Text>
              <Text size="xs" c="dimmed" className="mono">
                {oid}
              </Text>
              {critical ? (
                <Badge tone="warn" icon={IconAlertTriangle}>
                  {t('certificates.critical')}
                </Badge>
              ) : null}
            </div>
            <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {summary}
            </Text>
          </li>
        ))}
      </ul>
    </Card>
  );
}
