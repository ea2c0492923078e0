import { ChanceryError } from '../../../shared/errors.ts';
import type { PolicyDefinition } from '../../../shared/model/policy.ts';
import type { Output, ParsedInput } from '../../../shared/operations/index.ts';
import { explainPolicy, type PolicyCheckResult } from '../../domain/index.ts';
import { composeRequest } from '../certificates/compose-request.ts';
import type { Context } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { definitionOf, requirePolicy, requireUsable } from './require-policy.ts';

/** Says what of a request the policy permits; what is not said in it is filled in as issuing fills it in. */
export async function testPolicy(
  rooms: Rooms,
  input: ParsedInput<'policies.test'>,
  context: Context,
): Promise<Output<'policies.test'>> {
  const definition = await definitionToTest(rooms, input, context);
  const checks = checksOf(definition, input, rooms.clock());
  return {
    permitted: checks.every(({ passed }) => passed),
    checks: checks.map(({ path, rule, message, passed }) => ({ path: [...path], rule, message, passed })),
  };
}

async function definitionToTest(
  rooms: Rooms,
  { policy, realm, definition }: ParsedInput<'policies.test'>,
  context: Context,
): Promise<PolicyDefinition> {
  if ((policy === undefined) === (definition === undefined)) {
    const message = 'Name a policy, or give a definition.';
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: message,
      violations: [{ path: ['policy'], rule: 'policy.choice', message }],
    });
  }
  if (policy !== undefined) return definitionOf((await requirePolicy(rooms, context, policy, realm)).row);
  if (definition) requireUsable(definition);
  return definition as PolicyDefinition;
}

function checksOf(
  definition: PolicyDefinition,
  { selfSigned, ...fields }: ParsedInput<'policies.test'>,
  now: Date,
): PolicyCheckResult[] {
  try {
    const { asked } = composeRequest(fields, {
      definition,
      validity: definition.maxValidity,
      keyAlgorithm: definition.keyAlgorithms[0] ?? 'ecdsa-p256',
      issuerNotAfter: null,
      now,
    });
    return explainPolicy(definition, { ...asked, isSelfSigned: selfSigned });
  } catch (error) {
    // What cannot even be written down fails by that alone.
    if (!(error instanceof ChanceryError) || error.code !== 'POLICY_VIOLATION') throw error;
    return (error.violations ?? []).map((violation) => ({ ...violation, passed: false }));
  }
}
