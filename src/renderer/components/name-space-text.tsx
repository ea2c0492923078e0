/** What a chain of authorities may issue, in words. */
import { List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nameConstraintTypes } from '../../shared/model/extensions.ts';
import type { Authority } from '../../shared/operations/authorities.ts';

export function NameSpaceText({ nameSpace }: { readonly nameSpace: Authority['nameSpace'] }) {
  const { t } = useTranslation();
  const { permitted, excluded, pathLength } = nameSpace;
  const nameOf = (kind: string) => {
    const known = nameConstraintTypes.find((one) => one === kind);
    return known === undefined ? kind : t(`lifecycle.kind.${known}`);
  };
  const kinds = Object.keys(permitted);
  const limits = [
    ...Object.entries(permitted).map(([kind, names]) => {
      const text = names.length === 0 ? 'lifecycle.none' : 'lifecycle.onlyWithin';
      return { text: t(text, { kind: nameOf(kind) }), names };
    }),
    ...Object.entries(excluded).map(([kind, names]) => ({
      text: t('lifecycle.neverWithin', { kind: nameOf(kind) }),
      names,
    })),
  ];
  return (
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
          : pathLength < 0
            ? t('lifecycle.tooLong')
            : t('lifecycle.depth', { count: pathLength })}
      </Text>
    </Stack>
  );
}

/** The value alone: its kind stands above it. */
function bareName(text: string): string {
  return /^(?:[a-z ]+) '(.*)'$/.exec(text)?.[1] ?? text.replace(/^IP /, '');
}
