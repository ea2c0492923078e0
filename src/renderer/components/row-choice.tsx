/** The box that a row of a list is chosen by. */
import { Checkbox } from '@mantine/core';

interface RowChoiceProps {
  readonly label: string;
  readonly isChosen: boolean;
  /** Of what it stands for, some are chosen. */
  readonly isPartly?: boolean;
  readonly onToggle: (isRange: boolean) => void;
}

export function RowChoice({ label, isChosen, isPartly = false, onToggle }: RowChoiceProps) {
  return (
    <Checkbox
      size="xs"
      aria-label={label}
      checked={isChosen}
      indeterminate={isPartly}
      onChange={(event) => {
        const { nativeEvent } = event;
        onToggle(nativeEvent instanceof MouseEvent && nativeEvent.shiftKey);
      }}
    />
  );
}
