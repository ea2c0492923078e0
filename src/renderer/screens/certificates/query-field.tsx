/** A query with completion as one types. What can be read narrows the list; what cannot is marked, and changes nothing. */
import { CloseButton, Combobox, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks';
import { IconCode } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { completeQuery } from '../../../shared/query/complete-query.ts';
import { maxQueryLength } from '../../../shared/query/query.ts';
import type { NoteField } from '../../../shared/query/query-fields.ts';
import { QueryFault } from './query-fault.tsx';
import { completed, isBeingWritten, preselects, queryProblem, type Written } from './query-text.ts';

const debounceMs = 250;

interface QueryFieldProps {
  readonly value: string;
  readonly notes: readonly NoteField[] | undefined;
  /** Called with queries alone that can be read. */
  readonly onChange: (query: string) => void;
  readonly autoFocus: boolean;
}

export function QueryField({ value, notes, onChange, autoFocus }: QueryFieldProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const place = useRef<number | null>(null);
  const sent = useRef(value);
  const [written, setWritten] = useState<Written>({ text: value, caret: value.length });
  const [isSettled, setIsSettled] = useState(true);
  const combobox = useCombobox();
  const { text, caret } = written;
  const problem = useMemo(() => queryProblem(text, notes), [text, notes]);
  const completion = useMemo(() => completeQuery(text, caret, notes ?? []), [text, caret, notes]);
  const fault = problem && (isSettled || !isBeingWritten(problem, written)) ? problem : undefined;
  const hasOptions = completion.options.length > 0;
  const preselect = preselects(text, completion);

  const send = (query: string): void => {
    if (queryProblem(query, notes) !== undefined || query.trim() === sent.current) return;
    sent.current = query.trim();
    onChange(sent.current);
  };
  const sendSoon = useDebouncedCallback(send, debounceMs);
  const write = (next: Written): void => {
    setWritten(next);
    setIsSettled(false);
    sendSoon(next.text);
  };
  const take = (next: Written): void => {
    place.current = next.caret;
    write(next);
    input.current?.focus();
  };
  const settle = (): void => {
    combobox.closeDropdown();
    setIsSettled(true);
    send(text);
  };

  useHotkeys([['/', () => input.current?.focus()]]);
  useEffect(() => {
    // Follows the address (back, a link), but not the echo of what was written here.
    if (value === sent.current) return;
    sent.current = value;
    setWritten({ text: value, caret: value.length });
    setIsSettled(true);
  }, [value]);
  useLayoutEffect(() => {
    if (place.current === null || input.current?.value !== text) return;
    input.current.setSelectionRange(place.current, place.current);
    place.current = null;
  }, [text]);
  const { selectFirstOption, resetSelectedOption } = combobox;
  const optionsKey = completion.options.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: other options are another choice
  useEffect(() => {
    if (preselect) selectFirstOption();
    else resetSelectedOption();
  }, [preselect, optionsKey, selectFirstOption, resetSelectedOption]);

  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      width={320}
      shadow="md"
      onOptionSubmit={(option) => take(completed(text, completion, option))}
    >
      <Combobox.Target withExpandedAttribute>
        <TextInput
          ref={input}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          aria-label={t('certificates.query.label')}
          placeholder={t('certificates.query.placeholder')}
          autoFocus={autoFocus}
          spellCheck={false}
          autoCapitalize="off"
          value={text}
          maxLength={maxQueryLength}
          leftSection={<IconCode size={16} />}
          rightSection={
            text === '' ? null : (
              <CloseButton
                size="sm"
                aria-label={t('action.clear')}
                onClick={() => take({ text: '', caret: 0 })}
              />
            )
          }
          error={fault ? <QueryFault text={text} problem={fault} onTake={take} /> : undefined}
          onChange={({ currentTarget }) => {
            write({
              text: currentTarget.value,
              caret: currentTarget.selectionStart ?? currentTarget.value.length,
            });
            combobox.openDropdown();
          }}
          onSelect={({ currentTarget }) => {
            const at = currentTarget.selectionStart;
            if (at !== null && at !== caret && currentTarget.value === text) setWritten({ text, caret: at });
          }}
          onKeyDown={(event) => {
            const takesOption = combobox.dropdownOpened && combobox.getSelectedOptionIndex() !== -1;
            if (event.key === 'Enter' && !event.nativeEvent.isComposing && !takesOption) settle();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={settle}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!hasOptions}>
        <Combobox.Options
          mah={260}
          style={{ overflowY: 'auto' }}
          aria-label={t('certificates.query.options')}
        >
          {completion.options.map((option) => (
            <Combobox.Option key={option} value={option} className="mono">
              {option}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
