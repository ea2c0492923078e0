/** The chain as a picture, from the root down to the certificate. */
import { Text } from '@mantine/core';
import { IconBuildingBank, IconCertificate, IconShieldCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CertificateDetail } from '../../shared/model/certificate.ts';
import styles from './chain-picture.module.css';
import { keyName } from './key-name.ts';
import { Moment } from './moment.tsx';
import { StatusBadge } from './status-badge.tsx';

/** `links` begin with the certificate, as the service tells them; the picture begins with the root. */
export function ChainPicture({ links }: Pick<CertificateDetail, 'links'>) {
  const { t } = useTranslation();
  const fromRoot = links.toReversed();
  return (
    <ol className={styles.chain} aria-label={t('certificates.tab.chain')}>
      {fromRoot.map((link, index) => {
        const isLeaf = index === fromRoot.length - 1;
        const Mark = isLeaf ? IconCertificate : index === 0 ? IconBuildingBank : IconShieldCheck;
        const role = isLeaf ? t('certificates.one') : index === 0 ? t('kind.root') : t('kind.intermediate');
        const name = link.commonName || link.subject;
        return (
          <li
            key={`${link.subject} ${link.notAfter}`}
            className={`${styles.link} ${isLeaf ? styles.last : ''}`}
          >
            <span className={styles.mark}>
              <Mark size={20} stroke={1.7} aria-hidden="true" />
            </span>
            <div className={styles.words}>
              <Text fw={570} size="md">
                {link.authority === null || isLeaf ? (
                  name
                ) : (
                  <Link to="/authorities/$slug" params={{ slug: link.authority }}>
                    {name}
                  </Link>
                )}
              </Text>
              <Text size="xs" c="dimmed" component="div">
                {role} · {keyName(link.keyAlgorithm, t)} · {t('certificates.until')}{' '}
                <Moment at={link.notAfter} show="date" />
              </Text>
            </div>
            <StatusBadge status={link.status} />
          </li>
        );
      })}
    </ol>
  );
}
