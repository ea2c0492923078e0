/** One end entity: who it is, what is noted about it, and its certificates. */
import { Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconPencil } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/permissions.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { BackLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { NotesView } from '../../components/notes-view.tsx';
import { Page } from '../../components/page.tsx';
import { PageOnItsWay } from '../../components/page-on-its-way.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { EndEntityCertificates } from './end-entity-certificates.tsx';
import { EndEntityDialog } from './end-entity-dialog.tsx';

const route = getRouteApi('/end-entities/$id');
const stale = ['end-entities.list', 'end-entities.show', 'audit.list'] as const;

const listed = (values: readonly string[]) => (values.length === 0 ? '–' : values.join(', '));

export function EndEntityScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const { id } = route.useParams();
  const { data: entity, error, refetch } = useOperation('end-entities.show', { id });
  const archive = useAction('end-entities.archive', stale);
  const restore = useAction('end-entities.restore', stale);
  const [asked, setAsked] = useState<'edit' | 'archive' | null>(null);
  const close = () => setAsked(null);
  const back = <BackLink to="/end-entities">{t('screen.end-entities')}</BackLink>;
  if (entity === undefined) {
    return <PageOnItsWay title={t('entities.one')} above={back} error={error} onRetry={refetch} />;
  }
  const isArchived = entity.archivedAt !== null;
  const actions = may('end-entities.write') ? (
    <>
      <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setAsked('edit')}>
        {t('entities.edit')}
      </Button>
      {isArchived ? (
        <Button
          variant="default"
          leftSection={<IconArchiveOff size={16} />}
          loading={restore.isPending}
          onClick={() => restore.mutate({ id })}
        >
          {t('entities.restore')}
        </Button>
      ) : (
        <Button variant="default" leftSection={<IconArchive size={16} />} onClick={() => setAsked('archive')}>
          {t('entities.archive')}
        </Button>
      )}
    </>
  ) : undefined;
  return (
    <Page
      title={entity.commonName}
      above={back}
      badge={isArchived ? <Badge tone="quiet">{t('entities.archived')}</Badge> : undefined}
      actions={actions}
    >
      <Stack gap="md">
        <ProblemNotice error={restore.error} />
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" verticalSpacing="md">
          <Card>
            <FieldList
              fields={[
                { label: t('field.realm'), value: entity.realm },
                { label: t('subject.organization'), value: entity.organization ?? '–' },
                { label: t('entities.domainNames'), value: listed(entity.domainNames), mono: true },
                { label: t('entities.ipAddresses'), value: listed(entity.ipAddresses), mono: true },
                { label: t('entities.emailAddresses'), value: listed(entity.emailAddresses), mono: true },
                { label: t('entities.created'), value: <Moment at={entity.createdAt} show="exact" /> },
                entity.archivedAt === null
                  ? undefined
                  : {
                      label: t('entities.archivedSince'),
                      value: <Moment at={entity.archivedAt} show="exact" />,
                    },
              ]}
            />
          </Card>
          <Card>
            <Group justify="space-between" mb={4}>
              <Title order={2}>{t('notes.title')}</Title>
            </Group>
            <NotesView metadata={entity.metadata} />
          </Card>
        </SimpleGrid>
        <section aria-label={t('entities.certificates')}>
          <Title order={2} mb="xs">
            {t('entities.certificates')}
          </Title>
          <EndEntityCertificates id={id} />
        </section>
      </Stack>
      {asked === 'edit' ? <EndEntityDialog entity={entity} onClose={close} /> : null}
      <ConfirmDialog
        opened={asked === 'archive'}
        onClose={close}
        title={t('entities.archiveTitle')}
        action={t('entities.archive')}
        onConfirm={() => archive.mutate({ id }, { onSuccess: close })}
        running={archive.isPending}
        error={archive.error}
      >
        <Text size="sm">{t('entities.archiveText', { name: entity.commonName })}</Text>
      </ConfirmDialog>
    </Page>
  );
}
