/**
 * The built program as processes of their own: the command line, and the console that serves. Its invariant:
 * only processes that were started here are ever ended.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ran, runProgram } from './run-program.ts';

const built = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
/** Another entry, e.g. src/main/cli/main.ts, where the last build is not what is to be tried. */
const entry = process.env.CHANCERY_TEST_ENTRY ?? built;

/** `chancery ARGS --home HOME`. */
export function runChancery(
  home: string,
  args: readonly string[],
  options?: Parameters<typeof runProgram>[2],
): Promise<Ran> {
  return runProgram(process.execPath, [entry, ...args, '--home', home], options);
}

/** The answer of `chancery ARGS --json`. Throws what it said where it did not end with 0. */
export async function askChancery<T>(home: string, args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await runChancery(home, [...args, '--json']);
  if (code === 0) return JSON.parse(stdout) as T;
  throw new Error(`chancery ${args.join(' ')} ended with ${code}: ${stderr}`);
}

/** A data folder with a vault in a file, the quick start's set and one API client. */
export async function prepareHome(home: string): Promise<{ clientId: string; clientSecret: string }> {
  await askChancery(home, ['init', '--vault', 'file']);
  await askChancery(home, ['quickstart']);
  return newClient(home, 'Test');
}

export function newClient(
  home: string,
  name: string,
  realm = 'default',
  profile = 'tls-server',
): Promise<{ id: string; clientId: string; clientSecret: string }> {
  return askChancery(home, ['clients', 'create', '--name', name, '--realm', realm, '--profile', profile]);
}

export interface RunningConsole {
  readonly url: string;
  readonly caFile: string;
  readonly pid: number;
  readonly ticket: string | null;
  /** All that it has written so far, to stdout and stderr. */
  output(): string;
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts `chancery serve` on a free port and waits until it answers. Throws what it said where it does not. */
export async function startConsole(home: string, flags: readonly string[] = []): Promise<RunningConsole> {
  const args = [entry, 'serve', '--home', home, '--port', '0', ...flags];
  const child = spawn(process.execPath, args, { stdio: 'pipe' });
  const gone = once(child, 'close') as Promise<[number | null]>;
  let text = '';
  const opened = new Promise<void>((resolve) => {
    const collect = (chunk: Buffer) => {
      text += chunk.toString();
      if (/^open https:/m.test(text)) resolve();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
  });
  await Promise.race([
    opened,
    gone.then(([code]) => Promise.reject(new Error(`chancery serve ended with ${code}: ${text}`))),
  ]);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return (await gone)[0];
  };
  return {
    url: /^listening on (\S+)$/m.exec(text)?.[1] ?? '',
    caFile: join(home, 'tls', 'ca.pem'),
    pid: child.pid ?? 0,
    ticket: /#ticket=(\S+)/.exec(text)?.[1] ?? null,
    output: () => text,
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL');
    },
  };
}
