/** Who calls and whether they may: what every way to an operation goes through, whatever its answer looks like. */
import { ChanceryError, errorCatalogue } from '../../shared/errors.ts';
import type { AnyOperation } from '../../shared/operations/index.ts';
import { type Context, requirePermission } from '../services/context.ts';
import { basicCredentials } from './basic-credentials.ts';
import { bearerToken } from './bearer-token.ts';
import type { Door } from './door.ts';
import type { HttpPorts } from './ports.ts';
import { asChanceryError } from './problem.ts';

/** The caller, by its token, its password in a directory, or its door. Throws what those checks throw. */
export async function contextOf(request: Request, door: Door, ports: HttpPorts): Promise<Context> {
  const basic = basicCredentials(request.headers);
  const token = basic ? null : bearerToken(request.headers);
  return {
    principal: basic ? await ports.authenticateBasic(basic, door) : await ports.authenticate(token, door),
    door: {
      kind: door.kind,
      address: door.peer.address,
      owner: door.principal === 'owner',
      origin: new URL(request.url).origin,
    },
    token,
    idempotency: null,
    signal: door.signal,
  };
}

/** Throws LOCKED, NOT_INITIALISED, UNAUTHENTICATED or FORBIDDEN unless the operation is open to the caller. */
export function admit(operation: AnyOperation, { principal }: Context, ports: HttpPorts): void {
  requireOpenVault(operation, ports);
  if (operation.permission === 'public') return;
  if (operation.permission !== 'signed-in') requirePermission(principal, operation.permission);
  else if (principal.kind === 'anonymous') {
    throw new ChanceryError({
      code: 'UNAUTHENTICATED',
      detail: 'This needs a signed-in operator or an API client.',
    });
  }
}

function requireOpenVault(operation: AnyOperation, ports: HttpPorts): void {
  const state = ports.vaultState();
  if (state === 'open' || 'whileLocked' in operation) return;
  throw state === 'locked'
    ? new ChanceryError({
        code: 'LOCKED',
        detail: `${errorCatalogue.LOCKED.title}.`,
        hint: 'Open it with `chancery vault unlock`, or in the window.',
      })
    : new ChanceryError({
        code: 'NOT_INITIALISED',
        detail: `${errorCatalogue.NOT_INITIALISED.title}.`,
        hint: 'Create it with `chancery init`, or in the window.',
      });
}

/** Does the work of an operation, and writes down that it failed where somebody known wanted to change something. */
export async function recordingFailure<T>(
  operation: AnyOperation,
  context: Context,
  ports: HttpPorts,
  requestId: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const error = asChanceryError(thrown, requestId, ports.log);
    const isNamed = context.principal.kind !== 'anonymous' || operation.permission === 'public';
    if ('audit' in operation && isNamed) await ports.recordFailure(operation, context, error);
    throw error;
  }
}
