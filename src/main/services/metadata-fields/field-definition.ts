import { z } from 'zod';
import { fieldDefinition } from '../../../shared/model/metadata-field.ts';
import type { MetadataFieldRow } from '../../store/index.ts';

const Definition = z.strictObject(fieldDefinition);
export type FieldDefinition = z.infer<typeof Definition>;

/** What a row says of its field. */
export function definitionOf({ definition }: Pick<MetadataFieldRow, 'definition'>): FieldDefinition {
  return Definition.parse(JSON.parse(definition));
}
