import { type Command, globalFlags } from './commands.ts';
import type { Flag } from './flags.ts';

const width = 100;

const exitStatus = [
  ['0', 'done'],
  ['1', 'failed'],
  ['2', 'the command line or the input is not right'],
  ['3', 'the vault is locked'],
  ['4', 'refused by a policy, a permission or the credentials'],
] as const;

/** What `chancery help` shows: all commands by area. */
export function overviewHelp(commands: readonly Command[]): string {
  const rows = commands.map(({ words, summary }) => [words, summary] as const);
  return [
    'chancery - certificates: issue, find, renew, revoke, and prove what was done',
    '',
    'USAGE',
    '  chancery COMMAND [FLAGS]',
    '',
    'COMMANDS',
    ...listed(rows),
    '',
    'GLOBAL FLAGS',
    ...listed(globalFlags.map(flagRow)),
    '',
    'A first certificate:',
    '  chancery init --vault keychain && chancery quickstart',
    '  chancery certificates issue --profile tls-server --san dns:www.example --out-dir www',
    '',
    'See "chancery help COMMAND" for one command.',
    '',
  ].join('\n');
}

/** What `chancery help COMMAND` shows. */
export function commandHelp(command: Command): string {
  const named = command.flags.filter((flag) => !command.positionals.includes(flag));
  const positionals = command.positionals.map((flag) =>
    flag.isRequired ? `${valueName(flag)}${flag.repeats ? '...' : ''}` : `[${valueName(flag)}]`,
  );
  const required = named
    .filter(({ isRequired }) => isRequired)
    .map((flag) => `--${flag.names[0]} ${valueName(flag)}`);
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', title, ...lines];
  const aliases = command.aliases.map((words) => `  Also: chancery ${words}`);
  return [
    'NAME',
    `  chancery ${command.words} - ${command.summary}`,
    ...section('SYNOPSIS', [
      `  ${['chancery', command.words, ...positionals, ...required, '[FLAGS]'].join(' ')}`,
      ...aliases,
    ]),
    ...section('DESCRIPTION', command.description ? wrapped(command.description, 2) : []),
    ...section('ARGUMENTS', listed(command.positionals.map((flag) => [valueName(flag), textOf(flag)]))),
    ...section('FLAGS', listed(named.map(flagRow))),
    ...section('GLOBAL FLAGS', listed(globalFlags.map(flagRow))),
    ...section('EXIT STATUS', listed(exitStatus)),
    '',
  ].join('\n');
}

function flagRow(flag: Flag): readonly [string, string] {
  const names = flag.names
    .map((name) => (name.length === 1 ? `-${name}` : `--${name}`))
    .slice(0, 2)
    .join(', ');
  return [flag.kind === 'boolean' ? names : `${names} ${valueName(flag)}`, textOf(flag)];
}

function textOf(flag: Flag): string {
  const choices = flag.choices ? `One of ${flag.choices.join(', ')}` : '';
  const initial = flag.defaultValue === undefined ? '' : `Default: ${flag.defaultValue}`;
  const needed = flag.isRequired && flag.kind !== 'secret' ? 'Required' : '';
  return [flag.description, choices, initial, needed].filter(Boolean).join('. ');
}

function valueName(flag: Flag): string {
  if (flag.kind === 'secret' || flag.kind === 'file' || flag.kind === 'bytes') return 'FILE';
  return flag.names[0].replace(/^.*-/, '').toUpperCase();
}

function listed(rows: readonly (readonly [string, string])[]): string[] {
  const column = Math.min(36, Math.max(0, ...rows.map(([name]) => name.length)) + 4);
  return rows.flatMap(([name, text]) => {
    const lines = wrapped(text, column);
    const head = `  ${name}`;
    if (head.length + 2 > column) return [head, ...lines];
    return [`${head.padEnd(column)}${(lines[0] ?? '').trimStart()}`.trimEnd(), ...lines.slice(1)];
  });
}

function wrapped(text: string, indent: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${' '.repeat(indent)}${word}`);
  }
  return lines;
}
