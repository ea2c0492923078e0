/** The extensions of a certificate, RFC 5280 section 4.2. */
import { Card, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CertificateDetail } from '../../../shared/model/certificate.ts';
import { Badge } from '../../components/badge.tsx';
import styles from './extension-list.module.css';

const hexadecimal = /^[0-9A-F]{16,}$/;

export function ExtensionList({ extensions }: Pick<CertificateDetail, 'extensions'>) {
  const { t } = useTranslation();
  if (extensions.length === 0) return <Text c="dimmed">{t('certificates.noExtensions')}</Text>;
  return (
    <Card padding={0}>
      <ul className={styles.list}>
        {extensions.map(({ oid, name, critical, summary }) => (
          <li key={oid}>
            <div>
              <Group gap={8}>
                <Text fw={570} size="sm">
                  {name}
                </Text>
                {critical ? <Badge tone="info">{t('certificates.critical')}</Badge> : null}
              </Group>
              <Text size="xs" c="dimmed" className="mono">
                {oid}
              </Text>
            </div>
            <Text
              size="sm"
              {...(hexadecimal.test(summary) ? { className: 'mono' } : {})}
              style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
            >
              {summary}
            </Text>
          </li>
        ))}
      </ul>
    </Card>
  );
}
