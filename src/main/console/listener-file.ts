import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where scripts find the CA of the listener's certificate, what curl's --cacert takes. */
export function caFile(home: string): string {
  return join(home, 'tls', 'ca.pem');
}

/** Writes tls/ca.pem. */
export function writeCaFile(home: string, pem: string): void {
  mkdirSync(dirname(caFile(home)), { recursive: true, mode: 0o700 });
  writeWhole(caFile(home), pem, 0o644);
}

/** Says in listener.json where the listener answers; for the owner's eyes alone. */
export function writeListenerFile(home: string, url: string): void {
  writeWhole(
    join(home, 'listener.json'),
    `${JSON.stringify({ url, caFile: caFile(home), pid: process.pid }, null, 2)}\n`,
    0o600,
  );
}

/** Takes listener.json away when nothing answers any more. */
export function removeListenerFile(home: string): void {
  rmSync(join(home, 'listener.json'), { force: true });
}

/** By a rename, so that no reader sees half of it. */
function writeWhole(path: string, text: string, mode: number): void {
  const beside = `${path}.part`;
  writeFileSync(beside, text, { mode });
  chmodSync(beside, mode);
  renameSync(beside, path);
}
