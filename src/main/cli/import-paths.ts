/** Files and folders on their way into an import: found, read and sent in batches, their answers joined. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pemPieces } from '../../shared/model/pem-pieces.ts';
import { type ImportSummary, importLimits } from '../../shared/operations/certificates-import.ts';
import type { Input } from './command-input.ts';
import type { Terminal } from './terminal.ts';
import { usageError } from './usage-error.ts';

/** Bytes of the files of a call: what it reads is done in a moment, and progress can be told. */
const batchBytes = 2_000_000;
/** Folders below folders; deeper ones are a mistake, or a loop that a mount makes. */
const maxDepth = 32;
const maxFiles = 1_000_000;
/** Of a text with many certificates; other files are sent whole, and so must be smaller. */
const maxFileBytes = 512 * 1024 * 1024;

interface ImportedFile {
  readonly name: string;
  readonly contentBase64: string;
}

/** Sends what is at the paths of the input in as many calls as it takes. Throws usage errors for paths that are not there. */
export async function importPaths(
  { files, ...others }: Input,
  send: (input: Input) => Promise<object>,
  terminal: Terminal,
): Promise<ImportSummary> {
  const paths: string[] = [];
  for (const path of files as readonly string[]) {
    for (const file of filesAt(path, 0)) {
      if (paths.push(file) > maxFiles) throw usageError(`There are more than ${maxFiles} files.`);
    }
  }
  const summary: ImportSummary = { dryRun: others.dryRun === true, imported: 0, known: 0, refused: [] };
  for (const { batch, done } of batchesOf(paths, summary.refused)) {
    const { imported, known, refused } = (await send({ ...others, files: batch })) as ImportSummary;
    summary.imported += imported;
    summary.known += known;
    summary.refused.push(...refused);
    if (terminal.isInteractive) {
      terminal.err(`\r${done} of ${paths.length} files read, ${summary.imported} certificates imported`);
    }
  }
  if (terminal.isInteractive) terminal.err('\n');
  return summary;
}

/** The files at a path, in the order of their names. Links are followed where they were named, not in folders. */
function* filesAt(path: string, depth: number): Generator<string> {
  if (depth > maxDepth) throw usageError(`${path} lies deeper than ${maxDepth} folders.`);
  try {
    if (depth === 0 && statSync(path).isFile()) {
      yield path;
      return;
    }
    const entries = readdirSync(path, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = join(path, entry.name);
      if (entry.isFile()) yield inner;
      else if (entry.isDirectory()) yield* filesAt(inner, depth + 1);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === undefined ? error : usageError(`${path} cannot be read: ${code}.`);
  }
}

/** The files in batches, with how many of all are read by then. */
function* batchesOf(paths: readonly string[], refused: ImportSummary['refused']) {
  let batch: ImportedFile[] = [];
  let size = 0;
  for (const [index, name] of paths.entries()) {
    for (const piece of piecesOf(name, refused)) {
      if (batch.length >= importLimits.files || (batch.length > 0 && size + piece.length > batchBytes)) {
        yield { batch, done: index };
        batch = [];
        size = 0;
      }
      const { buffer, byteOffset, length } = piece;
      batch.push({ name, contentBase64: Buffer.from(buffer, byteOffset, length).toString('base64') });
      size += length;
    }
  }
  if (batch.length > 0) yield { batch, done: paths.length };
}

function piecesOf(name: string, refused: ImportSummary['refused']): Uint8Array[] {
  const refuse = (reason: string): Uint8Array[] => {
    refused.push({ file: name, reason });
    return [];
  };
  try {
    if (statSync(name).size > maxFileBytes) return refuse('It is larger than 512 MiB.');
    const pieces = pemPieces(readFileSync(name), batchBytes);
    const isTooLarge = pieces.some(({ length }) => length > importLimits.fileBytes);
    return isTooLarge ? refuse('It is larger than 23 MiB.') : pieces;
  } catch (error) {
    return refuse(`It cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}
