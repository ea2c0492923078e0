import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { allCommands, type Command } from '../../../../src/main/cli/commands.ts';
import { completionScript } from '../../../../src/main/cli/completion.ts';
import { commandHelp, overviewHelp } from '../../../../src/main/cli/help.ts';
import { homeFolder } from '../../../../src/main/cli/home.ts';
import { editDistance, suggest } from '../../../../src/shared/suggest.ts';

const commands = allCommands();
const named = (words: string) => commands.find((one) => one.words === words) as Command;

describe('help', () => {
  it('lists every command', () => {
    const text = overviewHelp(commands);
    for (const { words } of commands) expect(text).toContain(`  ${words} `);
  });

  it('shows arguments, choices, defaults and exit codes of a command within 102 columns', () => {
    const text = commandHelp(named('certificates revoke'));
    expect(text).toContain('chancery certificates revoke ID [FLAGS]');
    expect(text).toContain('keyCompromise');
    expect(text).toContain('Default: unspecified');
    expect(text).toMatch(/3 {2}the vault is locked/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(102);
  });

  it('names what is required in the synopsis', () => {
    expect(commandHelp(named('clients create'))).toContain('chancery clients create --name NAME [FLAGS]');
    expect(commandHelp(named('settings set'))).toContain('chancery settings set KEY VALUE [FLAGS]');
  });
});

describe('completion', () => {
  const complete = (...words: string[]) => {
    const script = `${completionScript('bash', commands)}\nCOMP_WORDS=(chancery ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _chancery; echo "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.trim().split(' ');
  };

  it('offers commands, actions, flags and their choices in bash', () => {
    expect(complete('cert')).toEqual(['certificates']);
    expect(complete('certificates', 'rev')).toEqual(['revoke', 'revoke-bulk']);
    expect(complete('clients', 'create', '--pro')).toEqual(['--profile']);
    expect(complete('certificates', 'revoke', '--reason', 'key')).toEqual(['keyCompromise']);
    expect(complete('completion', 'f')).toEqual(['fish']);
    expect(complete('init', '--va')).toEqual(['--vault', '--vault-passphrase-file']);
  });

  it('is made for zsh and fish as well', () => {
    expect(completionScript('zsh', commands)).toMatch(/^#compdef chancery\n/);
    expect(completionScript('fish', commands)).toContain(
      "complete -c chancery -n __fish_use_subcommand -a quickstart -d 'Make a working set",
    );
  });
});

describe('suggestions', () => {
  it('count letters to change', () => {
    expect([
      editDistance('', 'abc'),
      editDistance('kitten', 'sitting'),
      editDistance('same', 'same'),
    ]).toEqual([3, 3, 0]);
  });

  it('name nothing that is far off', () => {
    expect([suggest('revok', ['revoke', 'renew']), suggest('frobnicate', ['revoke', 'renew'])]).toEqual([
      'revoke',
      undefined,
    ]);
  });
});

describe('the data folder', () => {
  it('is the named one, else that of the environment, else that of the platform', () => {
    expect(homeFolder('/a', { CHANCERY_HOME: '/b' })).toBe('/a');
    expect(homeFolder(undefined, { CHANCERY_HOME: '/b' })).toBe('/b');
    expect(homeFolder(undefined, { XDG_DATA_HOME: '/c' }, 'linux')).toBe('/c/chancery');
    expect(homeFolder(undefined, {}, 'linux')).toMatch(/\.local\/share\/chancery$/);
    expect(homeFolder(undefined, {}, 'darwin')).toMatch(/Library\/Application Support\/Chancery$/);
  });
});
