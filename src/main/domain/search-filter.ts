/** Makes a search filter of a directory from its template: what is put in is data, whatever is in it. */

/** The value as RFC 4515 section 3 writes it: no character of it means anything to the filter. */
export function escapeFilterValue(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is one of the five that must be escaped
  return value.replace(/[\\*()\x00]/g, (character) => {
    return `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

/** The template with each {name} replaced by its escaped value; names without a value stay as they are. */
export function fillFilter(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    return Object.hasOwn(values, name) ? escapeFilterValue(values[name] ?? '') : whole;
  });
}

export interface AccountName {
  readonly username: string;
  /** Of DOMAIN\user and user@domain; null where there is none. */
  readonly domain: string | null;
}

/** Takes DOMAIN\user and user@domain apart; the last @ counts, since names may have one. */
export function parseAccountName(name: string): AccountName {
  const backslash = name.indexOf('\\');
  if (backslash > 0) return { username: name.slice(backslash + 1), domain: name.slice(0, backslash) };
  const at = name.lastIndexOf('@');
  if (at > 0 && at < name.length - 1) return { username: name.slice(0, at), domain: name.slice(at + 1) };
  return { username: name, domain: null };
}
