/** Roles: the built-in ones, and those that an installation makes of any permissions. */
import { z } from 'zod';
import { DisplayName, Nothing, pageOf, pageQuery, Slug, Timestamp } from '../model/basics.ts';
import { ownablePermissions, Permission, permissions, RoleRef } from '../model/permissions.ts';
import { operation } from './operation.ts';

export const RoleSummary = z
  .strictObject({
    slug: z.string(),
    name: z.string(),
    builtIn: z.boolean(),
    permissions: z.array(Permission),
    ownOnly: z
      .array(Permission)
      .describe('Those of the permissions that hold for what the holder created, requested or is'),
    createdAt: Timestamp.nullable(),
  })
  .meta({ id: 'RoleSummary' });
export type RoleSummary = z.infer<typeof RoleSummary>;

const PermissionList = z.array(Permission).min(1).max(permissions.length);
const OwnOnly = z
  .array(z.enum(ownablePermissions))
  .max(ownablePermissions.length)
  .describe('Of the permissions, those that hold for own objects alone');

export const listRoles = operation({
  id: 'roles.list',
  summary: 'List the roles with their permissions',
  method: 'GET',
  path: '/roles',
  input: z.strictObject(pageQuery),
  output: pageOf(RoleSummary),
  errors: [],
  permission: 'roles.read',
  risk: 'none',
});

export const createRole = operation({
  id: 'roles.create',
  summary: 'Create a role of any permissions that one has oneself',
  method: 'POST',
  path: '/roles',
  input: z.strictObject({
    slug: Slug,
    name: DisplayName.optional(),
    permissions: PermissionList.meta({ flag: 'permission' }),
    ownOnly: OwnOnly.default([]),
  }),
  output: RoleSummary,
  status: 201,
  errors: ['ALREADY_EXISTS'],
  permission: 'roles.write',
  risk: 'change',
  audit: 'role.created',
});

export const updateRole = operation({
  id: 'roles.update',
  summary: 'Change a role; whoever holds it has the new permissions at once',
  method: 'PATCH',
  path: '/roles/{slug}',
  input: z.strictObject({
    slug: RoleRef,
    name: DisplayName.optional(),
    permissions: PermissionList.optional().meta({ flag: 'permission' }),
    ownOnly: OwnOnly.optional(),
  }),
  output: RoleSummary,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'roles.write',
  risk: 'change',
  audit: 'role.updated',
});

export const deleteRole = operation({
  id: 'roles.delete',
  summary: 'Delete a role that nobody holds',
  method: 'DELETE',
  path: '/roles/{slug}',
  input: z.strictObject({ slug: RoleRef }),
  output: Nothing,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'roles.write',
  risk: 'destructive',
  audit: 'role.deleted',
});

export const roleOperations = [listRoles, createRole, updateRole, deleteRole] as const;
