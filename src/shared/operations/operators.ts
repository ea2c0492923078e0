/** Operators: the people who work with Chancery. */
import { z } from 'zod';
import { DisplayName, Id, Nothing, pageOf, pageQuery, RealmRef, secret, Timestamp } from '../model/basics.ts';
import { RoleName } from '../model/permissions.ts';
import { operation } from './operation.ts';

export const Operator = z
  .strictObject({
    id: Id,
    name: z.string(),
    role: RoleName,
    realms: z
      .array(z.string())
      .nullable()
      .describe('Slugs of the realms the role is held in; null means all'),
    disabled: z.boolean(),
    createdAt: Timestamp,
  })
  .meta({ id: 'Operator' });
export type Operator = z.infer<typeof Operator>;

export const createOperator = operation({
  id: 'operators.create',
  summary: 'Create an operator with a password',
  description:
    'From the first operator on, sign-in is required at every door, the window and the command line included.',
  method: 'POST',
  path: '/operators',
  input: z.strictObject({
    name: DisplayName,
    role: RoleName.exclude(['api-client']),
    realms: z
      .array(RealmRef)
      .max(100)
      .optional()
      .describe('Realms the role is held in; administrators and auditors may leave it out'),
    password: z
      .string()
      .min(10)
      .max(1024)
      .meta({ ...secret, description: 'At least 10 characters' }),
  }),
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

export const operatorOperations = [createOperator, listOperators, disableOperator] as const;
