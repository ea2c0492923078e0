/** Distinguished names as people write them (RFC 4514). */
import { ChanceryError } from '../errors.ts';
import type { Subject } from './names.ts';

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
 * followed by two hexadecimal digits). Throws INVALID_INPUT for unknown or repeated attributes.
 */
export function subjectFromText(text: string): Subject {
  const subject: Subject = {};
  // RFC 4514 writes the most specific part first, so domain components are found from the last label up.
  const domainComponents: string[] = [];
  for (const part of splitUnescaped(text)) {
    const equals = part.indexOf('=');
    const name = attributes[part.slice(0, Math.max(0, equals)).trim().toUpperCase()];
    if (!name)
      throw invalid(
        `"${part}" is no part of a subject.`,
        `Write it as CN=web.example,O=Example; known are ${Object.keys(attributes).join(', ')}.`,
      );
    const value = unescaped(part.slice(equals + 1).trim());
    if (name === 'domainComponent') domainComponents.unshift(value);
    else if (subject[name] !== undefined) throw invalid(`The subject has ${name} more than once.`);
    else subject[name] = value;
  }
  if (domainComponents.length > 0) subject.domainComponent = domainComponents;
  return subject;
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
    bytes.push(...new TextEncoder().encode(char));
    at += char.length;
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

function invalid(detail: string, hint?: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_INPUT', detail, hint });
}
