/** In what two definitions differ, place by place. */
export interface Change {
  readonly place: string;
  /** As text; undefined where it is not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Lists of plain values are one place; everything else is told by its innermost fields. */
function places(value: unknown, path: readonly string[] = [], found = new Map<string, string>()) {
  const isPlain = (one: unknown) => typeof one !== 'object' || one === null;
  if (isPlain(value)) found.set(path.join('.'), String(value));
  else if (Array.isArray(value) && value.every(isPlain)) found.set(path.join('.'), value.join(', '));
  else
    for (const [name, inner] of Object.entries(value as object)) {
      const type = Array.isArray(value) ? (inner as { type?: string; name?: string }) : {};
      places(inner, [...path, type.type ?? type.name ?? name], found);
    }
  return found;
}

/** The changes from one definition to the other, in the order in which they are written. */
export function definitionDiff(before: object, after: object): Change[] {
  const [was, is] = [places(before), places(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((place) => was.get(place) !== is.get(place))
    .map((place) => ({ place, before: was.get(place), after: is.get(place) }));
}
