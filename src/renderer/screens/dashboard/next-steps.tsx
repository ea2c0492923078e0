/** An office without certificates: the three things that lead to the first one. */
import { Button, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../shared/operations/system.ts';
import { openDialog } from '../../app/global-dialog.ts';
import { useMay } from '../../app/permissions.ts';
import { Badge } from '../../components/badge.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { QuickstartButton } from '../../components/quickstart-button.tsx';
import styles from './dashboard.module.css';

interface StepProps {
  readonly title: string;
  readonly text: string;
  readonly done: boolean;
  readonly action: ReactNode;
}

function Step({ title, text, done, action }: StepProps) {
  const { t } = useTranslation();
  return (
    <li className={styles.step}>
      <Text fw={570} size="md">
        {title}
      </Text>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
      <div>
        {done ? (
          <Badge tone="good" icon={IconCheck}>
            {t('dashboard.stepDone')}
          </Badge>
        ) : (
          action
        )}
      </div>
    </li>
  );
}

export function NextSteps({ overview }: { readonly overview: Overview }) {
  const { t } = useTranslation();
  const may = useMay();
  const ready = overview.authorities > 0 && overview.profiles > 0;
  return (
    <section style={{ gridColumn: '1 / -1' }} aria-labelledby="next-steps">
      <Title order={2} id="next-steps" mb="sm">
        {t('dashboard.next')}
      </Title>
      <ol className={styles.steps}>
        <Step
          title={t('dashboard.stepAuthority')}
          text={t('dashboard.stepAuthorityText')}
          done={ready}
          action={
            may('authorities.create') ? (
              <QuickstartButton />
            ) : (
              <ButtonLink to="/authorities" variant="default">
                {t('screen.authorities')}
              </ButtonLink>
            )
          }
        />
        <Step
          title={t('dashboard.stepIssue')}
          text={t('dashboard.stepIssueText')}
          done={false}
          action={
            <Button
              variant={ready ? 'filled' : 'default'}
              disabled={!ready || !may('certificates.issue')}
              onClick={() => openDialog('issue-certificate')}
            >
              {t('dashboard.stepIssueAction')}
            </Button>
          }
        />
        <Step
          title={t('dashboard.stepClient')}
          text={t('dashboard.stepClientText')}
          done={overview.clients > 0}
          action={
            <Button
              variant="default"
              disabled={!ready || !may('clients.create')}
              onClick={() => openDialog('new-client')}
            >
              {t('clients.new')}
            </Button>
          }
        />
      </ol>
    </section>
  );
}
