import { operationById } from '../../shared/operations/index.ts';
import type { Chancery } from '../chancery.ts';
import type { Door } from '../http/door.ts';
import { callOperation } from './call-operation.ts';
import { homeFolder } from './home.ts';
import type { Parsed } from './parse-arguments.ts';
import { vaultPassphrase } from './session.ts';
import type { Terminal } from './terminal.ts';
import type { Transport } from './transport.ts';
import { usageError } from './usage-error.ts';

/** Serves until SIGTERM or SIGINT, then closes in order. Throws DATA_FOLDER_IN_USE, CONFLICT (port), WRONG_CREDENTIALS. */
export async function runServe(
  { values }: Parsed,
  staticFolder: string | null,
  terminal: Terminal,
): Promise<void> {
  const port = portOf('port', values);
  const statusPort = portOf('status-port', values);
  const devicePort = portOf('device-port', values);
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  const [{ openChancery }, { serve }] = await Promise.all([
    import('../chancery.ts'),
    import('../console/serve.ts'),
  ]);
  const warn = (line: string) => terminal.err(`${line}\n`);
  const home = homeFolder(values.get('home')?.[0], terminal.env);
  const chancery = await openChancery({ home, log: warn, scheduler: true, staticFolder });
  try {
    await unlock(chancery, values, terminal);
    const running = await serve(chancery, {
      host: values.get('host')?.[0] ?? '127.0.0.1',
      port,
      statusPort,
      devicePort,
      print: (line) => terminal.out(`${line}\n`),
      warn,
    });
    await stopped;
    await running.stop();
  } finally {
    await chancery.close();
  }
}

function portOf(flag: string, values: Parsed['values']): number | null {
  const text = values.get(flag)?.[0];
  if (text === undefined) return null;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw usageError(`--${flag} cannot be "${text}".`, 'It is a number from 0 (any free one) to 65535.');
}

/** A vault that stays locked is served all the same: the window asks for the passphrase. */
async function unlock(chancery: Chancery, values: Parsed['values'], terminal: Terminal): Promise<void> {
  if (chancery.vaultState() !== 'locked' || (await chancery.unlockUnattended())) return;
  const passphrase = await vaultPassphrase({ values }, false, terminal);
  if (passphrase === null)
    return terminal.err(
      'The vault is locked until somebody opens it: by the page, or by "chancery vault unlock".\n',
    );
  const door: Door = {
    kind: 'command-line',
    principal: 'owner',
    peer: { address: null, certificates: [] },
    signal: new AbortController().signal,
  };
  const transport: Pick<Transport, 'send'> = {
    send: async ({ method, path, headers, body }) => {
      const answer = await chancery.handle(
        new Request(`https://localhost${path}`, { method, headers, body }),
        door,
      );
      return { status: answer.status, body: await answer.text() };
    },
  };
  await callOperation(transport, operationById('vault.unlock'), { passphrase }, null);
}
