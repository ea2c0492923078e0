import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromRoot } from '../../../scripts/launch/root.mjs';
import { expectedConfig, packageOwners, type Room, rooms } from '../../../scripts/rooms.ts';

/** A source file of its own with one import, and whether the rules refuse it. */
interface Plant {
  readonly room: string;
  readonly title: string;
  readonly file: string;
  readonly specifier: string;
  readonly isRefused: boolean;
}

const folderOf = (room: Room) => room.files.replace('/**', '');
const isFile = (room: Room) => room.files.endsWith('.ts');

const plants: readonly Plant[] = rooms.flatMap((room, index) => [
  ...rooms.filter((other) => other !== room).map((other, at) => plantRoom(room, other, `${index}-${at}`)),
  ...room.may
    .filter((path) => path.includes('/'))
    .map((path, at) => plantDoor(room, path, `${index}-door-${at}`)),
  ...Object.entries(packageOwners).map(([name, owner], at) =>
    plantPackage(room, name, owner, `${index}-package-${at}`),
  ),
]);

function plantRoom(room: Room, other: Room, id: string): Plant {
  const inside = isFile(other) ? other.files : `${folderOf(other)}/inside/thing.ts`;
  const isRefused = !room.may.includes(other.name);
  const title = `${room.name} ${isRefused ? 'must not' : 'may'} import the inside of ${other.name}`;
  return { room: room.name, title, ...importing(room, id, inside), isRefused };
}

function plantDoor(room: Room, path: string, id: string): Plant {
  const title = `${room.name} may import ${path}`;
  return { room: room.name, title, ...importing(room, id, `src/main/${path}`), isRefused: false };
}

function plantPackage(room: Room, name: string, owner: string, id: string): Plant {
  const isRefused = room.name !== owner;
  const title = `${room.name} ${isRefused ? 'must not' : 'may'} import ${name}`;
  return { room: room.name, title, file: fileIn(room, id), specifier: name.replace('**', 'core'), isRefused };
}

/** The only file of a room that is one file cannot be planted; a neighbour of the same rules would say nothing. */
function fileIn(room: Room, id: string): string {
  return isFile(room) ? `${id}/${room.files}` : `${folderOf(room)}/deep/plant-${id}.ts`;
}

function importing(room: Room, id: string, target: string) {
  const file = fileIn(room, id);
  const prefix = isFile(room) ? `${id}/` : '';
  const path = relative(dirname(file), prefix + target);
  return { file, specifier: path.startsWith('.') ? path : `./${path}` };
}

describe('the rules in biome.jsonc', () => {
  let folder = '';
  let reported = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'chancery-plants-'));
    // A room of one file is planted in folders of its own, so its glob must match there too.
    const config = readFileSync(fromRoot('biome.jsonc'), 'utf8')
      .replace('"useIgnoreFile": true', '"useIgnoreFile": false')
      .replace('"includes": ["src/main/chancery.ts"]', '"includes": ["**/src/main/chancery.ts"]');
    writeFileSync(join(folder, 'biome.jsonc'), config);
    for (const { file, specifier } of plants) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), `import '${specifier}';\n`);
    }
    writeFileSync(
      join(folder, 'src/main/domain/one.ts'),
      "import { two } from './two.ts';\nexport const one = () => two;\n",
    );
    writeFileSync(
      join(folder, 'src/main/domain/two.ts'),
      "import { one } from './one.ts';\nexport const two = () => one;\n",
    );
    const biome = fromRoot('node_modules', '@biomejs', 'biome', 'bin', 'biome');
    const args = [
      biome,
      'lint',
      '--only=style/noRestrictedImports',
      '--only=suspicious/noImportCycles',
      '--max-diagnostics=none',
      '--colors=off',
    ];
    const run = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 64 << 20 });
    reported = run.stdout + run.stderr;
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('are those of scripts/rooms.ts', () => {
    expect(readFileSync(fromRoot('biome.jsonc'), 'utf8')).toBe(expectedConfig());
  });

  it.each(rooms)('let $name import what its row says and nothing else', ({ name }) => {
    const isReported = ({ file }: Plant) => reported.includes(`${file}:1:8 lint/style/noRestrictedImports`);
    const ofRoom = plants.filter((plant) => plant.room === name);
    expect(ofRoom.some(({ isRefused }) => isRefused)).toBe(true);
    expect(ofRoom.filter((plant) => isReported(plant) !== plant.isRefused).map(({ title }) => title)).toEqual(
      [],
    );
  });

  it('refuse a cycle of imports', () => {
    expect(reported).toContain('src/main/domain/one.ts:1:21 lint/suspicious/noImportCycles');
  });
});
