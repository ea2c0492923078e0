/**
 * `npm run test:desktop`: drives the real window where Electron's binary and a display are; elsewhere says why
 * it does not, and counts as skipped. It fetches nothing: `npm start` does that.
 */
import { existsSync } from 'node:fs';
import { electronBinary, whyNoWindow } from '../../scripts/launch/electron.mjs';
import { nothing, summary } from '../../scripts/test/count.ts';
import { runVitest } from '../../scripts/test/run-vitest.ts';

const reason =
  whyNoWindow() ?? (existsSync(electronBinary()) ? undefined : "Electron's binary is not here yet");

if (reason !== undefined) {
  process.stdout.write(`The desktop tests are skipped, since ${reason}.\n\n`);
  process.stdout.write(`${summary({ ...nothing, skipped: 1 })}\n`);
} else {
  const count = await runVitest(['--project=desktop']);
  process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;
  process.stdout.write(`\n${summary(count)}\n`);
}
