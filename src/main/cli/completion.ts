import { type Command, globalFlags } from './commands.ts';
import type { Flag } from './flags.ts';

export type Shell = 'bash' | 'zsh' | 'fish';

/** A script that makes the shell complete commands, flags and their choices; it calls nothing of ours. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  if (shell === 'fish') return fish(commands);
  const script = bash(commands);
  return shell === 'bash'
    ? script
    : `#compdef chancery\nautoload -U +X bashcompinit && bashcompinit\n${script}`;
}

function longNames(flags: readonly Flag[]): string[] {
  return flags.flatMap(({ names }) => names.filter((name) => name.length > 1));
}

function bash(commands: readonly Command[]): string {
  const firstWords = [...new Set(commands.map(({ words }) => words.split(' ')[0] as string))];
  const actions = firstWords
    .map(
      (first) =>
        [
          first,
          commands
            .filter(({ words }) => words.startsWith(`${first} `))
            .map(({ words }) => words.split(' ')[1]),
        ] as const,
    )
    .filter(([, all]) => all.length > 0)
    .map(([first, all]) => `    ${first}) actions='${all.join(' ')}' ;;`);
  const flags = commands.map(
    ({ words, flags: all }) =>
      `    '${words}') flags='${longNames(all)
        .map((name) => `--${name}`)
        .join(' ')}' ;;`,
  );
  const choices = commands.flatMap(({ words, flags: all }) =>
    all
      .filter((flag) => flag.choices)
      .map((flag) => `    '${words} --${flag.names[0]}') choices='${flag.choices?.join(' ')}' ;;`),
  );
  const shellChoices = commands
    .filter(({ words }) => words === 'completion')
    .flatMap(({ positionals }) =>
      positionals.map((flag) => `    completion) actions='${flag.choices?.join(' ')}' ;;`),
    );
  return `_chancery() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  local first="\${COMP_WORDS[1]}" second="\${COMP_WORDS[2]}" actions='' flags='' choices='' command
  case "$first" in
${[...actions, ...shellChoices].join('\n')}
  esac
  command="$first"
  if [ -n "$actions" ] && [ "$first" != completion ]; then command="$first $second"; fi
  case "$command" in
${flags.join('\n')}
  esac
  case "$command $before" in
${choices.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W '${firstWords.join(' ')}' -- "$word"))
  elif [ -n "$choices" ]; then COMPREPLY=($(compgen -W "$choices" -- "$word"))
  elif [ "$COMP_CWORD" -eq 2 ] && [ -n "$actions" ]; then COMPREPLY=($(compgen -W "$actions" -- "$word"))
  elif [[ "$before" == *-file || "$before" == *-out || "$before" == --out || "$before" == --csr ]]; then COMPREPLY=($(compgen -f -- "$word"))
  elif [[ "$before" == --home || "$before" == --out-dir ]]; then COMPREPLY=($(compgen -d -- "$word"))
  else COMPREPLY=($(compgen -W "$flags ${longNames(globalFlags)
    .map((name) => `--${name}`)
    .join(' ')}" -- "$word"))
  fi
}
complete -o default -F _chancery chancery
`;
}

function fish(commands: readonly Command[]): string {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = ['complete -c chancery -f'];
  const seen = new Set<string>();
  for (const { words, summary, flags, positionals } of commands) {
    const [first = '', second] = words.split(' ');
    if (!seen.has(first)) {
      const described = second === undefined ? ` -d ${quoted(summary)}` : '';
      lines.push(`complete -c chancery -n __fish_use_subcommand -a ${first}${described}`);
      seen.add(first);
    }
    const inside =
      second === undefined
        ? `__fish_seen_subcommand_from ${first}`
        : `__fish_seen_subcommand_from ${first}; and __fish_seen_subcommand_from ${second}`;
    if (second !== undefined) {
      lines.push(
        `complete -c chancery -n '__fish_seen_subcommand_from ${first}' -a ${second} -d ${quoted(summary)}`,
      );
    }
    for (const flag of flags) {
      const value =
        flag.kind === 'boolean' ? '' : flag.choices ? ` -x -a ${quoted(flag.choices.join(' '))}` : ' -r -F';
      lines.push(
        `complete -c chancery -n ${quoted(inside)} -l ${flag.names[0]}${value} -d ${quoted(flag.description)}`,
      );
    }
    for (const { choices } of positionals) {
      if (choices) lines.push(`complete -c chancery -n ${quoted(inside)} -a ${quoted(choices.join(' '))}`);
    }
  }
  for (const flag of globalFlags) {
    lines.push(
      `complete -c chancery -l ${flag.names[0]}${flag.kind === 'boolean' ? '' : ' -r -F'} -d ${quoted(flag.description)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
