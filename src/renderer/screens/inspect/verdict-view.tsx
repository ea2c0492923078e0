/** Whether a chain up to one of our own roots is valid, and where it breaks. */
import { Stack, Title } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Verification } from '../../../shared/operations/inspect.ts';
import { Badge } from '../../components/badge.tsx';
import { ChainPicture } from '../../components/chain-picture.tsx';
import { NameSpaceText } from '../../components/name-space-text.tsx';

export function VerdictView({ verdict }: { readonly verdict: Verification }) {
  const { t } = useTranslation();
  const { ok, path, failures, nameSpace } = verdict;
  return (
    <Stack gap="md" component="section">
      <Title order={2} size="h3">
        {t('inspect.chain')}
      </Title>
      <div>
        <Badge tone={ok ? 'good' : 'bad'} icon={ok ? IconCircleCheck : IconCircleX}>
          {t(ok ? 'inspect.valid' : 'inspect.notValid')}
        </Badge>
      </div>
      <ChainPicture path={path} failures={failures} />
      {nameSpace === null ? null : (
        <section>
          <Title order={3} mb={6}>
            {t('chain.mayIssue')}
          </Title>
          <NameSpaceText nameSpace={nameSpace} />
        </section>
      )}
    </Stack>
  );
}
