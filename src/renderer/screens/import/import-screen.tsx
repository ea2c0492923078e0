/** Certificates from elsewhere: files and folders dropped here come in to be watched over. */
import {
  Button,
  Checkbox,
  Group,
  PasswordInput,
  Progress,
  Select,
  SimpleGrid,
  Stack,
  Text,
} from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFileImport, IconFilesFilled, IconFolder } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOperation } from '../../client/queries.ts';
import { BackLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { ImportSummaryView } from './import-summary-view.tsx';
import { useImport } from './use-import.ts';

export function ImportScreen() {
  const { t } = useTranslation();
  const realms = useOperation('realms.list', { limit: 200 });
  const names = realms.data?.items.filter(({ slug }) => slug !== 'system') ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [dryRun, setDryRun] = useState(false);
  const picker = useRef<() => void>(null);
  const folderPicker = useRef<HTMLInputElement>(null);
  const { start, stop, state } = useImport();
  const realm = chosen ?? names[0]?.slug;
  const take = (files: readonly File[]): void => {
    if (realm === undefined || files.length === 0) return;
    void start(files, { realm, dryRun, ...(passphrase === '' ? {} : { passphrase }) });
  };
  const isRunning = state.phase === 'running';
  const isClosed = isRunning || realm === undefined;
  return (
    <Page
      title={t('importing.title')}
      description={t('importing.text')}
      above={<BackLink to="/certificates">{t('screen.certificates')}</BackLink>}
    >
      <Stack gap="lg" maw={860}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select
            label={t('field.realm')}
            data={names.map(({ slug, name }) => ({ value: slug, label: name }))}
            value={realm ?? null}
            onChange={setChosen}
            disabled={isRunning}
          />
          <PasswordInput
            label={t('importing.passphrase')}
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': t('action.showPassword') }}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            disabled={isRunning}
          />
        </SimpleGrid>
        <Checkbox
          label={t('importing.dryRun')}
          checked={dryRun}
          onChange={(event) => setDryRun(event.currentTarget.checked)}
          disabled={isRunning}
        />
        <Dropzone
          onDrop={take}
          disabled={isClosed}
          activateOnClick={false}
          activateOnKeyboard={false}
          enablePointerEvents
          openRef={picker}
          inputProps={{ 'aria-label': t('importing.drop') }}
        >
          <Stack align="center" gap="sm" py="xl">
            <IconFileImport size={36} stroke={1.4} aria-hidden="true" />
            <Text fw={570}>{t('importing.drop')}</Text>
            <Text size="sm" c="dimmed" ta="center" maw={460}>
              {t('importing.forms')}
            </Text>
            <Group gap="xs" justify="center">
              <Button
                variant="default"
                size="xs"
                leftSection={<IconFilesFilled size={15} />}
                onClick={() => picker.current?.()}
                disabled={isClosed}
              >
                {t('importing.chooseFiles')}
              </Button>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconFolder size={15} />}
                onClick={() => folderPicker.current?.click()}
                disabled={isClosed}
              >
                {t('importing.chooseFolder')}
              </Button>
            </Group>
          </Stack>
        </Dropzone>
        <input
          type="file"
          hidden
          multiple
          aria-label={t('importing.chooseFolder')}
          ref={(input) => {
            folderPicker.current = input;
            // React knows no property for it.
            input?.setAttribute('webkitdirectory', '');
          }}
          onChange={(event) => {
            take([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
        {isRunning ? (
          <div>
            <Group justify="space-between" mb={6}>
              <Text size="sm" aria-live="polite">
                {t('importing.progress', {
                  done: state.done,
                  total: state.total,
                  imported: state.summary.imported,
                })}
              </Text>
              <Button size="compact-sm" variant="subtle" onClick={stop}>
                {t('importing.stop')}
              </Button>
            </Group>
            <Progress
              value={(100 * state.done) / Math.max(1, state.total)}
              aria-label={t('importing.title')}
            />
          </div>
        ) : null}
        {state.phase === 'failed' ? <ProblemNotice error={state.error} /> : null}
        {state.phase === 'done' || state.phase === 'failed' ? (
          <ImportSummaryView summary={state.summary} files={state.done} />
        ) : null}
      </Stack>
    </Page>
  );
}
