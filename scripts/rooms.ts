/**
 * Which room may import what: the one table behind the import rules in biome.jsonc. `npm run rooms` writes them
 * there. Its invariant: exactly one override per room, since overlapping overrides replace each other.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromRoot } from './launch/root.mjs';

export interface Room {
  readonly name: string;
  /** Which files it is, as a glob. */
  readonly files: string;
  /** What it may import of the other rooms: a whole room by name, or one file of it. Its own files always. */
  readonly may: readonly string[];
  /** Where it may import only these packages. */
  readonly onlyPackages?: readonly string[];
  /** Whether it runs in a browser, where Node does not exist. */
  readonly inBrowser?: boolean;
}

/** Rooms side by side, which see one another's doors at most. */
const doors = [
  'x509/index.ts',
  'keys/index.ts',
  'store/index.ts',
  'audit/index.ts',
  'jobs/index.ts',
  'outward/index.ts',
];
const base = ['shared', 'crypto'];
const entry = [...base, 'chancery.ts', 'http/door.ts', 'http/problem.ts', 'http/whole-response.ts'];

export const rooms: readonly Room[] = [
  { name: 'shared', files: 'src/shared/**', may: [], onlyPackages: ['zod'] },
  { name: 'renderer', files: 'src/renderer/**', may: ['shared'], inBrowser: true },
  { name: 'crypto', files: 'src/main/crypto/**', may: ['shared'] },
  { name: 'domain', files: 'src/main/domain/**', may: ['shared'] },
  { name: 'x509', files: 'src/main/x509/**', may: [...base, ...doors] },
  { name: 'lint', files: 'src/main/lint/**', may: [...base, 'x509/index.ts'] },
  { name: 'keys', files: 'src/main/keys/**', may: [...base, ...doors] },
  { name: 'store', files: 'src/main/store/**', may: [...base, ...doors] },
  { name: 'audit', files: 'src/main/audit/**', may: [...base, ...doors] },
  { name: 'jobs', files: 'src/main/jobs/**', may: [...base, ...doors] },
  { name: 'outward', files: 'src/main/outward/**', may: [...base] },
  { name: 'services', files: 'src/main/services/**', may: [...base, 'domain', 'lint/index.ts', ...doors] },
  {
    name: 'http',
    files: 'src/main/http/**',
    may: [...base, 'services/context.ts', 'services/handlers.ts', 'services/tokens/token-request.ts'],
  },
  { name: 'console', files: 'src/main/console/**', may: entry },
  {
    name: 'cli',
    files: 'src/main/cli/**',
    may: [...entry, 'console', 'http/coercion.ts', 'http/file-answer.ts'],
  },
  {
    name: 'desktop',
    files: 'src/main/desktop/**',
    may: [
      ...entry,
      'cli/home.ts',
      'console/loopback-redirect.ts',
      'console/owner-socket.ts',
      'console/serve.ts',
    ],
  },
  {
    name: 'chancery.ts',
    files: 'src/main/chancery.ts',
    may: [...base, 'domain', 'x509', 'lint', 'keys', 'store', 'audit', 'jobs', 'outward', 'services', 'http'],
  },
];

/** Packages that one room alone knows, so that they could be replaced there. */
export const packageOwners: Readonly<Record<string, string>> = {
  'node:crypto': 'crypto',
  electron: 'desktop',
  'better-sqlite3': 'store',
  kysely: 'store',
  ldapts: 'services',
  'openid-client': 'services',
  hono: 'http',
  '@hono/node-server': 'console',
  '@napi-rs/keyring': 'keys',
  '@noble/post-quantum': 'crypto',
  pkijs: 'x509',
  '@peculiar/x509': 'x509',
  'reflect-metadata': 'x509',
  nodemailer: 'outward',
  react: 'renderer',
  'react-dom': 'renderer',
  'react-i18next': 'renderer',
  i18next: 'renderer',
  '@mantine/**': 'renderer',
  '@tanstack/**': 'renderer',
};

