/** The chain of a certificate: whether it is valid now, where it breaks, and what it may issue. */
import { Card, Skeleton, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CertificateDetail } from '../../../shared/model/certificate.ts';
import { useOperation } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { ChainPicture } from '../../components/chain-picture.tsx';
import { NameSpaceText } from '../../components/name-space-text.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';

export function ChainView({ certificate, chain }: Pick<CertificateDetail, 'certificate' | 'chain'>) {
  const { t } = useTranslation();
  const content = [certificate, ...chain].join('\n');
  const { data, error, refetch } = useOperation('inspect.verify', { content });
  if (data === undefined) {
    return error === null ? (
      <Skeleton height={240} />
    ) : (
      <ProblemNotice error={error} onRetry={() => void refetch()} />
    );
  }
  const { ok, path, failures, nameSpace } = data;
  return (
    <Card>
      <Stack gap="md">
        <div>
          <Badge tone={ok ? 'good' : 'bad'} icon={ok ? IconCircleCheck : IconCircleX}>
            {t(ok ? 'inspect.valid' : 'chain.broken')}
          </Badge>
        </div>
        {path.length === 0 ? (
          failures.map(({ rule, message }) => (
            <Text key={rule} size="sm">
              {message}
            </Text>
          ))
        ) : (
          <ChainPicture path={path} failures={failures} />
        )}
        {nameSpace === null ? null : <NameSpaceText nameSpace={nameSpace} />}
      </Stack>
    </Card>
  );
}
