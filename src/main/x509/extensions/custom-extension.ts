/** Extensions that have no field of their own: any object identifier with any value in DER. */
import { ChanceryError } from '../../../shared/errors.ts';
import { type CustomExtension, extensionsWithFields } from '../../../shared/model/extensions.ts';
import { type DerFormat, DerReader } from '../der/der-reader.ts';

/** An extension as it is written. */
export interface RawExtension {
  readonly oid: string;
  readonly critical: boolean;
  /** DER. */
  readonly value: Uint8Array;
}

const format: DerFormat = { code: 'INVALID_INPUT', name: "extension's value", maxBytes: 30_000 };

/** Decodes what people gave. Throws INVALID_INPUT for one that has a field, is there twice, or is no DER. */
export function readCustomExtensions(
  extensions: readonly CustomExtension[],
  path: readonly (string | number)[] = ['customExtensions'],
): RawExtension[] {
  const seen = new Set<string>();
  return extensions.map(({ oid, critical, value }, index) => {
    const refuse = (field: string, rule: string, message: string) =>
      new ChanceryError({
        code: 'INVALID_INPUT',
        detail: message,
        violations: [{ path: [...path, index, field], rule: `customExtensions.${rule}`, message }],
      });
    const own = extensionsWithFields[oid];
    if (own !== undefined)
      throw refuse('oid', 'field', `The extension ${oid} is not a custom one: it is made of ${own}.`);
    if (seen.has(oid)) throw refuse('oid', 'duplicate', `The extension ${oid} is there twice.`);
    seen.add(oid);
    const der = derOf(value);
    if (der === undefined)
      throw refuse('value', 'der', `The value of the extension ${oid} is not DER in hexadecimal or base64.`);
    return { oid, critical, value: der };
  });
}

/** Text that is hexadecimal and, read so, DER is that; everything else is base64. */
function derOf(text: string): Uint8Array | undefined {
  const compact = text.replace(/[\s:]/g, '');
  if (/^(?:[0-9a-f]{2})+$/i.test(compact)) {
    const bytes = Buffer.from(compact, 'hex');
    if (isDer(bytes)) return Uint8Array.from(bytes);
  }
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined;
  const bytes = Buffer.from(compact, 'base64');
  return isDer(bytes) ? Uint8Array.from(bytes) : undefined;
}

/** One element, and whatever is constructed within it well formed. */
function isDer(bytes: Uint8Array): boolean {
  try {
    const reader = DerReader.open(bytes, format);
    const outer = reader.fork();
    outer.element('the value');
    outer.finish('the value');
    reader.checkStructure();
    return true;
  } catch (error) {
    if (error instanceof ChanceryError) return false;
    throw error;
  }
}
