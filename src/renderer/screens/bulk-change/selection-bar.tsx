/** What is chosen in the list of certificates, and what can be done with all of it. */
import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconBan, IconDownload, IconRefresh, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/permissions.ts';
import type { RowSelection } from '../../components/row-selection.ts';
import { BulkRenewDialog } from './bulk-renew-dialog.tsx';
import { BulkRevokeDialog } from './bulk-revoke-dialog.tsx';
import styles from './selection-bar.module.css';
import type { BulkChoice } from './use-preview.ts';

interface SelectionBarProps {
  readonly selection: RowSelection;
  readonly loaded: number;
  readonly total: number;
  /** The total stops counting somewhere; behind it there are more. */
  readonly totalIsCapped: boolean;
  /** What the list is narrowed by; undefined where by nothing: all of a realm is never meant by leaving it away. */
  readonly filters: BulkChoice | undefined;
  readonly onExport: () => void;
}

export function SelectionBar({ selection, loaded, total, totalIsCapped, ...props }: SelectionBarProps) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  // What is done keeps what was chosen when it began, also after the choice is undone.
  const [doing, setDoing] = useState<{
    readonly what: 'revoke' | 'renew';
    readonly choice: BulkChoice;
    readonly count: number;
  } | null>(null);
  const { ids, isAllMatching } = selection;
  const count = isAllMatching ? total : ids.size;
  const formatted = (number: number): string =>
    `${new Intl.NumberFormat(i18n.language).format(number)}${totalIsCapped && number === total ? '+' : ''}`;
  const begin = (what: 'revoke' | 'renew'): void =>
    setDoing({ what, count, choice: isAllMatching && props.filters ? props.filters : { ids: [...ids] } });
  const dialog = doing && {
    choice: doing.choice,
    count: doing.count,
    onClose: () => setDoing(null),
    onStarted: selection.clear,
  };
  const canChooseAll = props.filters !== undefined && !isAllMatching && ids.size === loaded && total > loaded;
  return (
    <>
      {count === 0 ? null : (
        <section className={styles.bar} aria-label={t('selection.title')}>
          <Group gap="sm" mr="auto">
            <Tooltip label={t('selection.clear')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('selection.clear')}
                onClick={selection.clear}
              >
                <IconX size={16} />
              </ActionIcon>
            </Tooltip>
            <Text size="sm" fw={570} role="status">
              {isAllMatching
                ? t('selection.all', { formatted: formatted(total) })
                : t('selection.count', { count, formatted: formatted(count) })}
            </Text>
            {canChooseAll ? (
              <Button size="compact-sm" variant="subtle" onClick={selection.chooseAllMatching}>
                {t('selection.chooseAll', { formatted: formatted(total) })}
              </Button>
            ) : null}
          </Group>
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconDownload size={15} />}
              onClick={props.onExport}
            >
              {t('selection.export')}
            </Button>
            {may('certificates.renew') ? (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconRefresh size={15} />}
                onClick={() => begin('renew')}
              >
                {t('renewal.action')}
              </Button>
            ) : null}
            {may('certificates.revoke') ? (
              <Button
                size="xs"
                variant="default"
                c="var(--ch-bad)"
                leftSection={<IconBan size={15} />}
                onClick={() => begin('revoke')}
              >
                {t('certificates.revoke')}
              </Button>
            ) : null}
          </Group>
        </section>
      )}
      {dialog && doing?.what === 'revoke' ? <BulkRevokeDialog {...dialog} /> : null}
      {dialog && doing?.what === 'renew' ? <BulkRenewDialog {...dialog} /> : null}
    </>
  );
}
