/** Makes the working set where it is missing. */
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRocket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../app/permissions.ts';
import { asProblem } from '../client/api-problem.ts';
import { useAction } from '../client/queries.ts';

export function QuickstartButton() {
  const { t } = useTranslation();
  const may = useMay();
  const quickstart = useAction('system.quickstart', [
    'system.overview',
    'authorities.list',
    'policies.list',
    'profiles.list',
    'realms.list',
    'audit.list',
  ]);
  if (!may('authorities.create')) return null;
  return (
    <Button
      leftSection={<IconRocket size={16} />}
      loading={quickstart.isPending}
      onClick={() =>
        quickstart.mutate(
          {},
          {
            onSuccess: ({ created }) =>
              notifications.show({ message: t('quickstart.done', { count: created.length }) }),
            onError: (error) => {
              const problem = asProblem(error);
              notifications.show({
                color: 'red',
                title: t(`error.${problem.code}`),
                message: problem.detail,
              });
            },
          },
        )
      }
    >
      {t('quickstart.action')}
    </Button>
  );
}
