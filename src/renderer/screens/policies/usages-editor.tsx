/** Edits what a policy says of usages: allowed, required, denied. */
import { Group, MultiSelect, TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Usages<Usage extends string> {
  allowed: Usage[];
  required: Usage[];
  denied?: Usage[] | undefined;
}

interface UsagesEditorProps<Value extends Usages<string>> {
  readonly name: string;
  readonly known: readonly string[];
  /** Whether others than the known ones can be typed. */
  readonly isFree: boolean;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

export function UsagesEditor<Value extends Usages<string>>(props: UsagesEditorProps<Value>) {
  const { name, known, isFree, value, onChange } = props;
  const { t } = useTranslation();
  return (
    <Group gap="xs" grow align="flex-start">
      {(['allowed', 'required', 'denied'] as const).map((kind) => {
        const input = {
          label: t(`ruling.usages.${kind}`, { name }),
          data: [...known],
          value: [...(value[kind] ?? [])],
          onChange: (chosen: string[]) =>
            onChange({ ...value, [kind]: kind === 'denied' && chosen.length === 0 ? undefined : chosen }),
        };
        return isFree ? <TagsInput key={kind} {...input} /> : <MultiSelect key={kind} {...input} />;
      })}
    </Group>
  );
}
