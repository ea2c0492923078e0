import { describe, expect, it } from 'vitest';
import { dataFolder } from '../../../../src/main/desktop/data-folder.ts';

const linux = { platform: 'linux', env: {}, userFolder: '/home/ada' } as const;

describe('dataFolder', () => {
  it('is what --home names, before CHANCERY_HOME', () => {
    const surroundings = { ...linux, env: { CHANCERY_HOME: '/srv/other' } };
    expect(dataFolder(['--home', '/srv/ca'], surroundings)).toBe('/srv/ca');
    expect(dataFolder(['--home=/srv/ca'], surroundings)).toBe('/srv/ca');
    expect(dataFolder([], surroundings)).toBe('/srv/other');
  });

  it("is the platform's own place for data otherwise", () => {
    expect(dataFolder([], linux)).toBe('/home/ada/.local/share/chancery');
    expect(dataFolder([], { ...linux, platform: 'darwin' })).toBe(
      '/home/ada/Library/Application Support/Chancery',
    );
    expect(dataFolder([], { ...linux, env: { XDG_DATA_HOME: '/data' } })).toBe('/data/chancery');
  });

  it('ignores a relative XDG_DATA_HOME, as the specification wants', () => {
    expect(dataFolder([], { ...linux, env: { XDG_DATA_HOME: 'data' } })).toBe(
      '/home/ada/.local/share/chancery',
    );
  });
});
