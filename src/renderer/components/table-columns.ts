/** Columns of a data table: sorting is the service's, widths are fixed, and a column without `size` takes the rest. */
import { type ColumnDef, type RowData, rowSortingFeature, tableFeatures } from '@tanstack/react-table';
import type { ReactNode } from 'react';

export const tableFeatureSet = tableFeatures({ rowSortingFeature });

export interface TableColumn<T extends RowData> {
  readonly definition: ColumnDef<typeof tableFeatureSet, T, unknown>;
  /** Columns without it share what the others leave. */
  readonly sizePx: number | undefined;
  /** The column is left out where the table is narrower. */
  readonly fromWidthPx: number;
}

export type Columns<T extends RowData> = readonly TableColumn<T>[];

interface ColumnFields<T> {
  /** Also the name that the service sorts by, where `sortable`. */
  readonly id: string;
  readonly header: string;
  readonly sizePx?: number;
  readonly fromWidthPx?: number;
  readonly sortable?: boolean;
  readonly cell: (row: T) => ReactNode;
}

/** One column; what it shows is a function of the row alone. */
export function column<T extends RowData>(fields: ColumnFields<T>): TableColumn<T> {
  const definition: TableColumn<T>['definition'] = {
    id: fields.id,
    header: fields.header,
    // Sorting asks for an accessor; the service sorts, so its value is never compared here.
    accessorFn: (row: T) => row,
    enableSorting: fields.sortable ?? false,
    cell: (context) => fields.cell(context.row.original),
  };
  return { definition, sizePx: fields.sizePx, fromWidthPx: fields.fromWidthPx ?? 0 };
}
