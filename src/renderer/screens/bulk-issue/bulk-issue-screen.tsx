/** One certificate for each row of a CSV file: choose it, say what its columns are, check every row, issue. */
import { Alert, Button, Card, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bulkLimits } from '../../../shared/operations/certificates-bulk.ts';
import { useOperation } from '../../client/queries.ts';
import { BackLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { ChooseFile } from './choose-file.tsx';
import { ColumnTable } from './column-table.tsx';
import {
  type DeviceFile,
  firstMeanings,
  type Meaning,
  mappedText,
  nameOfColumn,
  readDeviceFile,
  repeated,
} from './device-file.ts';
import { IssueRows } from './issue-rows.tsx';

interface Chosen {
  readonly file: DeviceFile;
  readonly meanings: readonly Meaning[];
  /** Each choice begins a check of its own. */
  readonly key: number;
}

export function BulkIssueScreen() {
  const { t, i18n } = useTranslation();
  const profiles = useOperation('profiles.list', { limit: 200 });
  const [profileId, setProfileId] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isStarted, setStarted] = useState(false);
  const format = new Intl.NumberFormat(i18n.language);
  const usable = profiles.data?.items.filter(({ enabled }) => enabled) ?? [];
  const profile = usable.find(({ id }) => id === profileId);
  const realms = new Set(usable.map(({ realm }) => realm));
  const again = (): void => {
    setChosen(null);
    setProblem(null);
    setStarted(false);
  };
  const take = async (taken: File): Promise<void> => {
    again();
    const { file, problem: found } = readDeviceFile(taken.name, await taken.text());
    if (found) setProblem(t('bulk.unreadable', found));
    else if (file.rows.length === 0) setProblem(t('bulk.noRows'));
    else if (file.rows.length > bulkLimits.rows)
      setProblem(
        t('bulk.tooMany', {
          formatted: format.format(file.rows.length),
          most: format.format(bulkLimits.rows),
        }),
      );
    else setChosen({ file, meanings: firstMeanings(file), key: 0 });
  };
  const change = (meanings: readonly Meaning[]): void =>
    setChosen((before) => before && { ...before, meanings, key: before.key + 1 });
  return (
    <Page
      title={t('bulk.title')}
      description={t('bulk.text')}
      above={<BackLink to="/certificates">{t('screen.certificates')}</BackLink>}
    >
      <Stack gap="lg" maw={860}>
        <ProblemNotice error={profiles.error} onRetry={() => void profiles.refetch()} />
        <Select
          label={t('field.profile')}
          required
          searchable
          placeholder={t('issue.chooseProfile')}
          disabled={isStarted}
          data={usable.map(({ id, name, realm }) => ({
            value: id,
            label: realms.size > 1 ? `${name} (${realm})` : name,
          }))}
          description={
            profile === undefined
              ? t('issue.profileText')
              : t('issue.profileMeans', {
                  policy: profile.policy,
                  issuer: profile.issuer ?? t('field.selfSigned'),
                })
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maw={420}
          value={profileId}
          onChange={setProfileId}
        />
        {chosen === null ? (
          <ChooseFile onFile={(file) => void take(file)} />
        ) : (
          <Card component="section" aria-label={t('bulk.columns')}>
            <Group justify="space-between" mb="sm">
              <div>
                <Title order={2}>{chosen.file.fileName}</Title>
                <Text size="sm" c="dimmed">
                  {t('bulk.rows', {
                    count: chosen.file.rows.length,
                    formatted: format.format(chosen.file.rows.length),
                  })}
                </Text>
              </div>
              <Button variant="default" onClick={again}>
                {t('bulk.other')}
              </Button>
            </Group>
            <ColumnTable
              file={chosen.file}
              meanings={chosen.meanings}
              disabled={isStarted}
              onChange={change}
            />
          </Card>
        )}
        {problem === null ? null : (
          <Alert color="red" variant="light" role="alert">
            {problem}
          </Alert>
        )}
        {chosen === null || profile === undefined ? null : (
          <IssueRows
            key={`${profile.id} ${chosen.key} ${chosen.file.fileName}`}
            rows={chosen.file.rows.length}
            disabled={repeated(chosen.meanings).size > 0}
            generatesKeys={
              !chosen.meanings.some((one) => one !== null && 'column' in one && one.column === 'csr')
            }
            profile={profile}
            text={() => mappedText(chosen.file, chosen.meanings)}
            nameOfColumn={(column) => nameOfColumn(chosen.file, chosen.meanings, column)}
            onStarted={() => setStarted(true)}
          />
        )}
      </Stack>
    </Page>
  );
}
