/**
 * `npm run bench -- --json FILE [--quick] [--only CASE]...`: measures the built program against a yardstick on the same machine,
 * so that numbers of different machines can be compared. Its invariant: a ratio is a number, and higher is
 * better. Each case is a file and a line in `cases`.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { bulkRenewal } from './bulk-renewal.ts';
import { coldStart } from './cold-start.ts';
import { crl1m, crl1mMemory, crl10k, crlIncrement } from './crl.ts';
import { durableBatch, durableSingle } from './durable.ts';
import { importFiles } from './import.ts';
import { installedSize, installedTree } from './installed-size.ts';
import { csrLeafP256, leafP256, leafRsa2048 } from './leaf.ts';
import { ocspHttp, ocspLive } from './ocsp.ts';
import { parseOfCertificate, parseOfCrl, parseOfCsr } from './parse.ts';
import { certificateQuery } from './query.ts';
import { restIssue } from './rest-issue.ts';
import { restIssueSlowDisk } from './rest-issue-slow-disk.ts';
import type { BenchCase, BenchResult } from './result.ts';
import { deepPage, searchPage, searchSort, searchSubstring } from './search.ts';
import { tableOf } from './table.ts';

const cases: readonly BenchCase[] = [
  leafP256,
  csrLeafP256,
  leafRsa2048,
  parseOfCertificate,
  parseOfCsr,
  parseOfCrl,
  bulkRenewal,
  crl10k,
  crl1m,
  crl1mMemory,
  crlIncrement,
  durableBatch,
  durableSingle,
  restIssue,
  ocspHttp,
  ocspLive,
  importFiles,
  restIssueSlowDisk,
  searchPage,
  searchSubstring,
  searchSort,
  deepPage,
  certificateQuery,
  coldStart,
  installedSize,
  installedTree,
];

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
});

const results: BenchResult[] = [];
for (const { name, measure } of cases) {
  if (values.only && !values.only.includes(name)) continue;
  process.stderr.write(`Measuring ${name} ...\n`);
  results.push({ case: name, ...(await measure({ isQuick: values.quick })) });
}
process.stdout.write(tableOf(results));
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
