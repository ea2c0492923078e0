import { existsSync, statSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileContent } from '../../shared/model/basics.ts';
import type { IssuedCertificate } from '../../shared/operations/issued-certificate.ts';
import { Job } from '../../shared/operations/jobs.ts';
import { isFileSchema, isStreamSchema } from '../http/file-answer.ts';
import type { Command } from './commands.ts';
import type { Parsed } from './parse-arguments.ts';
import type { Terminal } from './terminal.ts';
import { usageError } from './usage-error.ts';

interface Target {
  readonly path: string;
  readonly part: 'certificate' | 'chain' | 'full-chain' | 'key' | 'file';
}

/** Where the answer goes beside or instead of stdout; known before the call, so that nothing is made in vain. */
export interface OutputFiles {
  /** Writes what was asked for and gives back what is left to show; null where nothing is. */
  write(output: object, terminal: Terminal): Promise<object | null>;
}

/** What the flags ask for. Throws a usage error where a private key would be overwritten without --force. */
export function outputFiles(command: Command, { values }: Parsed): OutputFiles {
  const targets = targetsOf(values);
  const holdsKey =
    command.operation?.id === 'certificates.private-key' || values.get('format')?.[0] === 'pkcs12';
  for (const { path, part } of targets) {
    const isKey = part === 'key' || (part === 'file' && holdsKey);
    if (isKey && path !== '-' && existsSync(path) && values.get('force')?.[0] !== 'true') {
      throw usageError(
        `${path} exists, and may hold a private key.`,
        'Name another file, or overwrite it with --force.',
      );
    }
  }
  const schema = command.operation?.output;
  const isFile = isFileSchema(schema) || isStreamSchema(schema);
  return {
    write: async (output, terminal) => {
      if (isFile) return writeFileContent(output as FileContent, targets[0], values, terminal);
      // What a job leaves is written once it has ended, by follow-job.ts.
      if (schema === Job) return output;
      if (targets.length === 0) return output;
      if (!('requestId' in output)) return writeIssued(output as IssuedCertificate, targets, terminal);
      terminal.err('Nothing was written: the certificate waits to be approved.\n');
      return output;
    },
  };
}

function targetsOf(values: Parsed['values']): Target[] {
  const at = (name: string, part: Target['part']): Target[] =>
    (values.get(name) ?? []).map((path) => ({ path, part }));
  const folders = values.get('out-dir') ?? [];
  return [
    ...folders.flatMap((folder): Target[] => [
      { path: join(folder, 'cert.pem'), part: 'certificate' },
      { path: join(folder, 'chain.pem'), part: 'chain' },
      { path: join(folder, 'fullchain.pem'), part: 'full-chain' },
      { path: join(folder, 'privkey.pem'), part: 'key' },
    ]),
    ...at('cert-out', 'certificate'),
    ...at('chain-out', 'chain'),
    ...at('key-out', 'key'),
    ...at('out', 'file'),
  ];
}

async function writeIssued(
  issued: IssuedCertificate,
  targets: readonly Target[],
  terminal: Terminal,
): Promise<object> {
  const joined = (parts: readonly string[]) => parts.map((pem) => `${pem.trimEnd()}\n`).join('');
  const texts: Partial<Record<Target['part'], string>> = {
    certificate: joined([issued.certificate]),
    chain: joined(issued.chain),
    'full-chain': joined([issued.certificate, ...issued.chain]),
    ...(issued.privateKey !== undefined && { key: joined([issued.privateKey]) }),
  };
  for (const { path, part } of targets) {
    const text = texts[part];
    if (text === undefined) continue;
    await writeWhole(path, text, part === 'key' ? 0o600 : 0o644);
    terminal.err(`Wrote ${path}\n`);
  }
  // A private key that lies in its file now has no business on the screen or in a log.
  const { privateKey, ...others } = issued;
  return targets.some(({ part }) => part === 'key') ? others : issued;
}

async function writeFileContent(
  file: FileContent,
  target: Target | undefined,
  values: Parsed['values'],
  terminal: Terminal,
): Promise<object | null> {
  const isJson = values.get('json')?.[0] === 'true';
  if (!target && isJson) return file;
  const bytes = Buffer.from(file.contentBase64, 'base64');
  const isText = !bytes.includes(0) && /pem|text/.test(file.mediaType);
  if (!target || target.path === '-') {
    if (!target && !isText && terminal.stdoutIsTerminal) {
      throw usageError(`${file.fileName} is no text.`, 'Write it with --out FILE.');
    }
    terminal.out(bytes);
    return null;
  }
  const holdsKey = /pkcs12|pkcs8/.test(file.mediaType) || bytes.includes('PRIVATE KEY');
  await writeWhole(target.path, bytes, holdsKey ? 0o600 : 0o644);
  terminal.err(`Wrote ${target.path}\n`);
  return isJson ? { fileName: file.fileName, mediaType: file.mediaType } : null;
}

/** Writes beside the target and renames, so that a reader never sees half a file and the mode holds from the start. */
export async function writeWhole(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const beside = `${path}.${process.pid}.part`;
  try {
    // A pipe or a device such as /dev/stdout cannot be replaced.
    if (existsSync(path) && !statSync(path).isFile()) return await writeFile(path, content);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(beside, content, { mode, flag: 'wx' });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw usageError(
      `${path} cannot be written: ${error instanceof Error && 'code' in error ? error.code : 'unknown'}.`,
    );
  }
}
