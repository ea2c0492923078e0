/** What somebody may do, and why. */
import { z } from 'zod';
import { Permission } from './permissions.ts';

export const HeldRole = z
  .strictObject({
    role: z.string().describe('Slug of the role'),
    realms: z.array(z.string()).nullable().describe('Slugs of the realms it is held in; null means all'),
  })
  .meta({ id: 'HeldRole' });
export type HeldRole = z.infer<typeof HeldRole>;

export const AccessReason = z
  .strictObject({
    role: z.string(),
    realms: z.array(z.string()).nullable().describe('Slugs; null means all realms'),
    ownOnly: z.boolean().describe('Only for what the holder created, requested or is'),
    holds: z
      .boolean()
      .describe('False where the permission concerns the installation, and the role is held in realms only'),
  })
  .meta({ id: 'AccessReason' });

export const Access = z
  .strictObject({
    kind: z.enum(['operator', 'client']),
    id: z.string().nullable(),
    name: z.string(),
    obstacle: z
      .enum(['disabled', 'no-role', 'no-realm'])
      .nullable()
      .describe('Why nothing of this can be used at present'),
    roles: z.array(HeldRole),
    permissions: z.array(
      z.strictObject({
        permission: Permission,
        operations: z.array(z.string()).describe('Ids of the operations that need it'),
        because: z.array(AccessReason).min(1),
      }),
    ),
  })
  .meta({ id: 'Access', description: 'What somebody may do, by permission, and which role gives it where.' });
export type Access = z.infer<typeof Access>;
