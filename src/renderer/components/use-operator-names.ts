/** Names of people by their ids, for who may see them. */
import { useMay } from '../app/permissions.ts';
import { useOperation } from '../client/queries.ts';

/** Answers the name, or the end of the id where it is not known. */
export function useOperatorNames(): (id: string) => string {
  const may = useMay();
  const people = useOperation('operators.list', { limit: 500 }, { enabled: may('operators.read') });
  const names = new Map(people.data?.items.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? `…${id.slice(-6)}`;
}
