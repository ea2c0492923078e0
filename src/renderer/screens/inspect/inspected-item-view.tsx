/** One thing out of a file: its fields, its ASN.1 tree with the bytes, the rules it breaks, the same as text. */
import { Card, Tabs, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { InspectedItem } from '../../../shared/operations/inspect.ts';
import { PemBlock } from '../../components/pem-block.tsx';
import { Asn1View } from './asn1-view.tsx';
import { FindingsList } from './findings-list.tsx';
import { ViewSections } from './view-sections.tsx';

/** Kinds that there are rules for; of the others, nothing found means nothing. */
const linted: ReadonlySet<string> = new Set(['certificate', 'csr', 'crl']);
/** Kinds whose bytes are a secret. */
const secret: ReadonlySet<string> = new Set(['private-key', 'unknown']);

interface InspectedItemViewProps {
  readonly item: InspectedItem;
  readonly content: string;
  readonly index: number;
}

export function InspectedItemView({ item, content, index }: InspectedItemViewProps) {
  const { t } = useTranslation();
  const { kind, label, description, problem, sections, text, findings } = item;
  const isLinted = linted.has(kind);
  return (
    <Card component="section">
      <Title order={2} size="h3" style={{ overflowWrap: 'anywhere' }}>
        {description === '' ? (label ?? kind) : description}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {kind}
      </Text>
      {problem === undefined ? null : (
        <Text size="sm" mb="sm" c="var(--ch-bad)">
          {problem}
        </Text>
      )}
      <Tabs
        defaultValue={findings.some(({ severity }) => severity === 'error') ? 'lint' : 'fields'}
        keepMounted={false}
      >
        <Tabs.List mb="md" aria-label={t('viewer.tabs')}>
          {sections.length === 0 ? null : <Tabs.Tab value="fields">{t('viewer.fields')}</Tabs.Tab>}
          {isLinted ? (
            <Tabs.Tab value="lint">
              {t('viewer.lint')}
              {findings.length === 0 ? '' : ` (${findings.length})`}
            </Tabs.Tab>
          ) : null}
          {secret.has(kind) ? null : <Tabs.Tab value="tree">{t('viewer.tree')}</Tabs.Tab>}
          {text === '' ? null : <Tabs.Tab value="text">{t('viewer.text')}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="fields">
          <ViewSections sections={sections} />
        </Tabs.Panel>
        <Tabs.Panel value="lint">
          <FindingsList findings={findings} />
        </Tabs.Panel>
        <Tabs.Panel value="tree">
          <Asn1View content={content} item={index} />
        </Tabs.Panel>
        <Tabs.Panel value="text">
          <PemBlock title={t('inspect.asText')} text={text} />
        </Tabs.Panel>
      </Tabs>
    </Card>
  );
}
