/** Sends many files in as many calls as it takes, and tells how far it is. */
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pemPieces } from '../../../shared/model/pem-pieces.ts';
import { type ImportSummary, importLimits } from '../../../shared/operations/certificates-import.ts';
import { call } from '../../client/call.ts';
import { base64Of } from '../../components/read-as-pem.ts';

/** Bytes of the files of a call: small enough that progress is seen. */
const batchBytes = 700_000;

export interface ImportChoice {
  readonly realm: string;
  readonly passphrase?: string;
  readonly dryRun: boolean;
}

interface Progress {
  readonly done: number;
  readonly total: number;
  readonly summary: ImportSummary;
}

type ImportState =
  | { readonly phase: 'idle' }
  | ({ readonly phase: 'running' | 'done' } & Progress)
  | ({ readonly phase: 'failed'; readonly error: unknown } & Progress);

interface Sent {
  readonly name: string;
  readonly contentBase64: string;
}

export function useImport() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const running = useRef<AbortController | null>(null);
  const [state, setState] = useState<ImportState>({ phase: 'idle' });

  const start = async (files: readonly File[], choice: ImportChoice): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    const summary: ImportSummary = { dryRun: choice.dryRun, imported: 0, known: 0, refused: [] };
    let done = 0;
    const tooLarge = t('importing.tooLarge', { mebibytes: importLimits.fileBytes / 2 ** 20 });
    const tell = (phase: 'running' | 'done') =>
      setState({ phase, done, total: files.length, summary: { ...summary } });
    const send = async (batch: readonly Sent[]): Promise<void> => {
      if (batch.length === 0) return;
      const { signal } = controller;
      const answer = await call('certificates.import', { ...choice, files: [...batch] }, { signal });
      summary.imported += answer.imported;
      summary.known += answer.known;
      summary.refused.push(...answer.refused);
    };
    tell('running');
    try {
      let batch: Sent[] = [];
      let size = 0;
      for (const file of files) {
        for (const piece of await piecesOf(file, summary.refused, tooLarge)) {
          if (batch.length >= importLimits.files || (batch.length > 0 && size + piece.length > batchBytes)) {
            await send(batch);
            tell('running');
            batch = [];
            size = 0;
          }
          batch.push({ name: nameOf(file), contentBase64: base64Of(piece) });
          size += piece.length;
        }
        done += 1;
      }
      await send(batch);
      tell('done');
    } catch (error) {
      const isStopped = controller.signal.aborted;
      if (isStopped) tell('done');
      else setState({ phase: 'failed', error, done, total: files.length, summary });
    }
    for (const id of ['certificates.list', 'system.overview', 'audit.list'])
      void queryClient.invalidateQueries({ queryKey: [id] });
  };

  return { start, stop: () => running.current?.abort(), state };
}

/** With its folders, where the browser tells them. */
function nameOf(file: File): string {
  const path = 'path' in file && typeof file.path === 'string' ? file.path : file.webkitRelativePath;
  return (path || file.name).replace(/^\.?\//, '');
}

async function piecesOf(
  file: File,
  refused: ImportSummary['refused'],
  tooLarge: string,
): Promise<Uint8Array[]> {
  const refuse = (reason: string): Uint8Array[] => {
    refused.push({ file: nameOf(file), reason });
    return [];
  };
  try {
    const pieces = pemPieces(new Uint8Array(await file.arrayBuffer()), batchBytes);
    const isTooLarge = pieces.some(({ length }) => length > importLimits.fileBytes);
    return isTooLarge ? refuse(tooLarge) : pieces;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}
