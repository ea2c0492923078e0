import { type Subject, type SubjectAltName, subjectAltNameTypes } from '../../shared/model/names.ts';
import { usageError } from './usage-error.ts';

/** Attribute keywords of RFC 4514 section 3 and those that people use besides, in upper case. */
const attributes: Readonly<Record<string, Exclude<keyof Subject, 'domainComponent'> | 'domainComponent'>> = {
  CN: 'commonName',
  O: 'organization',
  OU: 'organizationalUnit',
  C: 'country',
  ST: 'state',
  S: 'state',
  L: 'locality',
  SERIALNUMBER: 'serialNumber',
  E: 'emailAddress',
  EMAIL: 'emailAddress',
  EMAILADDRESS: 'emailAddress',
  DC: 'domainComponent',
};

/**
 * A subject written as `CN=web.example,O=Example` (RFC 4514: a backslash escapes the next character, or is
 * followed by two hexadecimal digits). Throws a usage error for unknown or repeated attributes.
 */
export function subjectFromText(text: string): Subject {
  const subject: Subject = {};
  // RFC 4514 writes the most specific part first, so domain components are found from the last label up.
  const domainComponents: string[] = [];
  for (const part of splitUnescaped(text)) {
    const equals = part.indexOf('=');
    const name = attributes[part.slice(0, Math.max(0, equals)).trim().toUpperCase()];
    if (!name)
      throw usageError(
        `"${part}" is no part of a subject.`,
        `Write it as CN=web.example,O=Example; known are ${Object.keys(attributes).join(', ')}.`,
      );
    const value = unescaped(part.slice(equals + 1).trim());
    if (name === 'domainComponent') domainComponents.unshift(value);
    else if (subject[name] !== undefined) throw usageError(`The subject has ${name} more than once.`);
    else subject[name] = value;
  }
  if (domainComponents.length > 0) subject.domainComponent = domainComponents;
  return subject;
}

/** An alternative name written as `dns:www.example`; without a type it is guessed to be an address, email or DNS name. */
export function subjectAltNameFromText(text: string): SubjectAltName {
  const [, prefix, rest] = /^([A-Za-z]+):(.*)$/s.exec(text) ?? [];
  const type = subjectAltNameTypes.find((known) => known === prefix?.toLowerCase());
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

function splitUnescaped(text: string): string[] {
  return (text.match(/(?:\\.|[^\\,])+/gs) ?? []).map((part) => part.trim()).filter((part) => part !== '');
}

function unescaped(value: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < value.length; ) {
    const hex = /^\\([0-9a-f]{2})/i.exec(value.slice(at))?.[1];
    if (hex !== undefined) {
      bytes.push(Number.parseInt(hex, 16));
      at += 3;
      continue;
    }
    if (value[at] === '\\' && at + 1 < value.length) at += 1;
    const char = String.fromCodePoint(value.codePointAt(at) as number);
    bytes.push(...Buffer.from(char, 'utf8'));
    at += char.length;
  }
  return Buffer.from(bytes).toString('utf8');
}
