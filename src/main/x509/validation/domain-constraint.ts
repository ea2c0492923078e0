/** Domains and mailboxes, as names of certificates and as constraints on them (RFC 5280 section 4.2.1.10). */

/** Labels of letters, digits and hyphens (RFC 1034 section 3.5 as changed by RFC 1123 section 2.1). */
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

export function isDomain(value: string): boolean {
  return value.length <= 253 && domain.test(value);
}

/** A domain that may begin with the one label `*` (RFC 9525 section 6.3). */
export function isDomainOrWildcard(value: string): boolean {
  return isDomain(value.startsWith('*.') ? value.slice(2) : value);
}

/** Whether the domain is the base or lies below it; an empty base holds all. */
export function isWithinDomain(value: string, base: string): boolean {
  if (base === '') return true;
  const name = value.toLowerCase();
  const suffix = base.toLowerCase();
  return name === suffix || name.endsWith(`.${suffix}`);
}

/** Whether all that the name may stand for lies within the base. */
export function isDnsPermitted(name: string, base: string): boolean {
  return isWithinDomain(name.startsWith('*.') ? name.slice(2) : name, base);
}

/** Whether something that the name may stand for lies within the base. */
export function isDnsExcluded(name: string, base: string): boolean {
  if (!name.startsWith('*.')) return isWithinDomain(name, base);
  const parent = name.slice(2);
  if (isWithinDomain(parent, base)) return true;
  // One more label on the wildcard's own parent is what it stands for.
  return isWithinDomain(base, parent) && base.split('.').length === parent.split('.').length + 1;
}

/** Exactly the host, or with a leading dot all hosts below it: the rule for URIs and mail domains. */
export function isHostWithin(host: string, base: string): boolean {
  if (base === '') return true;
  const name = host.toLowerCase();
  const wanted = base.toLowerCase();
  return wanted.startsWith('.') ? name.endsWith(wanted) && name.length > wanted.length : name === wanted;
}

export interface Mailbox {
  readonly local: string;
  readonly domain: string;
}

const atom = /^[a-z0-9!#$%&'*+\-/=?^_`{|}~]+(?:\.[a-z0-9!#$%&'*+\-/=?^_`{|}~]+)*$/i;
const quoted = /^"(?:[ !#-[\]-~]|\\[ -~])*"$/;

/** The parts of an rfc822Name (a Mailbox of RFC 5321 section 4.1.2), undefined when it is not one. */
export function parseMailbox(value: string): Mailbox | undefined {
  const at = value.lastIndexOf('@');
  if (at < 1) return undefined;
  const local = value.slice(0, at);
  const host = value.slice(at + 1);
  if (local.length > 64 || !(atom.test(local) || quoted.test(local)) || !isDomain(host)) return undefined;
  return { local: quoted.test(local) ? unquoted(local) : local, domain: host };
}

function unquoted(local: string): string {
  return local.slice(1, -1).replace(/\\(.)/g, '$1');
}

/** Section 4.2.1.10: a mailbox, all mailboxes of a host, or with a leading dot those of all hosts below it. */
export function isMailboxWithin(mailbox: Mailbox, base: string): boolean {
  if (!base.includes('@')) return isHostWithin(mailbox.domain, base);
  const wanted = parseMailbox(base);
  // The local part is compared as it is, the host without regard to case (section 7.5).
  return (
    wanted !== undefined &&
    wanted.local === mailbox.local &&
    wanted.domain.toLowerCase() === mailbox.domain.toLowerCase()
  );
}

/** The host of a URI with an authority, undefined when it has none or the host is an address. */
export function hostOfUri(uri: string): string | undefined {
  const authority = /^[a-z][a-z0-9+\-.]*:\/\/([^/?#]*)/i.exec(uri)?.[1];
  if (authority === undefined) return undefined;
  const host = /^(?:[^@[\]]*@)?([^@:[\]]+)(?::\d*)?$/.exec(authority)?.[1];
  return host !== undefined && isDomain(host) && !/(^|\.)\d+$/.test(host) ? host : undefined;
}
