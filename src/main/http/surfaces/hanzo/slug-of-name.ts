/** A name as it can stand in addresses and commands: lower case, hyphens for what else it has, at most 63. */
export function slugOfName(name: string): string {
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return slug.slice(0, 63).replace(/^-|-$/g, '') || 'unnamed';
}
