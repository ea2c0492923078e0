/**
 * The command line: every operation as `chancery <area> <action>`, and `serve`. Its invariant: stdout holds the
 * answer and nothing else, everything besides goes to stderr, and the exit code is that of the error catalogue.
 * What does not belong: what an operation does; the command line calls it as every other door does.
 */
import { allCommands, type Command } from './commands.ts';
import { parseArguments } from './parse-arguments.ts';
import { reportError } from './report-error.ts';
import type { Terminal } from './terminal.ts';
import { usageError } from './usage-error.ts';

export interface Surroundings {
  readonly terminal: Terminal;
  readonly version: string;
  /** Folder of the built pages, null where there is none. */
  readonly staticFolder: string | null;
}

/** Runs one command line and answers its exit code; it never throws. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { terminal } = surroundings;
  let command: Command | null = null;
  try {
    const commands = allCommands();
    const parsed = parseArguments(args, commands);
    command = parsed.command;
    if (parsed.values.get('version')?.[0] === 'true') {
      terminal.out(`${surroundings.version}\n`);
      return 0;
    }
    const isHelp = parsed.values.get('help')?.[0] === 'true';
    if (command === null || isHelp || command.words === 'help') {
      await showHelp(isHelp ? command : null, parsed.rest, commands, terminal);
      return command === null && !isHelp ? 2 : 0;
    }
    if (command.operation) {
      const { runOperation } = await import('./run-operation.ts');
      return await runOperation(command, command.operation, parsed, terminal);
    }
    if (command.words === 'serve') {
      const { runServe } = await import('./run-serve.ts');
      await runServe(parsed, surroundings.staticFolder, terminal);
    } else await showCompletion(parsed.values.get('shell')?.[0], commands, terminal);
    return 0;
  } catch (error) {
    return reportError(error, args.includes('--json'), command, terminal);
  }
}

async function showHelp(
  asked: Command | null,
  words: readonly string[],
  commands: readonly Command[],
  terminal: Terminal,
): Promise<void> {
  const { commandHelp, overviewHelp } = await import('./help.ts');
  if (asked) return terminal.out(commandHelp(asked));
  if (words.length === 0) return terminal.out(overviewHelp(commands));
  const { command } = parseArguments(words, commands);
  terminal.out(command ? commandHelp(command) : overviewHelp(commands));
}

async function showCompletion(
  shell: string | undefined,
  commands: readonly Command[],
  terminal: Terminal,
): Promise<void> {
  if (shell !== 'bash' && shell !== 'zsh' && shell !== 'fish')
    throw usageError('SHELL is missing for "completion".', 'It is one of bash, zsh, fish.');
  const { completionScript } = await import('./completion.ts');
  terminal.out(completionScript(shell, commands));
}
