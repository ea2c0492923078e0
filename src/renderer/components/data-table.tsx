/**
 * A table over a list that may be very long: only the rows in sight are in the document, more pages are read
 * when the end comes near. Markup stays a real table, so that assistive technology counts rows and columns.
 */
import { Skeleton, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { Header, RowData, SortingState } from '@tanstack/react-table';
import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './data-table.module.css';
import { RowChoice } from './row-choice.tsx';
import type { RowSelection } from './row-selection.ts';
import { type Columns, tableFeatureSet } from './table-columns.ts';

const rowHeightPx = 46;
const choicePx = 44;
/** Rows before the end at which the next page is asked for. */
const prefetchRows = 12;
const noSorting: SortingState = [];

export interface DataTableProps<T extends RowData> {
  readonly label: string;
  readonly columns: Columns<T>;
  readonly rows: T[];
  readonly rowId: (row: T) => string;
  /** Pixels under which the table scrolls sideways. */
  readonly minWidthPx?: number;
  readonly total: number;
  readonly totalIsCapped: boolean;
  readonly isLoading: boolean;
  readonly isStale: boolean;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => unknown;
  readonly sorting?: SortingState;
  readonly onSort?: (sorting: SortingState) => void;
  /** What a click anywhere in the row does; its first cell holds the link that the keyboard uses. */
  readonly onOpen?: (row: T) => void;
  /** Gives each row a box to choose it by; Shift chooses all from the last one on. */
  readonly selection?: RowSelection | undefined;
  /** What a row is called, for the label of its box. */
  readonly nameOf?: (row: T) => string;
}

/** From a link to the next row's link, from a box to its box. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const from = event.target as HTMLElement;
  const row = from.closest('tr');
  const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling;
  const target = next?.querySelector<HTMLElement>(from.matches('input') ? 'input' : 'a, button');
  if (target === null || target === undefined) return;
  event.preventDefault();
  target.focus();
}

/** Whether the click was meant for something inside the row, or only selected text. */
function isForRow(event: MouseEvent): boolean {
  const inside = (event.target as HTMLElement).closest(`a, button, input, [role="menu"], .${styles.choice}`);
  return inside === null && window.getSelection()?.isCollapsed !== false;
}

function HeaderCell<T extends RowData>({ header }: { readonly header: Header<typeof tableFeatureSet, T> }) {
  const { column } = header;
  const sorted = column.getIsSorted();
  const Arrow = sorted === 'asc' ? IconArrowUp : sorted === 'desc' ? IconArrowDown : IconArrowsSort;
  const text = String(column.columnDef.header ?? '');
  const order = sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none';
  if (!column.getCanSort()) {
    // A column of buttons needs no words for the eye.
    return <th scope="col">{column.id === 'actions' ? <VisuallyHidden>{text}</VisuallyHidden> : text}</th>;
  }
  return (
    <th scope="col" aria-sort={order}>
      <UnstyledButton
        className={`${styles.sort} ${sorted === false ? '' : styles.sorted}`}
        onClick={() => column.toggleSorting(sorted === 'asc')}
      >
        {text}
        <Arrow size={13} aria-hidden="true" />
      </UnstyledButton>
    </th>
  );
}

function SkeletonRows({ columns }: { readonly columns: number }) {
  return Array.from({ length: 8 }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
    <tr key={row}>
      {Array.from({ length: columns }, (__, cell) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <td key={cell}>
          <Skeleton height={10} width={`${50 + ((row * 7 + cell * 13) % 40)}%`} />
        </td>
      ))}
    </tr>
  ));
}

export function DataTable<T extends RowData>(props: DataTableProps<T>) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLElement>(null);
  const { ref: frame, width } = useElementSize();
  const sorting = props.sorting ?? noSorting;
  const { selection } = props;
  const isAnyChosen = props.rows.some((row) => selection?.has(props.rowId(row)));
  const isEachChosen = isAnyChosen && props.rows.every((row) => selection?.has(props.rowId(row)));
  const shown = useMemo(
    () => props.columns.filter((one) => one.fromWidthPx <= width),
    [props.columns, width],
  );
  const definitions = useMemo(() => shown.map(({ definition }) => definition), [shown]);
  const table = useTable({
    features: tableFeatureSet,
    columns: definitions,
    data: props.rows,
    getRowId: props.rowId,
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting },
    onSortingChange: (update) => props.onSort?.(typeof update === 'function' ? update(sorting) : update),
  });
  const { rows } = table.getRowModel();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  // Out of sight above and below: room that the style sheet draws, so that the table holds nothing but rows.
  const gaps = { '--before': `${before}px`, '--after': `${after}px` } as CSSProperties;
  const lastIndex = items.at(-1)?.index ?? 0;
  const { hasMore, isLoadingMore, loadMore } = props;
  useEffect(() => {
    if (hasMore && !isLoadingMore && lastIndex >= rows.length - prefetchRows) void loadMore();
  }, [hasMore, isLoadingMore, lastIndex, loadMore, rows.length]);

  return (
    <div ref={frame} className={styles.frame} aria-busy={props.isLoading || props.isStale}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section ref={scroller} className={styles.scroll} tabIndex={0} aria-label={props.label}>
        <table
          className={styles.table}
          style={{ minWidth: props.minWidthPx }}
          aria-label={props.label}
          aria-rowcount={props.totalIsCapped ? -1 : props.total + 1}
        >
          <colgroup>
            {selection === undefined ? null : <col style={{ width: choicePx }} />}
            {shown.map(({ definition, sizePx }) => (
              <col key={definition.id} style={{ width: sizePx }} />
            ))}
          </colgroup>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id} aria-rowindex={1}>
                {selection === undefined ? null : (
                  <th scope="col" className={styles.choice}>
                    <RowChoice
                      label={t('selection.loaded')}
                      isChosen={isEachChosen}
                      isPartly={isAnyChosen && !isEachChosen}
                      onToggle={() => selection.toggleLoaded()}
                    />
                  </th>
                )}
                {group.headers.map((header) => (
                  <HeaderCell key={header.id} header={header} />
                ))}
              </tr>
            ))}
          </thead>
          <tbody
            className={props.isStale ? `${styles.body} ${styles.stale}` : styles.body}
            style={gaps}
            onKeyDown={moveFocus}
          >
            {props.isLoading ? (
              <SkeletonRows columns={shown.length + (selection === undefined ? 0 : 1)} />
            ) : null}
            {items.map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              const { onOpen } = props;
              return (
                <tr
                  key={row.id}
                  aria-rowindex={item.index + 2}
                  className={`${styles.row} ${onOpen === undefined ? '' : styles.opens} ${selection?.has(row.id) ? styles.chosen : ''}`}
                  onClick={
                    onOpen === undefined ? undefined : (event) => isForRow(event) && onOpen(row.original)
                  }
                >
                  {selection === undefined ? null : (
                    <td className={styles.choice}>
                      <RowChoice
                        label={t('selection.one', { name: props.nameOf?.(row.original) ?? row.id })}
                        isChosen={selection.has(row.id)}
                        onToggle={(isRange) => selection.toggle(row.id, isRange)}
                      />
                    </td>
                  )}
                  {row.getAllCells().map((cell) => (
                    <td key={cell.id}>
                      <table.FlexRender cell={cell} />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <div className={styles.foot} role="status">
        <span>
          {props.isLoading
            ? t('table.loading')
            : t('table.count', { count: props.total, of: props.totalIsCapped ? '+' : '' })}
        </span>
        <span>{props.isLoadingMore ? t('table.loadingMore') : null}</span>
      </div>
    </div>
  );
}
