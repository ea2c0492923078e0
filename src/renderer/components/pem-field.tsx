/** A text that usually lies in a file: paste it, drop the file on it, or pick the file. */
import { Button, Text, Textarea } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './pem-field.module.css';
import { readAsPem } from './read-as-pem.ts';

interface PemFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly error?: ReactNode;
  /** The PEM label of a file that turns out to be DER, e.g. `CERTIFICATE`. */
  readonly derLabel: string;
  /** File name endings, for the picker. */
  readonly accept: string;
  readonly rows?: number;
  readonly required?: boolean;
}

export function PemField(props: PemFieldProps) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [fileName, setFileName] = useState<string | null>(null);
  const take = (file: File | undefined): void => {
    if (file === undefined) return;
    void readAsPem(file, props.derLabel).then((text) => {
      setFileName(file.name);
      props.onChange(text);
    });
  };
  return (
    <div>
      <Textarea
        label={props.label}
        description={props.description}
        placeholder={props.placeholder}
        value={props.value}
        error={props.error}
        required={props.required ?? false}
        autosize
        minRows={props.rows ?? 5}
        maxRows={12}
        spellCheck={false}
        classNames={{ input: `mono ${isOver ? styles.over : ''}` }}
        onChange={(event) => {
          setFileName(null);
          props.onChange(event.currentTarget.value);
        }}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          if (event.dataTransfer.files.length === 0) return;
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files[0]);
        }}
      />
      <div className={styles.row}>
        <Text size="xs" c="dimmed">
          {fileName ?? t('file.dropHint')}
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconFileUpload size={14} />}
          onClick={() => picker.current?.click()}
        >
          {t('file.choose')}
        </Button>
        <input
          ref={picker}
          type="file"
          hidden
          accept={props.accept}
          aria-label={props.label}
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
    </div>
  );
}
