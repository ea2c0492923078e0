import type { TFunction } from 'i18next';
import { type BuiltInRole, roleNames } from '../../shared/model/permissions.ts';

const builtIn: readonly string[] = roleNames;

function isBuiltIn(slug: string): slug is BuiltInRole {
  return builtIn.includes(slug);
}

/** What people read of a role: built-in ones in their language, own ones by their slug. */
export function roleName(t: TFunction, slug: string): string {
  return isBuiltIn(slug) ? t(`ruling.role.${slug}`) : slug;
}
