import { type Input, type OperationId, operationById } from '../../shared/operations/index.ts';
import type { Context } from '../services/context.ts';
import type { Handlers } from '../services/handlers.ts';
import { admit, recordingFailure } from './admission.ts';
import type { HttpPorts } from './ports.ts';
import { invalidInput, violationsOf } from './violations.ts';

/** Runs an operation as its caller: with its checks of access and input, and the record of a failure. */
export type Perform = <Id extends OperationId>(id: Id, input: Input<Id>) => ReturnType<Handlers[Id]>;

/** For surfaces that say the same in other words: the operations, as far as the caller may use them. */
export function performAs(context: Context, ports: HttpPorts, requestId: string): Perform {
  return (id, input) => {
    const operation = operationById(id);
    // The handler of an operation takes that operation's input: Handlers holds it by type, for each id.
    const handle = ports.handlers[id] as (input: object, context: Context) => ReturnType<Handlers[typeof id]>;
    const answer = recordingFailure(operation, context, ports, requestId, async () => {
      const admitted = await admit(operation, context, ports);
      const result = operation.input.safeParse(input);
      if (!result.success) throw invalidInput(violationsOf(result.error.issues, input));
      return await handle(result.data, admitted);
    });
    return answer as ReturnType<Handlers[typeof id]>;
  };
}
