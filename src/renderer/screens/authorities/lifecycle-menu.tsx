/** What changes an authority or certifies others by it, behind one button; each in a dialog of its own. */
import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconArrowsCross,
  IconChevronDown,
  IconFileExport,
  IconFileImport,
  IconLink,
  IconReload,
  IconSitemap,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Authority } from '../../../shared/operations/authorities.ts';
import { useMay } from '../../app/permissions.ts';
import { asProblem } from '../../client/api-problem.ts';
import { call } from '../../client/call.ts';
import { useAction } from '../../client/queries.ts';
import { saveFile, saveText } from '../../components/save-file.ts';
import { CertifyDialog } from './certify-dialog.tsx';
import { changedByAuthorities } from './changed-by-authorities.ts';
import { InstallDialog } from './install-dialog.tsx';
import { RenewDialog } from './renew-dialog.tsx';

type OpenDialog = 'renew' | 'cross' | 'intermediate' | 'install';

export function LifecycleMenu({ authority }: { readonly authority: Authority }) {
  const { t } = useTranslation();
  const may = useMay();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const link = useAction('authorities.link', changedByAuthorities);
  const { slug, kind, keyGeneration, nameSpace } = authority;
  const mayRenew = may('authorities.renew') && kind !== 'external';
  const mayCertify = may('authorities.create') && kind !== 'external' && nameSpace.pathLength !== 0;
  if (!mayRenew && !mayCertify) return null;
  const tell = (error: unknown): void => {
    const problem = asProblem(error);
    notifications.show({ color: 'red', title: t(`error.${problem.code}`), message: problem.detail });
  };
  const saveLinks = (): void => {
    link.mutate(
      { id: slug },
      {
        onSuccess: ({ newWithOld, oldWithNew }) => {
          saveText(newWithOld, `${slug}.new-with-old.pem`);
          saveText(oldWithNew, `${slug}.old-with-new.pem`);
        },
        onError: tell,
      },
    );
  };
  const close = () => setDialog(null);
  const size = 16;
  return (
    <>
      <Menu width={240}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} />}>
            {t('lifecycle.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayRenew ? (
            <Menu.Item leftSection={<IconReload size={size} />} onClick={() => setDialog('renew')}>
              {t('lifecycle.renew')} …
            </Menu.Item>
          ) : null}
          {mayRenew && kind === 'root' && keyGeneration > 1 ? (
            <Menu.Item leftSection={<IconLink size={size} />} onClick={saveLinks}>
              {t('lifecycle.link')}
            </Menu.Item>
          ) : null}
          {mayCertify ? (
            <>
              <Menu.Item leftSection={<IconSitemap size={size} />} onClick={() => setDialog('intermediate')}>
                {t('lifecycle.intermediate')} …
              </Menu.Item>
              <Menu.Item leftSection={<IconArrowsCross size={size} />} onClick={() => setDialog('cross')}>
                {t('lifecycle.cross')} …
              </Menu.Item>
            </>
          ) : null}
          {mayRenew ? (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<IconFileExport size={size} />}
                onClick={() => void call('authorities.csr', { id: slug }).then(saveFile, tell)}
              >
                {t('lifecycle.exportRequest')}
              </Menu.Item>
              <Menu.Item leftSection={<IconFileImport size={size} />} onClick={() => setDialog('install')}>
                {t('lifecycle.install')} …
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'renew' ? <RenewDialog authority={authority} onClose={close} /> : null}
      {dialog === 'cross' || dialog === 'intermediate' ? (
        <CertifyDialog authority={authority} kind={dialog} onClose={close} />
      ) : null}
      {dialog === 'install' ? <InstallDialog authority={authority} onClose={close} /> : null}
    </>
  );
}
