/** What a chain of authorities may issue, in words. */
import { List, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Verification } from '../../shared/operations/inspect.ts';

export function NameSpaceText({ nameSpace }: { readonly nameSpace: NonNullable<Verification['nameSpace']> }) {
  const { t } = useTranslation();
  const { permitted, excluded, pathLength } = nameSpace;
  const isUnlimited = Object.keys(permitted).length + Object.keys(excluded).length === 0;
  return (
    <section>
      <Title order={3} size="h3" mb={6}>
        {t('chain.mayIssue')}
      </Title>
      <List size="sm" spacing={4}>
        {isUnlimited ? <List.Item>{t('chain.unlimited')}</List.Item> : null}
        {Object.entries(permitted).map(([kind, names]) => (
          <List.Item key={`only ${kind}`}>
            {names.length === 0
              ? t('chain.noneOf', { kind })
              : t('chain.only', { kind, names: names.join(', ') })}
          </List.Item>
        ))}
        {Object.entries(excluded).map(([kind, names]) => (
          <List.Item key={`except ${kind}`}>{t('chain.except', { kind, names: names.join(', ') })}</List.Item>
        ))}
        <List.Item>
          {pathLength === null
            ? t('chain.depthUnlimited')
            : pathLength < 0
              ? t('chain.tooLong')
              : t('chain.depth', { count: pathLength })}
        </List.Item>
      </List>
    </section>
  );
}
