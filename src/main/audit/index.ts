/**
 * The audit record: what an event holds and how it is written down. Its invariant: the text of an event is
 * canonical (keys sorted, no white space), so that whoever has it can hash it again. What does not belong:
 * storing (store/) and deciding what is recorded (services/).
 */

export interface AuditActor {
  readonly kind: string;
  readonly id: string | null;
  readonly name: string;
}

export interface AuditEntry {
  /** RFC 3339, UTC. */
  readonly at: string;
  /** `area.what-happened`, e.g. certificate.issued. */
  readonly type: string;
  readonly actor: AuditActor;
  /** Which door, and the address of the caller where there is one. */
  readonly door: string;
  readonly outcome: 'success' | 'failure';
  readonly realm: string | null;
  readonly subject: { readonly kind: string; readonly id: string; readonly name?: string } | null;
  /** Facts for a person; never a secret, a key or a password. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The entry as it is stored and hashed: JSON with sorted keys and without white space (RFC 8785 for our values). */
export function writeEntry(entry: AuditEntry): string {
  return canonical(entry);
}

/** Text by text, since this is on the way of every certificate: sorted copies for JSON.stringify took thrice as long. */
function canonical(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const item = (value as Readonly<Record<string, unknown>>)[key];
    if (item === undefined) continue;
    text += `${text === '' ? '' : ','}${quoted(key)}:${canonical(item)}`;
  }
  return `{${text}}`;
}

/** Nothing of it is escaped. */
const plainText = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  return plainText.test(text) ? `"${text}"` : JSON.stringify(text);
}
