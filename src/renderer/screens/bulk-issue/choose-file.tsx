/** Takes the CSV file: dropped here, or chosen. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconDownload, IconFileSpreadsheet, IconTable } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { bulkLimits } from '../../../shared/operations/certificates-bulk.ts';
import { saveText } from '../../components/save-file.ts';
import { exampleFile } from './device-file.ts';

export function ChooseFile({ onFile }: { readonly onFile: (file: File) => void }) {
  const { t, i18n } = useTranslation();
  const picker = useRef<() => void>(null);
  const rows = new Intl.NumberFormat(i18n.language).format(bulkLimits.rows);
  return (
    <Dropzone
      onDrop={([file]) => file && onFile(file)}
      multiple={false}
      activateOnClick={false}
      activateOnKeyboard={false}
      enablePointerEvents
      openRef={picker}
      inputProps={{ 'aria-label': t('bulk.drop') }}
    >
      <Stack align="center" gap="sm" py="xl">
        <IconTable size={36} stroke={1.4} aria-hidden="true" />
        <Text fw={570}>{t('bulk.drop')}</Text>
        <Text size="sm" c="dimmed" ta="center" maw={460}>
          {t('bulk.dropText', { rows })}
        </Text>
        <Group gap="xs" justify="center">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFileSpreadsheet size={15} />}
            onClick={() => picker.current?.()}
          >
            {t('bulk.choose')}
          </Button>
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconDownload size={15} />}
            onClick={() => saveText(exampleFile, 'devices.csv', 'text/csv')}
          >
            {t('bulk.example')}
          </Button>
        </Group>
      </Stack>
    </Dropzone>
  );
}
