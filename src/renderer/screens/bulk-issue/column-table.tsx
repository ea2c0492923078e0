/** Each column of the file, what it becomes, and what stands in its first row. */
import { Select, Table, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { bulkNameOf } from '../../../shared/operations/bulk-meaning.ts';
import {
  type BulkColumn,
  bulkColumns,
  bulkNameColumns,
  bulkSubjectColumns,
} from '../../../shared/operations/certificates-bulk.ts';
import { type DeviceFile, type Meaning, repeated } from './device-file.ts';

interface ColumnTableProps {
  readonly file: DeviceFile;
  readonly meanings: readonly Meaning[];
  readonly disabled: boolean;
  readonly onChange: (meanings: Meaning[]) => void;
}

const leftOut = ' left';

function wordsFor(column: BulkColumn, t: TFunction): string {
  const subject = bulkSubjectColumns.find((one) => one === column);
  if (subject !== undefined) return t(`subject.${subject}`);
  const name = bulkNameColumns.find((one) => one === column);
  if (name !== undefined) return t(`san.${name}`);
  return t(`bulk.${column as 'csr' | 'keyAlgorithm' | 'validity'}`);
}

export function ColumnTable({ file, meanings, disabled, onChange }: ColumnTableProps) {
  const { t } = useTranslation();
  const twice = repeated(meanings);
  const items = (columns: readonly BulkColumn[]) =>
    columns.map((value) => ({ value: value as string, label: wordsFor(value, t) }));
  const parts = new Set<BulkColumn>([...bulkSubjectColumns, ...bulkNameColumns]);
  const known = [
    { group: t('bulk.subjectPart'), items: items(bulkSubjectColumns) },
    { group: t('bulk.namesPart'), items: items(bulkNameColumns) },
    { group: t('bulk.otherPart'), items: items(bulkColumns.filter((one) => !parts.has(one))) },
  ];
  const choose = (at: number, value: string): void => {
    const name = file.names[at] ?? '';
    const column = bulkColumns.find((one) => one === value);
    const before = meanings[at];
    const note = before !== null && before !== undefined && 'note' in before ? before.note : name;
    const next = value === leftOut ? null : column === undefined ? { note } : { column };
    onChange(meanings.map((meaning, index) => (index === at ? next : meaning)));
  };
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table fz="sm" verticalSpacing={6} aria-label={t('bulk.columns')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="28%">{t('bulk.column')}</Table.Th>
            <Table.Th w="36%">{t('bulk.means')}</Table.Th>
            <Table.Th>{t('bulk.first')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {file.names.map((name, at) => {
            const meaning = meanings[at] ?? null;
            const note = meaning !== null && 'note' in meaning ? meaning.note : name;
            const asNote = { value: bulkNameOf({ note }), label: t('bulk.asNote', { name: note }) };
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place, and two may have one name
              <Table.Tr key={at}>
                <Table.Th scope="row" className="mono" style={{ overflowWrap: 'anywhere' }}>
                  {name === '' ? '–' : name}
                </Table.Th>
                <Table.Td>
                  <Select
                    size="xs"
                    aria-label={t('bulk.meansOf', { name: name || String(at + 1) })}
                    data={[
                      ...known,
                      {
                        group: t('bulk.elsePart'),
                        items: [...(note === '' ? [] : [asNote]), { value: leftOut, label: t('bulk.left') }],
                      },
                    ]}
                    value={meaning === null ? leftOut : bulkNameOf(meaning)}
                    disabled={disabled}
                    error={twice.has(at) ? t('bulk.twice') : undefined}
                    onChange={(value) => choose(at, value ?? leftOut)}
                  />
                </Table.Td>
                <Table.Td>
                  <Text span size="sm" c={meaning === null ? 'dimmed' : 'inherit'} lineClamp={1}>
                    {file.rows[0]?.cells[at] ?? ''}
                  </Text>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
