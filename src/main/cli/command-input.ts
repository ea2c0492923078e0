import { readFile } from 'node:fs/promises';
import { subjectFromText } from '../../shared/model/subject-text.ts';
import type { Command } from './commands.ts';
import type { Flag } from './flags.ts';
import { nameConstraintFromText, subjectAltNameFromText } from './names-as-text.ts';
import type { Parsed } from './parse-arguments.ts';
import type { Terminal } from './terminal.ts';
import { usageError } from './usage-error.ts';

export type Input = Record<string, unknown>;

/**
 * The operation's input from what was typed: files are read, names understood, missing secrets asked for.
 * Throws usage errors; what the values must be is for the operation to say.
 */
export async function commandInput(command: Command, { values }: Parsed, terminal: Terminal): Promise<Input> {
  const input: Input = {};
  for (const flag of command.flags) {
    if (flag.field === null) continue;
    const texts = values.get(flag.names[0]);
    const value = texts ? await inputValue(flag, texts, terminal) : await missing(flag, command, terminal);
    if (value !== undefined) setAt(input, flag.field, value);
  }
  return input;
}

/** The content of a file, or of stdin for `-`. Throws a usage error where it cannot be read. */
export async function readPath(path: string, terminal: Terminal): Promise<Uint8Array> {
  if (path === '-') return terminal.readStdin();
  try {
    return await readFile(path);
  } catch (error) {
    throw usageError(
      `${path} cannot be read: ${error instanceof Error && 'code' in error ? error.code : 'it is no file'}.`,
    );
  }
}

/** A secret out of a file; one final newline is not part of it. */
export async function readSecret(path: string, terminal: Terminal): Promise<string> {
  return Buffer.from(await readPath(path, terminal))
    .toString('utf8')
    .replace(/\r?\n$/, '');
}

async function missing(flag: Flag, command: Command, terminal: Terminal): Promise<string | undefined> {
  if (!flag.isRequired) return undefined;
  const name = flag.names[0];
  if (flag.kind === 'secret' && terminal.isInteractive) return terminal.askSecret(`${labelOf(flag)}: `);
  const isPositional = command.positionals.includes(flag);
  const what = isPositional ? `${name.toUpperCase()} is missing` : `--${name} is missing`;
  throw usageError(`${what} for "${command.words}".`, `See "chancery help ${command.words}".`);
}

function labelOf(flag: Flag): string {
  const words = flag.names[0].replace(/-file$/, '').replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

async function inputValue(flag: Flag, texts: readonly string[], terminal: Terminal): Promise<unknown> {
  const [first = ''] = texts;
  switch (flag.kind) {
    case 'secret':
      return readSecret(first, terminal);
    case 'file':
      return Buffer.from(await readPath(first, terminal)).toString('utf8');
    case 'bytes':
      return Buffer.from(await readPath(first, terminal)).toString('base64');
    case 'json':
      return jsonOf(
        flag,
        first.startsWith('@')
          ? Buffer.from(await readPath(first.slice(1), terminal)).toString('utf8')
          : first,
      );
    case 'subject':
      return subjectFromText(first);
    case 'alt-names':
      return texts.map(subjectAltNameFromText);
    case 'paths':
      return texts;
    case 'constraints':
      return texts.map(nameConstraintFromText);
    case 'pairs':
      return Object.fromEntries(texts.map((text) => pairOf(flag, text)));
    default:
      return flag.read ? flag.read(texts) : first;
  }
}

function jsonOf(flag: Flag, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw usageError(`--${flag.names[0]} is not JSON.`, 'Give it as JSON, or as @FILE.');
  }
}

function pairOf(flag: Flag, text: string): [string, string] {
  const equals = text.indexOf('=');
  if (equals < 1) throw usageError(`--${flag.names[0]} must be KEY=VALUE, not "${text}".`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function setAt(input: Input, [name, inner]: readonly [string, ...string[]], value: unknown): void {
  input[name] = inner === undefined ? value : { ...(input[name] as object | undefined), [inner]: value };
}
