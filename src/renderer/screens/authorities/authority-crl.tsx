/** The CRLs of an authority: the newest ones, how they are issued, and whether their folder has them. */
import { Button, Card, Divider, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconSettings } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Authority } from '../../../shared/operations/authorities.ts';
import { useMay } from '../../app/permissions.ts';
import { Badge } from '../../components/badge.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { CrlSettingsDialog } from './crl-settings-dialog.tsx';

export function AuthorityCrl({ authority }: { readonly authority: Authority }) {
  const { t } = useTranslation();
  const may = useMay();
  const [changing, setChanging] = useState(false);
  const { crl, kind } = authority;
  return (
    <Card>
      <Group justify="space-between" mb={4}>
        <Title order={2}>{t('field.crl')}</Title>
        {may('authorities.create') && kind !== 'external' ? (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconSettings size={15} aria-hidden="true" />}
            onClick={() => setChanging(true)}
          >
            {t('authorities.crl.change')}
          </Button>
        ) : null}
      </Group>
      <Stack gap="sm">
        {crl === null ? (
          <Text size="sm">{t('authorities.noCrl')}</Text>
        ) : (
          <FieldList
            fields={[
              { label: t('field.crlNumber'), value: crl.number, mono: true },
              { label: t('field.crlEntries'), value: crl.entries },
              { label: t('field.thisUpdate'), value: <Moment at={crl.thisUpdate} show="exact" /> },
              { label: t('field.nextUpdate'), value: <Moment at={crl.nextUpdate} /> },
            ]}
          />
        )}
        <Parts parts={authority.crlParts} />
        <Divider />
        <Settings authority={authority} />
      </Stack>
      {changing ? <CrlSettingsDialog authority={authority} onClose={() => setChanging(false)} /> : null}
    </Card>
  );
}

function Parts({ parts }: { readonly parts: Authority['crlParts'] }) {
  const { t } = useTranslation();
  if (parts.length === 0) return null;
  return (
    <Table aria-label={t('authorities.crl.parts')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('authorities.crl.part')}</Table.Th>
          <Table.Th>{t('authorities.crl.number')}</Table.Th>
          <Table.Th>{t('authorities.crl.entries')}</Table.Th>
          <Table.Th>{t('field.nextUpdate')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {parts.map(({ part, number, baseNumber, entries, nextUpdate }) => (
          <Table.Tr key={part}>
            <Table.Td>
              {baseNumber === null
                ? t('authorities.crl.shard', { number: part })
                : t('authorities.crl.delta', { base: baseNumber })}
            </Table.Td>
            <Table.Td className="mono">{number}</Table.Td>
            <Table.Td>{entries}</Table.Td>
            <Table.Td>
              <Moment at={nextUpdate} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Settings({ authority }: { readonly authority: Authority }) {
  const { t, i18n } = useTranslation();
  const { validityHours, overlapHours, deltas, shards, folder } = authority.crlSettings;
  const span = (hours: number): string => {
    const [value, unit] = hours >= 48 && hours % 24 === 0 ? [hours / 24, 'day'] : [hours, 'hour'];
    return new Intl.NumberFormat(i18n.language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
  };
  return (
    <FieldList
      fields={[
        { label: t('authorities.crl.validity'), value: span(validityHours) },
        { label: t('authorities.crl.overlap'), value: span(overlapHours) },
        {
          label: t('authorities.crl.deltas'),
          value: deltas ? t('authorities.crl.on') : t('authorities.crl.off'),
        },
        { label: t('authorities.crl.shards'), value: shards },
        {
          label: t('authorities.crl.folder'),
          value: folder === '' ? '–' : folder,
          ...(folder === '' ? {} : { copy: folder, mono: true }),
        },
        folder === ''
          ? undefined
          : { label: t('authorities.crl.folderResult'), value: <FolderResult authority={authority} /> },
      ]}
    />
  );
}

function FolderResult({ authority: { crlFolder, crlSettings } }: { readonly authority: Authority }) {
  const { t } = useTranslation();
  if (crlFolder === null || crlFolder.folder !== crlSettings.folder)
    return t('authorities.crl.folderWaiting');
  const { number, problem, at } = crlFolder;
  return (
    <Group component="span" gap={8}>
      {problem === null ? (
        <Badge tone="good" icon={IconCheck}>
          {t('authorities.crl.folderDone', { number })}
        </Badge>
      ) : (
        <Badge tone="bad" icon={IconAlertTriangle}>
          {t('authorities.crl.folderFailed', { number, problem })}
        </Badge>
      )}
      <Moment at={at} />
    </Group>
  );
}
