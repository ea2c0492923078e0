/** Nothing can be issued before a profile exists; the quick start makes some. */
import { Button } from '@mantine/core';
import { IconClipboardList } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { QuickstartButton } from '../../components/quickstart-button.tsx';

export function NoProfile({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={IconClipboardList}
      title={t('issue.noProfile')}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {t('action.close')}
          </Button>
          <QuickstartButton />
        </>
      }
    >
      {t('issue.noProfileText')}
    </EmptyState>
  );
}
