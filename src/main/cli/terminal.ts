import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** What the command line knows of the terminal and the environment it runs in. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person can be asked: stdin and stderr are terminals. */
  readonly isInteractive: boolean;
  readonly stdoutIsTerminal: boolean;
  readonly hasColour: boolean;
  out(text: string | Uint8Array): void;
  err(text: string): void;
  readStdin(): Promise<Uint8Array>;
  ask(question: string): Promise<string>;
  /** Asks without showing what is typed. */
  askSecret(question: string): Promise<string>;
}

/** The process's own terminal. Questions go to stderr, so that stdout holds answers alone. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  return {
    env,
    isInteractive: stdin.isTTY === true && stderr.isTTY === true,
    stdoutIsTerminal: stdout.isTTY === true,
    hasColour: stdout.isTTY === true && !env.NO_COLOR,
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    readStdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Uint8Array));
      return Buffer.concat(chunks);
    },
    ask: (question) => askOn(question, stderr),
    askSecret: async (question) => {
      stderr.write(question);
      const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
      try {
        return await askOn('', silent);
      } finally {
        stderr.write('\n');
      }
    },
  };
}

async function askOn(question: string, output: NodeJS.WritableStream): Promise<string> {
  const lines = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
  const interrupted = new AbortController();
  lines.once('SIGINT', () => interrupted.abort());
  try {
    return await lines.question(question, { signal: interrupted.signal });
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    process.kill(process.pid, 'SIGINT');
    throw error;
  } finally {
    lines.close();
  }
}
