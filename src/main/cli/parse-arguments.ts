import { suggest } from '../../shared/suggest.ts';
import { type Command, globalFlags } from './commands.ts';
import type { Flag } from './flags.ts';
import { usageError } from './usage-error.ts';

export interface Parsed {
  /** Null where none was named. */
  readonly command: Command | null;
  /** By the first name of the flag; what stands without a name is under its flag too. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** What stands without a name and belongs to no flag; only `help` takes such words. */
  readonly rest: readonly string[];
}

interface Collected {
  readonly values: Map<string, string[]>;
  readonly words: string[];
}

/** Understands the arguments. Throws usage errors, with a suggestion where one is near. */
export function parseArguments(args: readonly string[], commands: readonly Command[]): Parsed {
  const byWords = new Map(
    commands.flatMap((one) => [one.words, ...one.aliases].map((words) => [words, one] as const)),
  );
  const collected: Collected = { values: new Map(), words: [] };
  let command: Command | null = null;
  let onlyWords = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] as string;
    if (onlyWords || arg === '-' || !arg.startsWith('-')) {
      if (command === null) {
        const found = commandAt(args, at, byWords);
        command = found.command;
        at += found.length - 1;
      } else collected.words.push(arg);
    } else if (arg === '--') onlyWords = true;
    else at += takeFlag(arg, args[at + 1], command, collected);
  }
  return command ? placed(command, collected) : { command, values: collected.values, rest: collected.words };
}

function commandAt(
  args: readonly string[],
  at: number,
  byWords: ReadonlyMap<string, Command>,
): { command: Command; length: number } {
  const [first = '', second] = args.slice(at, at + 2);
  const both = second === undefined ? undefined : byWords.get(`${first} ${second}`);
  if (both) return { command: both, length: 2 };
  const one = byWords.get(first);
  if (one) return { command: one, length: 1 };
  throw unknownCommand(first, second, [...byWords.keys()]);
}

function unknownCommand(first: string, second: string | undefined, known: readonly string[]): Error {
  const ofArea = known.filter((words) => words.startsWith(`${first} `));
  if (ofArea.length > 0) {
    const actions = ofArea.map((words) => words.slice(first.length + 1));
    const meant = second === undefined || second.startsWith('-') ? undefined : suggest(second, actions);
    const what =
      second === undefined || second.startsWith('-')
        ? `"${first}" needs an action.`
        : `There is no command "${first} ${second}".`;
    return usageError(
      what,
      meant ? `Did you mean "${first} ${meant}"?` : `There are: ${actions.join(', ')}.`,
    );
  }
  const typed = second === undefined || second.startsWith('-') ? first : `${first} ${second}`;
  const meant =
    suggest(typed, known) ??
    suggest(first, [...new Set(known.map((words) => words.split(' ')[0] as string))]);
  return usageError(
    `There is no command "${typed}".`,
    meant ? `Did you mean "${meant}"?` : 'See "chancery help".',
  );
}

/** Takes one flag, and answers how many further arguments it took. */
function takeFlag(
  arg: string,
  next: string | undefined,
  command: Command | null,
  { values }: Collected,
): 0 | 1 {
  const equals = arg.indexOf('=');
  const typed = (equals < 0 ? arg : arg.slice(0, equals)).replace(/^--?/, '');
  const known = [...(command?.flags ?? []), ...globalFlags];
  const isShort = !arg.startsWith('--');
  const flag = known.find(({ names }) => names.includes(typed) && (!isShort || typed.length === 1));
  if (!flag) {
    const negated = typed.startsWith('no-')
      ? known.find(({ names, kind }) => kind === 'boolean' && names.includes(typed.slice(3)))
      : undefined;
    if (!negated) throw unknownFlag(arg, typed, known, command);
    add(values, negated, 'false');
    return 0;
  }
  if (equals >= 0) add(values, flag, arg.slice(equals + 1));
  else if (flag.kind === 'boolean') add(values, flag, 'true');
  else if (next === undefined) throw usageError(`--${flag.names[0]} needs a value.`);
  else {
    add(values, flag, next);
    return 1;
  }
  return 0;
}

function unknownFlag(arg: string, typed: string, known: readonly Flag[], command: Command | null): Error {
  const meant = suggest(
    typed,
    known.flatMap(({ names }) => names),
  );
  const help = command ? `chancery help ${command.words}` : 'chancery help';
  const shown = arg.split('=')[0];
  return usageError(
    `There is no flag ${shown}${command ? ` of "${command.words}"` : ''}.`,
    meant ? `Did you mean --${meant}?` : `See "${help}".`,
  );
}

const repeatable = new Set<Flag['kind']>(['list', 'alt-names', 'constraints', 'pairs']);

function add(values: Map<string, string[]>, flag: Flag, text: string): void {
  const name = flag.names[0];
  const before = values.get(name) ?? [];
  if (before.length > 0 && !flag.repeats && !repeatable.has(flag.kind))
    throw usageError(`--${name} is given more than once.`);
  if (flag.choices && !flag.choices.includes(text)) {
    const meant = suggest(text, flag.choices);
    throw usageError(
      `--${name} cannot be "${text}".`,
      meant ? `Did you mean "${meant}"?` : `It is one of ${flag.choices.join(', ')}.`,
    );
  }
  values.set(name, [...before, text]);
}

/** Gives the words without a name to the positional flags, in order. */
function placed(command: Command, { values, words }: Collected): Parsed {
  if (command.words === 'help') return { command, values, rest: words };
  const open = command.positionals.filter(({ names }) => !values.has(names[0]));
  const last = open.at(-1);
  if (words.length > open.length && !last?.repeats) {
    throw usageError(
      `"${words[open.length]}" is one word too many for "${command.words}".`,
      `See "chancery help ${command.words}".`,
    );
  }
  for (const [index, word] of words.entries()) add(values, (open[index] ?? last) as Flag, word);
  return { command, values, rest: [] };
}
