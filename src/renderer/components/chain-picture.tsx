/** The chain as a picture, from the certificate up to the root, with what breaks it at the link that breaks. */
import { Text } from '@mantine/core';
import {
  type Icon,
  IconBan,
  IconBuildingBank,
  IconCertificate,
  IconCircleCheck,
  IconClockPause,
  IconHelpCircle,
  IconShieldCheck,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Verification } from '../../shared/operations/inspect.ts';
import { Badge, type Tone } from './badge.tsx';
import styles from './chain-picture.module.css';
import { keyName } from './key-name.ts';
import { formatDate } from './time.ts';

type ChainLink = Verification['path'][number];

const looks: Record<ChainLink['revocation'], readonly [Tone, Icon]> = {
  good: ['good', IconCircleCheck],
  anchor: ['good', IconShieldCheck],
  revoked: ['bad', IconBan],
  held: ['warn', IconClockPause],
  unknown: ['quiet', IconHelpCircle],
};

export function ChainPicture({ path, failures }: Pick<Verification, 'path' | 'failures'>) {
  const { t } = useTranslation();
  return (
    <ol className={styles.chain} aria-label={t('certificates.tab.chain')}>
      {path.map((link, index) => {
        const broken = failures.filter(({ certificateIndex }) => certificateIndex === index);
        return (
          <li
            key={link.sha256Fingerprint}
            className={`${styles.link} ${index === 0 ? styles.first : ''} ${broken.length > 0 ? styles.broken : ''}`}
          >
            <LinkWords link={link} isFirst={index === 0} />
            {broken.map(({ rule, message, section }) => (
              <Text key={`${rule} ${message}`} size="sm" c="var(--ch-bad)" className={styles.reason}>
                {message}{' '}
                <Text span size="xs" c="dimmed">
                  <span className="mono">{rule}</span> · {section}
                </Text>
              </Text>
            ))}
          </li>
        );
      })}
    </ol>
  );
}

function LinkWords({ link, isFirst }: { readonly link: ChainLink; readonly isFirst: boolean }) {
  const { t, i18n } = useTranslation();
  const { subject, issuer, authority, revocation, crl, keyAlgorithm } = link;
  const isRoot = subject === issuer;
  const Mark = isRoot ? IconBuildingBank : isFirst ? IconCertificate : IconShieldCheck;
  const [tone, icon] = looks[revocation];
  const name = subject === '' ? t('inspect.noSubject') : commonNameOf(subject);
  const date = (at: string) => formatDate(at, i18n.language);
  return (
    <div className={styles.inner}>
      <span className={styles.mark}>
        <Mark size={20} stroke={1.7} aria-hidden="true" />
      </span>
      <div className={styles.words}>
        <Text fw={570} size="md" title={subject}>
          {authority === null ? (
            name
          ) : (
            <Link to="/authorities/$slug" params={{ slug: authority }}>
              {name}
            </Link>
          )}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          {t('chain.valid_range', { from: date(link.notBefore), until: date(link.notAfter) })} ·{' '}
          {keyName(keyAlgorithm, t)}
          {crl === null
            ? null
            : ` · ${
                crl.isCurrent
                  ? t('chain.crl', { number: crl.number, next: date(crl.nextUpdate) })
                  : t('chain.crlLapsed', { number: crl.number })
              }`}
        </Text>
      </div>
      <Badge tone={tone} icon={icon}>
        {t(`chain.revocation.${revocation}`)}
      </Badge>
    </div>
  );
}

/** The common name in a name of RFC 4514, or all of it. */
function commonNameOf(subject: string): string {
  return /(?:^|[,+])CN=((?:\\.|[^,+])+)/.exec(subject)?.[1] ?? subject;
}
