import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromRoot } from '../../scripts/launch/root.mjs';
import { newCsr } from './csr.ts';
import { interleaved } from './interleaved.ts';
import { type IssuingServer, startChancery } from './issuing-server.ts';
import type { BenchCase } from './result.ts';

const connections = 64;

/** Issuing over HTTPS where each flush of the disk takes 2 ms longer, against the same without that. */
export const restIssueSlowDisk: BenchCase = {
  name: 'rest-issue-slow-disk',
  measure: async ({ isQuick }) => {
    const folder = mkdtempSync(join(tmpdir(), 'chancery-bench-rest-'));
    const servers: IssuingServer[] = [];
    try {
      const csr = newCsr('a.example');
      const start = async (name: string, nodeOptions: readonly string[] = []) => {
        const server = await startChancery({ home: join(folder, name), csr, connections, nodeOptions });
        servers.push(server);
        return server;
      };
      const slow = await start('slow', ['--import', fromRoot('test', 'bench', 'slow-disk.ts')]);
      const usual = await start('usual');
      const rates = await interleaved({
        ours: (times) => slow.issue(times),
        yardstick: (times) => usual.issue(times),
        rounds: isQuick ? 5 : 21,
        timesPerRound: 640,
      });
      return { unit: '1/s', ...rates, ratio: rates.value / rates.yardstick, goal: 0.6 };
    } finally {
      for (const server of servers) await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
