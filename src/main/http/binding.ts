/**
 * Binds the operations to routes under /api/v1: who calls, may they, is the input right, then the handler, and
 * its answer. What does not belong: any rule of an operation itself.
 */
import { type AnyOperation, operations } from '../../shared/operations/index.ts';
import { isAccepted, type OperationFields } from '../../shared/operations/operation.ts';
import type { Context } from '../services/context.ts';
import { admit, contextOf, recordingFailure } from './admission.ts';
import { answer } from './answer.ts';
import type { Door } from './door.ts';
import { gatherInput } from './gather-input.ts';
import { fingerprint, idempotencyKey, RunningKeys } from './idempotency.ts';
import { checkOrigin, isSafe } from './origin.ts';
import type { HttpPorts } from './ports.ts';

export const apiRoot = '/api/v1';

/** One call on its way to a handler. */
export interface Call {
  readonly request: Request;
  readonly door: Door;
  readonly requestId: string;
  readonly pathValues: Readonly<Record<string, string>>;
}

export interface BoundOperation {
  readonly operation: AnyOperation;
  readonly run: (call: Call) => Promise<Response>;
}

export interface BindingOptions {
  /** Whether answers are checked against the output schema: for development and tests. */
  readonly checksOutput: boolean;
}

/** All operations, ready to be called. Literal paths come before those with fields, so that they win. */
export function bindOperations(ports: HttpPorts, options: BindingOptions): BoundOperation[] {
  const running = new RunningKeys();
  return [...operations]
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length)
    .map((operation) => ({ operation, run: bind(operation, ports, running, options) }));
}

function bind(operation: AnyOperation, ports: HttpPorts, running: RunningKeys, options: BindingOptions) {
  const gather = gatherInput(operation);
  // The handler of an operation takes that operation's input: Handlers holds it by type, for each id.
  const handle = ports.handlers[operation.id] as (input: object, context: Context) => Promise<unknown>;

  const execute = async (call: Call, caller: Context): Promise<Response> => {
    const context = await admit(operation, caller, ports);
    const { raw, input } = await gather(call.request, call.pathValues);
    const key =
      isSafe(operation.method) || context.principal.kind === 'anonymous'
        ? null
        : idempotencyKey(call.request.headers);
    const finish = (output: unknown, isReplayed: boolean) => {
      if (options.checksOutput) outputSchema(operation, output).parse(output);
      return answer(operation, output, call.request, isReplayed);
    };
    if (key === null) return finish(await handle(input, context), false);

    const { principal } = context;
    const print = fingerprint(operation.method, new URL(call.request.url).pathname, raw);
    const repeatable = { key, fingerprint: print };
    return running.hold(principal, key, print, async () => {
      const kept = await ports.idempotency.find(principal, repeatable);
      if (kept) return finish(kept.output, true);
      const output = await handle(input, { ...context, idempotency: repeatable });
      if (operation.risk !== 'none') await ports.idempotency.keep(principal, repeatable, output);
      return finish(output, false);
    });
  };

  return async (call: Call): Promise<Response> => {
    checkOrigin(call.request, call.door);
    const context = await contextOf(call.request, call.door, ports);
    return recordingFailure(operation, context, ports, call.requestId, () => execute(call, context));
  };
}

function outputSchema(operation: OperationFields, output: unknown) {
  return isAccepted(operation, output) && operation.accepted ? operation.accepted : operation.output;
}
