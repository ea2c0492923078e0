/** Two certificates side by side: in which fields they differ. */

import { ChanceryError } from '../../../shared/errors.ts';
import { classifyDer } from '../files/classify-der.ts';
import { viewFields } from './view-fields.ts';

export interface Difference {
  /** The section and the field, e.g. `extensions`, `subjectAltName`. */
  readonly section: string;
  readonly name: string;
  /** Undefined where the certificate has no such field. */
  readonly first: string | undefined;
  readonly second: string | undefined;
}

/** The differing fields in their order. Throws INVALID_CERTIFICATE when either is not a certificate. */
export function compareCertificates(first: Uint8Array, second: Uint8Array): Difference[] {
  const before = fieldsOf(first);
  const after = fieldsOf(second);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [a, b] = [before.get(key), after.get(key)];
    if (a === b) return [];
    const [section = '', name = ''] = key.split('\n');
    return [{ section, name, first: a, second: b }];
  });
}

function fieldsOf(der: Uint8Array): Map<string, string> {
  if (classifyDer(der) !== 'certificate')
    throw new ChanceryError({ code: 'INVALID_CERTIFICATE', detail: 'Only certificates can be compared.' });
  return new Map(
    viewFields(der).flatMap(({ name: section, fields }) =>
      fields.map(({ name, value, critical }) => [
        `${section}\n${name}`,
        critical ? `critical, ${value}` : value,
      ]),
    ),
  );
}
