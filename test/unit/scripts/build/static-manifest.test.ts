import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeStaticManifest } from '../../../../scripts/build/static-manifest.ts';

describe('writeStaticManifest', () => {
  let out = '';

  beforeEach(() => {
    out = mkdtempSync(join(tmpdir(), 'chancery-manifest-'));
    mkdirSync(join(out, 'renderer', 'assets'), { recursive: true });
    mkdirSync(join(out, 'reference'));
  });
  afterEach(() => rmSync(out, { recursive: true }));

  it('lists each file by the path of its URL, with type, size and SHA-256', async () => {
    writeFileSync(join(out, 'renderer', 'assets', 'main-abc.js'), 'abc');
    writeFileSync(join(out, 'reference', 'swagger-ui.css'), '');
    await writeStaticManifest(out);
    expect(JSON.parse(readFileSync(join(out, 'static-manifest.json'), 'utf8'))).toEqual({
      '/ui/assets/main-abc.js': {
        file: 'renderer/assets/main-abc.js',
        type: 'text/javascript; charset=utf-8',
        // FIPS 180-4, example of one block.
        sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
        size: 3,
        immutable: true,
      },
      '/reference/swagger-ui.css': {
        file: 'reference/swagger-ui.css',
        type: 'text/css; charset=utf-8',
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        size: 0,
        immutable: false,
      },
    });
  });

  it('refuses a file whose type it does not know rather than serve it under a guessed one', async () => {
    writeFileSync(join(out, 'renderer', 'notes.docx'), '');
    await expect(writeStaticManifest(out)).rejects.toThrow('renderer/notes.docx');
  });
});
