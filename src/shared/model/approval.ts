/** Who has to agree before a certificate is issued: steps one after the other, each decided by any n of those it names. */
import { z } from 'zod';
import { Id } from './basics.ts';
import { RoleName } from './permissions.ts';

export const ApprovalStep = z
  .strictObject({
    name: z.string().min(1).max(60),
    needed: z.int().min(1).max(10).default(1).describe('How many different people have to agree'),
    roles: z.array(RoleName).min(1).max(5).optional().describe('Whoever has one of these roles may decide'),
    operatorIds: z.array(Id).min(1).max(50).optional().describe('These people may decide'),
  })
  .refine(({ roles, operatorIds, needed }) => roles !== undefined || (operatorIds?.length ?? 0) >= needed, {
    error: 'Name roles, or at least as many people as are needed.',
  })
  .meta({
    id: 'ApprovalStep',
    description: 'One step of an approval. Whoever is named by role or by id may decide.',
  });
export type ApprovalStep = z.infer<typeof ApprovalStep>;

export const Approval = z
  .strictObject({
    required: z.boolean(),
    steps: z.array(ApprovalStep).max(10).default([]),
    selfApproval: z.boolean().default(false).describe('Whether who asked may also decide'),
  })
  .refine(({ required, steps }) => !required || steps.length > 0, {
    error: 'An approval that is required has at least one step.',
    path: ['steps'],
  })
  .meta({
    id: 'Approval',
    description: 'Whether and by whom a certificate is approved before it is issued.',
  });
export type Approval = z.infer<typeof Approval>;
