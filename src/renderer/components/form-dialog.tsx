/** A dialog that is a form: what it asks for, a way out, and the button that sends it. */
import { Button, Group, type ModalProps, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';

interface FormDialogProps
  extends Pick<ModalProps, 'title' | 'size' | 'closeOnClickOutside' | 'onClose' | 'children'> {
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  /** The button of type `submit`. */
  readonly action: ReactNode;
}

export function FormDialog({ onSubmit, action, onClose, children, ...props }: FormDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog onClose={onClose} {...props}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(event);
        }}
      >
        <Stack>
          {children}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            {action}
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
