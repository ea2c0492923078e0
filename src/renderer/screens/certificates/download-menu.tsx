/** Everything that a certificate can be saved as. */
import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconCertificate,
  IconChevronDown,
  IconDownload,
  IconKey,
  IconLink,
  IconPackage,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/permissions.ts';
import { asProblem } from '../../client/api-problem.ts';
import { useAction } from '../../client/queries.ts';
import { saveFile } from '../../components/save-file.ts';
import { KeyFileDialog } from './key-file-dialog.tsx';

const formats = [
  ['pem', IconCertificate],
  ['pem-chain', IconLink],
  ['der', IconCertificate],
  ['pkcs7', IconPackage],
] as const;

export function DownloadMenu({
  id,
  hasPrivateKey,
}: {
  readonly id: string;
  readonly hasPrivateKey: boolean;
}) {
  const { t } = useTranslation();
  const may = useMay();
  const download = useAction('certificates.export');
  const [dialog, setDialog] = useState<'pkcs12' | 'private-key' | null>(null);
  const save = (format: (typeof formats)[number][0]): void => {
    download.mutate(
      { id, format },
      {
        onSuccess: saveFile,
        onError: (error) => {
          const problem = asProblem(error);
          notifications.show({ color: 'red', title: t(`error.${problem.code}`), message: problem.detail });
        },
      },
    );
  };
  return (
    <>
      <Menu width={260}>
        <Menu.Target>
          <Button
            variant="default"
            loading={download.isPending}
            leftSection={<IconDownload size={16} />}
            rightSection={<IconChevronDown size={14} />}
          >
            {t('action.download')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map(([format, Mark]) => (
            <Menu.Item key={format} leftSection={<Mark size={16} />} onClick={() => save(format)}>
              {t(`format.${format}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconPackage size={16} />} onClick={() => setDialog('pkcs12')}>
            {t('format.pkcs12')}
          </Menu.Item>
          {hasPrivateKey && may('certificates.private-key') ? (
            <Menu.Item leftSection={<IconKey size={16} />} onClick={() => setDialog('private-key')}>
              {t('format.private-key')}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {dialog === null ? null : <KeyFileDialog id={id} kind={dialog} onClose={() => setDialog(null)} />}
    </>
  );
}
