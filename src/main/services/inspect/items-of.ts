import { ChanceryError } from '../../../shared/errors.ts';
import { type FileKind, recognise } from '../../x509/index.ts';
import { contentBytes } from './content-bytes.ts';

/** DER of all things of that kind in the content. Throws INVALID_CERTIFICATE at the field where there is none. */
export function itemsOf(content: string, kind: FileKind, field: string): Uint8Array[] {
  const found = recognise(contentBytes(content)).items.filter((item) => item.kind === kind);
  if (found.length > 0) return found.map(({ der }) => der);
  const message = `There is no ${kind === 'crl' ? 'CRL' : kind} in it.`;
  throw new ChanceryError({
    code: 'INVALID_CERTIFICATE',
    detail: message,
    violations: [{ path: [field], rule: 'content.kind', message }],
  });
}
