/** While it is not known yet what comes first. */
import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LogoMark } from '../../components/logo.tsx';
import styles from './entry.module.css';

export function Splash() {
  const { t } = useTranslation();
  return (
    <main className={styles.ground} aria-busy="true">
      <div style={{ display: 'grid', justifyItems: 'center', gap: 18 }}>
        <LogoMark size={48} />
        <Loader size="sm" type="dots" aria-label={t('table.loading')} />
      </div>
    </main>
  );
}
