/** The handlers of operations: one function per operation, typed over all of them. */
import type { Answer, Area, OperationId, OperationIdOf, ParsedInput } from '../../shared/operations/index.ts';
import type { Context } from './context.ts';

export type Handler<Id extends OperationId> = (
  input: ParsedInput<Id>,
  context: Context,
) => Promise<Answer<Id>>;

export type HandlersOf<A extends Area> = { readonly [Id in OperationIdOf<A>]: Handler<Id> };

/** Every operation has a handler; a missing one does not compile. */
export type Handlers = { readonly [Id in OperationId]: Handler<Id> };

/** Types the handlers of one area where they are written. */
export function handlersFor<A extends Area>(_area: A): (handlers: HandlersOf<A>) => HandlersOf<A> {
  return (handlers) => handlers;
}