interface Pattern {
  readonly group: readonly string[];
  readonly message: string;
}

/** The import rules of one room, as Biome's patterns. */
export function patternsOf(room: Room): Pattern[] {
  return [
    otherRooms(room),
    ...(room.onlyPackages ? [onlyPackages(room.name, room.onlyPackages)] : foreignPackages(room)),
  ];
}

function otherRooms(room: Room): Pattern {
  const isInMain = room.files.startsWith('src/main/');
  const others = rooms.filter(({ files }) => isInMain || !files.startsWith('src/main/'));
  const refused = others
    .map(({ name }) => name)
    .filter((name) => name !== room.name && !room.may.includes(name));
  const folders = [...refused.filter((name) => !name.endsWith('.ts')), ...(isInMain ? [] : ['main'])];
  const files = refused.filter((name) => name.endsWith('.ts')).map((name) => `**/${name}`);
  const doorsIn = room.may.filter((path) => path.includes('/')).map((path) => `!**/${path}`);
  const may = room.may.length > 0 ? `${room.may.join(', ')} only` : 'none';
  return {
    group: [`**/{${folders.join(',')}}/**`, ...files, ...doorsIn],
    message: `Of the other rooms, ${room.name} imports ${may}.`,
  };
}

function onlyPackages(name: string, packages: readonly string[]): Pattern {
  const allowed = packages.flatMap((allowedName) => [`!${allowedName}`, `!${allowedName}/**`]);
  return {
    group: ['**', '!./**', '!../**', ...allowed],
    message: `${name} imports no package but ${packages.join(', ')}.`,
  };
}

function foreignPackages(room: Room): Pattern[] {
  const foreign = Object.keys(packageOwners).filter((name) => packageOwners[name] !== room.name);
  const whole = foreign.filter((name) => !name.endsWith('/**')).join(',');
  const scopes = foreign.filter((name) => name.endsWith('/**'));
  const group = [`{${whole}}`, `{${whole}}/**`, ...scopes];
  const patterns = [{ group, message: 'Another room owns this package: packageOwners in scripts/rooms.ts.' }];
  return room.inBrowser
    ? [...patterns, { group: ['node:*', 'node:*/**'], message: `${room.name} runs without Node.` }]
    : patterns;
}

const begin = '    // Written by `npm run rooms` from scripts/rooms.ts: begin\n';
const end = '    // end\n';

/** The text of biome.jsonc with the rules of the table in place of those between the marks. */
export function withRoomRules(config: string): string {
  const start = config.indexOf(begin);
  const stop = config.indexOf(end);
  if (start < 0 || stop < start) throw new Error('biome.jsonc has lost the marks of scripts/rooms.ts.');
  const overrides = rooms.map((room) => JSON.stringify(override(room))).join(',\n');
  return `${config.slice(0, start + begin.length)}${overrides}\n${config.slice(stop)}`;
}

function override(room: Room) {
  const noRestrictedImports = { level: 'error', options: { patterns: patternsOf(room) } };
  return { includes: [room.files], linter: { rules: { style: { noRestrictedImports } } } };
}

/** biome.jsonc as it should be: with the rules of the table, formatted by Biome itself. */
export function expectedConfig(): string {
  const input = withRoomRules(readFileSync(fromRoot('biome.jsonc'), 'utf8'));
  // A folder without a configuration: the rules to be replaced may be ones that Biome refuses.
  const folder = mkdtempSync(join(tmpdir(), 'chancery-rooms-'));
  const biome = fromRoot('node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const args = [biome, 'format', '--stdin-file-path=rooms.jsonc', '--indent-style=space', '--line-width=110'];
  const formatted = spawnSync(process.execPath, args, { input, encoding: 'utf8', cwd: folder });
  rmSync(folder, { recursive: true });
  if (formatted.status !== 0) throw new Error(`Biome could not format biome.jsonc: ${formatted.stderr}`);
  return formatted.stdout;
}

if (import.meta.main) writeFileSync(fromRoot('biome.jsonc'), expectedConfig());
