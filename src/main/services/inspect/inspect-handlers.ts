import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { inspectFile } from './inspect-file.ts';
import { lintFile } from './lint-file.ts';
import { verifyFile } from './verify-file.ts';

export const inspectHandlers = (rooms: Rooms) =>
  handlersFor('inspect')({
    'inspect.file': async ({ content }) => inspectFile(content, await rooms.weakKeys.lookup()),
    'inspect.lint': async (input) => lintFile(input, await rooms.weakKeys.lookup()),
    'inspect.verify': (input, context) => verifyFile(rooms, input, context),
  });
