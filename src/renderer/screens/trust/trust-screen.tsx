/** How each system is told to trust a root: the fingerprint first, then the files, then what to do where. */
import { Accordion, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useOperation } from '../../client/queries.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { colonHex } from '../../components/hex.ts';
import { BackLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { PageOnItsWay } from '../../components/page-on-its-way.tsx';
import { PemBlock } from '../../components/pem-block.tsx';
import { saveFile, saveText } from '../../components/save-file.ts';
import {
  derName,
  pemName,
  type TrustCommands,
  type TrustSystem,
  trustCommands,
  trustSystems,
} from './trust-commands.ts';

const route = getRouteApi('/authorities/$slug/trust');

/** The base64 between the lines of a PEM block. */
const bodyOf = (pem: string) => pem.replace(/-----[^-]+-----/g, '').replace(/\s/g, '');

export function TrustScreen() {
  const { t } = useTranslation();
  const { slug } = route.useParams();
  const { data: authority, error, refetch } = useOperation('authorities.show', { id: slug });
  const back = (
    <BackLink to="/authorities/$slug" params={{ slug }}>
      {authority?.name ?? slug}
    </BackLink>
  );
  if (authority === undefined) {
    return <PageOnItsWay title={t('trust.action')} above={back} error={error} onRetry={refetch} />;
  }
  const { name, serialNumber, sha256Fingerprint, certificate } = authority;
  const root = { slug, name, serialNumber, sha256: sha256Fingerprint };
  const fingerprint = colonHex(sha256Fingerprint);
  return (
    <Page title={t('trust.title', { name })} description={t('trust.text')} above={back}>
      <Stack gap="md" maw={860}>
        <Card>
          <Title order={2} mb={4}>
            {t('trust.compare')}
          </Title>
          <Text size="sm" c="dimmed" mb="sm">
            {t('trust.compareText')}
          </Text>
          <Group gap="sm" align="flex-start" wrap="nowrap" mb="sm">
            <Text className="mono" style={{ overflowWrap: 'anywhere' }}>
              {fingerprint}
            </Text>
            <CopyButton
              iconOnly
              value={fingerprint}
              label={t('action.copyWhat', { what: t('field.sha256') })}
            />
          </Group>
          <PemBlock
            title={t('field.sha256')}
            text={`openssl x509 -in ${pemName(root)} -noout -fingerprint -sha256`}
            wrap
          />
        </Card>
        <Card>
          <Title order={2} mb="sm">
            {t('trust.files')}
          </Title>
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() => saveText(certificate, pemName(root))}
            >
              {t('trust.savePem')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() =>
                saveFile({
                  fileName: derName(root),
                  mediaType: 'application/x-x509-ca-cert',
                  contentBase64: bodyOf(certificate),
                })
              }
            >
              {t('trust.saveDer')}
            </Button>
          </Group>
        </Card>
        <section>
          <Title order={2} mb="sm">
            {t('trust.how')}
          </Title>
          <Accordion variant="separated" order={3} defaultValue="windows">
            {trustSystems.map((system) => (
              <Accordion.Item key={system} value={system}>
                <Accordion.Control>{t(`trust.system.${system}`)}</Accordion.Control>
                <Accordion.Panel>
                  <Instructions system={system} commands={trustCommands(system, root)} />
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        </section>
      </Stack>
    </Page>
  );
}

function Instructions({
  system,
  commands,
}: {
  readonly system: TrustSystem;
  readonly commands: TrustCommands;
}) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      {(['add', 'remove'] as const).map((what) => {
        const command = commands[what];
        return (
          <Stack key={what} gap={6}>
            <Title order={4} size="h3">
              {t(`trust.${what}`)}
            </Title>
            <Text size="sm">{t(`trust.${what}Text.${system}`)}</Text>
            {command === null ? null : (
              <PemBlock title={`${t(`trust.system.${system}`)}: ${t(`trust.${what}`)}`} text={command} wrap />
            )}
          </Stack>
        );
      })}
    </Stack>
  );
}
