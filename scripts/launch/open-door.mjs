import { runChild, sayWhy } from './child.mjs';
import { electronBinary, fetchElectron, whyNoWindow } from './electron.mjs';
import { fromRoot, root } from './root.mjs';

/** What the dynamic loader answers when a library of the system is missing. */
const exitCannotLoad = 127;

/**
 * `npm start`: opens the desktop's window, or says in one sentence why it does not and serves the console.
 * @param {string} runtime path of the Node for the console
 * @param {string[]} args `--console` forces the console; the others go to the door that opens
 * @returns {Promise<number>} the exit code
 */
export async function openDoor(runtime, args) {
  const rest = args.filter((argument) => argument !== '--console');
  const reason =
    rest.length < args.length ? 'it was asked for by --console' : await whyWindowStaysClosed(runtime);
  if (reason === undefined) {
    const code = await runChild(electronBinary(), [root, ...rest]);
    if (code !== exitCannotLoad) return code;
  }
  sayWhy(
    `Opening the console instead of the window, since ${reason ?? 'a system library that Electron needs is missing'}.`,
  );
  return runChild(runtime, [fromRoot('out', 'main', 'cli.js'), 'serve', ...rest]);
}

/** @param {string} runtime */
async function whyWindowStaysClosed(runtime) {
  const reason = whyNoWindow();
  if (reason !== undefined) return reason;
  return (await fetchElectron(runtime)) ? undefined : "Electron's binary could not be fetched";
}
