/** The import form in a dialog of the authorities screen. */
import { Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ImportAuthorityForm } from './import-authority-form.tsx';

export function ImportAuthorityDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('authorities.import')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('authorities.importText')}
        </Text>
        <ImportAuthorityForm onDone={onClose} onCancel={onClose} cancelLabel={t('action.cancel')} />
      </Stack>
    </Modal>
  );
}
