import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, absolute. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A path inside the project's folder.
 * @param {...string} parts
 */
export function fromRoot(...parts) {
  return join(root, ...parts);
}
