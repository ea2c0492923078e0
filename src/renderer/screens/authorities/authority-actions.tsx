/** What can be done with an authority: a new CRL, its certificate and CRL as files. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconCertificate,
  IconChevronDown,
  IconDots,
  IconDownload,
  IconFileCertificate,
  IconLink,
  IconRefresh,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Authority } from '../../../shared/operations/authorities.ts';
import { useMay } from '../../app/permissions.ts';
import { asProblem } from '../../client/api-problem.ts';
import { call } from '../../client/call.ts';
import { useAction } from '../../client/queries.ts';
import { saveFile, saveText } from '../../components/save-file.ts';

interface AuthorityActionsProps {
  readonly authority: Authority;
  /** One menu behind three dots instead of two buttons. */
  readonly compact?: boolean;
}

export function AuthorityActions({ authority, compact = false }: AuthorityActionsProps) {
  const { t } = useTranslation();
  const may = useMay();
  const publish = useAction('authorities.publish-crl', [
    'authorities.list',
    'authorities.show',
    'system.overview',
    'audit.list',
  ]);
  const { slug, name } = authority;
  const tell = (error: unknown): void => {
    const problem = asProblem(error);
    notifications.show({ color: 'red', title: t(`error.${problem.code}`), message: problem.detail });
  };
  const publishNow = (): void => {
    publish.mutate(
      { id: slug },
      {
        onSuccess: ({ number }) =>
          notifications.show({ message: t('authorities.published', { number, name }) }),
        onError: tell,
      },
    );
  };
  const saveCrl = (format: 'pem' | 'der'): void => {
    call('authorities.crl', { id: slug, format }).then(saveFile, tell);
  };
  const mayPublish = may('authorities.publish') && authority.kind !== 'external';
  const files = (
    <>
      <Menu.Item
        leftSection={<IconCertificate size={16} />}
        onClick={() => saveText(authority.certificate, `${slug}.pem`)}
      >
        {t('authorities.saveCertificate')}
      </Menu.Item>
      {authority.chain.length === 0 ? null : (
        <Menu.Item
          leftSection={<IconLink size={16} />}
          onClick={() =>
            saveText([authority.certificate, ...authority.chain].join('\n'), `${slug}.chain.pem`)
          }
        >
          {t('authorities.saveChain')}
        </Menu.Item>
      )}
      {authority.crl === null ? null : (
        <>
          <Menu.Item leftSection={<IconFileCertificate size={16} />} onClick={() => saveCrl('der')}>
            {t('authorities.saveCrlDer')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileCertificate size={16} />} onClick={() => saveCrl('pem')}>
            {t('authorities.saveCrlPem')}
          </Menu.Item>
        </>
      )}
    </>
  );
  if (compact) {
    return (
      <Menu width={240}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('table.actionsOf', { name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayPublish ? (
            <>
              <Menu.Item leftSection={<IconRefresh size={16} />} onClick={publishNow}>
                {t('authorities.publish')}
              </Menu.Item>
              <Menu.Divider />
            </>
          ) : null}
          {files}
        </Menu.Dropdown>
      </Menu>
    );
  }
  return (
    <>
      {mayPublish ? (
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} />}
          loading={publish.isPending}
          onClick={publishNow}
        >
          {t('authorities.publish')}
        </Button>
      ) : null}
      <Menu width={240}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} />}
            rightSection={<IconChevronDown size={14} />}
          >
            {t('action.download')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>{files}</Menu.Dropdown>
      </Menu>
    </>
  );
}
