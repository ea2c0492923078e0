/** An authority at a glance: its key, how long it lasts, its CRL, what it has issued. */
import { Text } from '@mantine/core';
import { IconBuildingBank, IconShieldCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Authority } from '../../../shared/operations/authorities.ts';
import { Badge } from '../../components/badge.tsx';
import { Moment } from '../../components/moment.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import styles from './authorities.module.css';
import { AuthorityActions } from './authority-actions.tsx';
import { ownRealm } from './authority-tree.ts';

export function AuthorityCard({ authority }: { readonly authority: Authority }) {
  const { t, i18n } = useTranslation();
  const Mark = authority.kind === 'root' ? IconBuildingBank : IconShieldCheck;
  const count = new Intl.NumberFormat(i18n.language).format(authority.certificateCount);
  return (
    <article className={styles.card} aria-label={authority.name}>
      <div className={styles.head}>
        <span className={styles.mark}>
          <Mark size={20} stroke={1.7} aria-hidden="true" />
        </span>
        <div className={styles.words}>
          <Link to="/authorities/$slug" params={{ slug: authority.slug }} className={styles.name}>
            {authority.name}
          </Link>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t(`kind.${authority.kind}`)} · {authority.subject}
          </Text>
        </div>
        {authority.realm === ownRealm ? <Badge tone="quiet">{t('authorities.own')}</Badge> : null}
        <StatusBadge status={authority.status} />
        <AuthorityActions authority={authority} compact />
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>{t('field.keyAlgorithm')}</dt>
          <dd>{t(`algorithm.${authority.keyAlgorithm}`)}</dd>
        </div>
        <div>
          <dt>{t('field.notAfter')}</dt>
          <dd>
            <Moment at={authority.notAfter} show="date" />
          </dd>
        </div>
        <div>
          <dt>{t('field.crl')}</dt>
          <dd>
            {authority.crl === null ? (
              '–'
            ) : (
              <>
                {t('authorities.crlNumber', { number: authority.crl.number })} · {t('authorities.next')}{' '}
                <Moment at={authority.crl.nextUpdate} show="distance" />
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('screen.certificates')}</dt>
          <dd>
            <Link
              to="/certificates"
              search={{ authority: authority.slug }}
              style={{ color: 'var(--ch-accent)' }}
            >
              {t('authorities.issuedCount', { count: authority.certificateCount, formatted: count })}
            </Link>
          </dd>
        </div>
      </dl>
    </article>
  );
}
