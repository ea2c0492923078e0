/** The import form in a dialog of the authorities screen. */
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../components/dialog.tsx';
import { ImportAuthorityForm } from './import-authority-form.tsx';

export function ImportAuthorityDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog onClose={onClose} size="lg" title={t('authorities.import')}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('authorities.importText')}
        </Text>
        <ImportAuthorityForm onDone={onClose} onCancel={onClose} cancelLabel={t('action.cancel')} />
      </Stack>
    </Dialog>
  );
}
