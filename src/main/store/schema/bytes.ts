import type { ColumnType } from 'kysely';

/** Bytes: written from any byte array, read back as a Buffer. */
export type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;
