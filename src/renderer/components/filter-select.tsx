/** A choice that narrows a list; empty, it does not. */
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface FilterSelectProps<Value extends string> {
  readonly label: string;
  /** What it says while it does not narrow, e.g. `Any status`. */
  readonly any: string;
  readonly data: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value | undefined) => void;
  readonly searchable?: boolean;
  /** Wide enough for its longest choice; shrinks to 130. */
  readonly widthPx?: number;
}

export function FilterSelect<Value extends string>({
  label,
  any,
  value,
  onChange,
  widthPx = 150,
  ...props
}: FilterSelectProps<Value>) {
  const { t } = useTranslation();
  return (
    <Select<Value>
      style={{ flex: `0 1 ${widthPx}px`, minWidth: 130 }}
      clearable
      aria-label={label}
      placeholder={any}
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      {...props}
    />
  );
}
