/** Puts a text on the clipboard and says so, in place and to assistive technology. */
import { ActionIcon, Button, type ButtonProps, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface CopyButtonProps extends Pick<ButtonProps, 'size' | 'variant'> {
  readonly value: string;
  /** What is copied, for the icon form's label, e.g. `Copy serial number`. */
  readonly label?: string;
  readonly iconOnly?: boolean;
}

export function CopyButton({
  value,
  label,
  iconOnly = false,
  size = 'xs',
  variant = 'default',
}: CopyButtonProps) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 1600 });
  const Mark = clipboard.copied ? IconCheck : IconCopy;
  const text = clipboard.copied ? t('action.copied') : t('action.copy');
  if (iconOnly) {
    return (
      <Tooltip label={text}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={clipboard.copied ? t('action.copied') : (label ?? text)}
          onClick={() => clipboard.copy(value)}
        >
          <Mark size={15} />
        </ActionIcon>
      </Tooltip>
    );
  }
  return (
    <Button
      size={size}
      variant={variant}
      leftSection={<Mark size={15} />}
      onClick={() => clipboard.copy(value)}
      aria-live="polite"
    >
      {text}
    </Button>
  );
}
