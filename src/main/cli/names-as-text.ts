import { type NameConstraint, nameConstraintTypes } from '../../shared/model/extensions.ts';
import { type SubjectAltName, subjectAltNameTypes } from '../../shared/model/names.ts';
import { usageError } from './usage-error.ts';

/** An alternative name written as `dns:www.example`; without a type it is guessed to be an address, email or DNS name. */
export function subjectAltNameFromText(text: string): SubjectAltName {
  const [, prefix, rest] = /^([A-Za-z]+):(.*)$/s.exec(text) ?? [];
  const type = subjectAltNameTypes.find((known) => known.toLowerCase() === prefix?.toLowerCase());
  if (type === 'otherName' && rest !== undefined) {
    const [, oid, value] = /^([0-9.]+)[:=](.*)$/s.exec(rest) ?? [];
    if (oid !== undefined && value !== undefined) return { type, oid, value };
    throw usageError(`"${text}" is no other name.`, 'Write it as othername:1.3.6.1.4.1.55555.1:VALUE.');
  }
  if (type !== undefined && rest !== undefined) return { type, value: rest };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return { type: 'uri', value: text };
  if (/^(?:\d{1,3}\.){3}\d{1,3}$/.test(text) || /^[0-9a-f.]*:[0-9a-f:.]*$/i.test(text))
    return { type: 'ip', value: text };
  if (text.includes('@')) return { type: 'email', value: text };
  if (/^[a-z0-9*_.-]+$/i.test(text)) return { type: 'dns', value: text };
  throw usageError(
    `"${text}" is no alternative name.`,
    `Write it with its type, one of ${subjectAltNameTypes.join(', ')}, as in dns:www.example.`,
  );
}

/** A subtree of names written as `dns:example.com`, `ip:10.0.0.0/8` or `directory:O=Example,C=DE`. */
export function nameConstraintFromText(text: string): NameConstraint {
  const [, prefix, value] = /^([A-Za-z]+):(.*)$/s.exec(text) ?? [];
  const type = nameConstraintTypes.find((known) => known === prefix?.toLowerCase());
  if (type !== undefined && value !== undefined) return { type, value };
  throw usageError(
    `"${text}" is no subtree of names.`,
    `Write it with its type, one of ${nameConstraintTypes.join(', ')}, as in dns:example.com.`,
  );
}
