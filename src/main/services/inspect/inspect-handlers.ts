import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { compareFiles } from './compare-files.ts';
import { inspectFile } from './inspect-file.ts';
import { lintFile } from './lint-file.ts';
import { readAsn1 } from './read-asn1.ts';
import { verifyFile } from './verify-file.ts';

export const inspectHandlers = (rooms: Rooms) =>
  handlersFor('inspect')({
    'inspect.file': async ({ content, asn1 }) => inspectFile(content, await rooms.weakKeys.lookup(), asn1),
    'inspect.asn1': async (input) => readAsn1(input),
    'inspect.compare': async (input) => compareFiles(input),
    'inspect.lint': async (input) => lintFile(input, await rooms.weakKeys.lookup()),
    'inspect.verify': (input, context) => verifyFile(rooms, input, context),
  });
