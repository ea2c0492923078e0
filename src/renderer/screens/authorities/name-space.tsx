/** What may be issued below an authority, in words. */
import { Card, List, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nameConstraintTypes } from '../../../shared/model/extensions.ts';
import type { Authority } from '../../../shared/operations/authorities.ts';

export function NameSpace({ nameSpace }: { readonly nameSpace: Authority['nameSpace'] }) {
  const { t } = useTranslation();
  const { permitted, excluded, pathLength } = nameSpace;
  const nameOf = (kind: string) => {
    const known = nameConstraintTypes.find((one) => one === kind);
    return known === undefined ? kind : t(`lifecycle.kind.${known}`);
  };
  const kinds = Object.keys(permitted);
  const limits = [
    ...kinds.map((kind) => {
      const names = permitted[kind] ?? [];
      return names.length === 0
        ? { text: t('lifecycle.none', { kind: nameOf(kind) }), names }
        : { text: t('lifecycle.onlyWithin', { kind: nameOf(kind) }), names };
    }),
    ...Object.entries(excluded).map(([kind, names]) => ({
      text: t('lifecycle.neverWithin', { kind: nameOf(kind) }),
      names,
    })),
  ];
  return (
    <Card>
      <Title order={2}>{t('lifecycle.nameSpace')}</Title>
      <Text size="xs" c="dimmed" mb="sm">
        {t('lifecycle.nameSpaceText')}
      </Text>
      <Stack gap="xs">
        {limits.length === 0 ? <Text size="sm">{t('lifecycle.everything')}</Text> : null}
        {limits.map(({ text, names }) => (
          <div key={text}>
            <Text size="sm">{text}</Text>
            <List size="sm" withPadding>
              {names.map((name) => (
                <List.Item key={name} className="mono" style={{ overflowWrap: 'anywhere' }}>
                  {bareName(name)}
                </List.Item>
              ))}
            </List>
          </div>
        ))}
        {kinds.length === 0 || kinds.length === nameConstraintTypes.length ? null : (
          <Text size="sm">{t('lifecycle.otherKinds')}</Text>
        )}
        <Text size="sm">
          {pathLength === null
            ? t('lifecycle.depthFree')
            : t('lifecycle.depth', { count: Math.max(0, pathLength) })}
        </Text>
      </Stack>
    </Card>
  );
}

/** The value alone: its kind stands above it. */
function bareName(text: string): string {
  return /^(?:[a-z ]+) '(.*)'$/.exec(text)?.[1] ?? text.replace(/^IP /, '');
}
