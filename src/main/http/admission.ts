/** Who calls and whether they may: what every way to an operation goes through, whatever its answer looks like. */
import { ChanceryError, errorCatalogue } from '../../shared/errors.ts';
import type { AnyOperation } from '../../shared/operations/index.ts';
import { type Context, narrowTo, requirePermission, unauthenticated } from '../services/context.ts';
import { credentialsOf } from './credentials.ts';
import type { Door } from './door.ts';
import type { HttpPorts } from './ports.ts';
import { asChanceryError } from './problem.ts';

/** The caller, by its credentials or its door. Throws TOKEN_EXPIRED, TOKEN_INVALID, UNAUTHENTICATED. */
export async function contextOf(request: Request, door: Door, ports: HttpPorts): Promise<Context> {
  const credentials = credentialsOf(request.headers);
  const token = credentials.scheme === 'bearer' ? credentials.token : null;
  return {
    principal: await ports.authenticate(credentials, door),
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

/**
 * The context with the caller as it is for this operation: limited to the realms in which it holds the permission,
 * without the archived ones where something would be changed. Throws LOCKED, NOT_INITIALISED, UNAUTHENTICATED or
 * FORBIDDEN unless the operation is open to the caller.
 */
export async function admit(operation: AnyOperation, context: Context, ports: HttpPorts): Promise<Context> {
  requireOpenVault(operation, ports);
  const { permission } = operation;
  if (permission === 'public') return context;
  if (permission === 'signed-in') {
    if (context.principal.kind === 'anonymous') throw unauthenticated();
    return context;
  }
  requirePermission(context.principal, permission);
  const principal = narrowTo(context.principal, permission);
  if (operation.risk === 'none' && !('audit' in operation)) return { ...context, principal };
  return { ...context, principal: { ...principal, closedRealms: await ports.archivedRealms() } };
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
