/** One thing out of a file: its fields as they are called in the standards, and what is wrong with it. */
import { List, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { InspectedItem, LintFinding } from '../../../shared/operations/inspect.ts';
import { Badge } from '../../components/badge.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { PemBlock } from '../../components/pem-block.tsx';

const looks = {
  error: { tone: 'bad', icon: IconCircleX },
  warning: { tone: 'warn', icon: IconAlertTriangle },
  notice: { tone: 'info', icon: IconInfoCircle },
} as const;

/** Kinds that there are rules for; of the others, nothing found means nothing. */
const linted: ReadonlySet<string> = new Set(['certificate', 'csr', 'crl']);

export function InspectedItemView({ item }: { readonly item: InspectedItem }) {
  const { t } = useTranslation();
  const { kind, label, description, problem, sections, text, findings } = item;
  return (
    <Stack gap="sm" component="section">
      <Title order={2} size="h3" style={{ overflowWrap: 'anywhere' }}>
        {description === '' ? (label ?? kind) : description}
      </Title>
      <Text size="sm" c="dimmed">
        {kind}
      </Text>
      {problem === undefined ? null : <Text size="sm">{problem}</Text>}
      {linted.has(kind) && findings.length === 0 ? (
        <div>
          <Badge tone="good" icon={IconCircleCheck}>
            {t('inspect.noFindings')}
          </Badge>
        </div>
      ) : null}
      {findings.length === 0 ? null : <Findings findings={findings} />}
      {sections.map(({ name, fields }) => (
        <div key={name}>
          <Title order={3} size="h5" mb={6}>
            {name}
          </Title>
          <FieldList
            fields={fields.map((field) => ({
              label: field.critical === true ? `${field.name} (${t('inspect.critical')})` : field.name,
              value: field.value,
              mono: /^[0-9A-F:]{16,}$/.test(field.value),
            }))}
          />
        </div>
      ))}
      {text === '' ? null : <PemBlock title={t('inspect.asText')} text={text} />}
    </Stack>
  );
}

function Findings({ findings }: { readonly findings: readonly LintFinding[] }) {
  const { t } = useTranslation();
  return (
    <List listStyleType="none" spacing="xs" size="sm">
      {findings.map(({ severity, rule, path, message, hint, source }) => (
        <List.Item key={`${rule} ${path.join('.')} ${message}`}>
          <Badge tone={looks[severity].tone} icon={looks[severity].icon}>
            {t(`inspect.severity.${severity}`)}
          </Badge>{' '}
          <span>{message}</span> <span>{hint}</span>
          <Text size="xs" c="dimmed">
            <span className="mono">{rule}</span> · {source}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
