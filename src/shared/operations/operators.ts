/** Operators: the people who work with Chancery, and the roles that they hold. */
import { z } from 'zod';
import { Access, HeldRole } from '../model/access.ts';
import { DisplayName, Id, Nothing, pageOf, pageQuery, RealmRef, secret, Timestamp } from '../model/basics.ts';
import { RoleRef } from '../model/permissions.ts';
import { operation } from './operation.ts';

export const Operator = z
  .strictObject({
    id: Id,
    name: z.string(),
    roles: z.array(HeldRole).describe('As far as the caller sees their realms'),
    disabled: z.boolean(),
    createdAt: Timestamp,
  })
  .meta({ id: 'Operator' });
export type Operator = z.infer<typeof Operator>;

export const Password = z
  .string()
  .min(10)
  .max(1024)
  .meta({ ...secret, description: 'At least 10 characters' });

const grantFields = {
  role: RoleRef,
  realms: z
    .array(RealmRef)
    .min(1)
    .max(100)
    .optional()
    .meta({ flag: 'realm' })
    .describe('Realms the role is held in; all, where it is left out'),
};

export const createOperator = operation({
  id: 'operators.create',
  summary: 'Create an operator with a password and a first role',
  description:
    'From the first operator on, sign-in is required at every door, the window and the command line included.',
  method: 'POST',
  path: '/operators',
  input: z.strictObject({ name: DisplayName, ...grantFields, password: Password }),
  output: Operator,
  status: 201,
  errors: ['ALREADY_EXISTS', 'NOT_FOUND'],
  permission: 'operators.write',
  risk: 'change',
  audit: 'operator.created',
});

export const listOperators = operation({
  id: 'operators.list',
  summary: 'List the operators',
  method: 'GET',
  path: '/operators',
  input: z.strictObject(pageQuery),
  output: pageOf(Operator),
  errors: [],
  permission: 'operators.read',
  risk: 'none',
});

export const showOperator = operation({
  id: 'operators.show',
  summary: 'Show an operator',
  method: 'GET',
  path: '/operators/{id}',
  input: z.strictObject({ id: Id }),
  output: Operator,
  errors: ['NOT_FOUND'],
  permission: 'operators.read',
  risk: 'none',
});

export const operatorAccess = operation({
  id: 'operators.access',
  summary: 'Show what an operator may do, and which role gives it',
  method: 'GET',
  path: '/operators/{id}/access',
  input: z.strictObject({ id: Id }),
  output: Access,
  errors: ['NOT_FOUND'],
  permission: 'operators.read',
  risk: 'none',
});

export const renameOperator = operation({
  id: 'operators.rename',
  summary: 'Give an operator another name, which is the one to sign in with',
  method: 'PATCH',
  path: '/operators/{id}',
  input: z.strictObject({ id: Id, name: DisplayName }),
  output: Operator,
  errors: ['NOT_FOUND', 'ALREADY_EXISTS'],
  permission: 'operators.write',
  risk: 'change',
  audit: 'operator.renamed',
});

export const grantRole = operation({
  id: 'operators.grant',
  summary: 'Give an operator a role, in all realms or in some; it holds at once',
  description: 'Nobody can give more than they have themselves.',
  method: 'POST',
  path: '/operators/{id}/grant',
  input: z.strictObject({ id: Id, ...grantFields }),
  output: Operator,
  errors: ['NOT_FOUND', 'ALREADY_EXISTS'],
  permission: 'operators.write',
  risk: 'change',
  audit: 'operator.role-granted',
});

export const withdrawRole = operation({
  id: 'operators.withdraw',
  summary: 'Take a role back; it is gone at once',
  method: 'POST',
  path: '/operators/{id}/withdraw',
  input: z.strictObject({ id: Id, ...grantFields }),
  output: Operator,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'operators.write',
  risk: 'destructive',
  audit: 'operator.role-withdrawn',
});

export const setOperatorPassword = operation({
  id: 'operators.set-password',
  summary: 'Give an operator another password: their sessions end at once',
  method: 'POST',
  path: '/operators/{id}/password',
  input: z.strictObject({ id: Id, password: Password }),
  output: Nothing,
  errors: ['NOT_FOUND'],
  permission: 'operators.write',
  risk: 'destructive',
  audit: 'operator.password-set',
});

export const disableOperator = operation({
  id: 'operators.disable',
  summary: 'Disable an operator: their sessions end at once',
  method: 'POST',
  path: '/operators/{id}/disable',
  input: z.strictObject({ id: Id }),
  output: Nothing,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'operators.write',
  risk: 'destructive',
  audit: 'operator.disabled',
});

export const enableOperator = operation({
  id: 'operators.enable',
  summary: 'Let a disabled operator sign in again',
  method: 'POST',
  path: '/operators/{id}/enable',
  input: z.strictObject({ id: Id }),
  output: Nothing,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'operators.write',
  risk: 'change',
  audit: 'operator.enabled',
});

export const operatorOperations = [
  createOperator,
  listOperators,
  showOperator,
  operatorAccess,
  renameOperator,
  grantRole,
  withdrawRole,
  setOperatorPassword,
  disableOperator,
  enableOperator,
] as const;
