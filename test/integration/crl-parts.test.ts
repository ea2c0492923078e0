/** Delta CRLs and shards of a CRL, as openssl, certtool and our own validation understand them. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCrl } from '../../src/main/x509/index.ts';
import type { Output } from '../../src/shared/operations/index.ts';
import { type ChanceryInProcess, listenerDoor, openInProcess } from '../support/chancery-in-process.ts';
import { auditEvents } from '../support/database-reader.ts';
import { openssl, opensslText } from '../support/openssl.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = mkdtempSync(join(temporaryFolder('crl-parts'), 'one-'));
let office: ChanceryInProcess;
let files = 0;

beforeAll(async () => {
  office = await openInProcess();
  await office.must('policies.create', {
    slug: 'any-server',
    definition: {
      subject: { mode: 'any' },
      subjectAltNames: { mode: 'any' },
      keyUsages: { allowed: [], required: ['digitalSignature'] },
      extendedKeyUsages: { allowed: [], required: ['serverAuth'] },
      keyAlgorithms: ['ecdsa-p256'],
      isCa: false,
      maxValidity: 'P398D',
    },
  });
});

afterAll(() => office.chancery.close());

/** Writes the text to a file of its own. */
function file(text: string): string {
  files += 1;
  const path = join(folder, `${files}.pem`);
  writeFileSync(path, text);
  return path;
}

async function newAuthority(slug: string) {
  const publicationUrl = 'http://pki.example.com';
  const { certificate } = await office.must('authorities.create', { slug, publicationUrl });
  await office.must('profiles.create', { slug, policy: 'any-server', issuer: slug });
  return { pem: certificate, file: file(certificate) };
}

const issue = (profile: string, name: string) =>
  office.must('certificates.issue', { profile, subject: { commonName: `${name}.example.com` } });
const revoke = (id: string, reason: 'superseded' | 'certificateHold' | 'keyCompromise' = 'superseded') =>
  office.must('certificates.revoke', { id, reason });

function served(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') {
  const request = new Request(`https://127.0.0.1${path}`, { method, headers });
  return office.chancery.handle(request, listenerDoor);
}

/** The CRL at the path, as PEM. */
async function crl(path: string): Promise<string> {
  const response = await served(path);
  expect([path, response.status]).toEqual([path, 200]);
  const der = Buffer.from(await response.arrayBuffer());
  expect(response.headers.get('content-length')).toBe(String(der.length));
  return `-----BEGIN X509 CRL-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END X509 CRL-----\n`;
}

const parsed = (pem: string) => parseCrl(Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64'));
const shown = (pem: string) => opensslText('crl', '-in', file(pem), '-noout', '-text');

async function verdict(caFile: string, crls: readonly string[], certificate: string): Promise<string> {
  const lists = crls.flatMap((pem) => ['-CRLfile', file(pem)]);
  const flags = ['-crl_check', '-use_deltas', '-extended_crl', '-CAfile', caFile];
  const { stdout, stderr } = await openssl('verify', ...flags, ...lists, file(certificate));
  return `${stdout}${stderr}`;
}

describe('a delta CRL', () => {
  let ca: { pem: string; file: string };
  let old: string;
  let revoked: Output<'certificates.issue'> & { certificate?: string };
  let good: typeof revoked;

  beforeAll(async () => {
    ca = await newAuthority('with-deltas');
    await office.must('authorities.configure-crl', { id: 'with-deltas', deltas: true });
    old = await crl('/crl/with-deltas.crl');
    revoked = await issue('with-deltas', 'revoked');
    good = await issue('with-deltas', 'good');
    await revoke(String(revoked.id));
  });

  it('shares its number with the whole list and continues an older one, which says where it is', async () => {
    const [whole, delta] = [await crl('/crl/with-deltas.crl'), await crl('/crl/with-deltas/delta.crl')];
    expect(parsed(delta).crlNumber).toBe(parsed(whole).crlNumber);
    expect(parsed(delta).baseCrlNumber).toBeLessThanOrEqual(parsed(old).crlNumber ?? 0n);
    expect([parsed(whole).entryCount, parsed(delta).entryCount]).toEqual([1, 1]);
    expect(await shown(delta)).toMatch(/Delta CRL Indicator: critical/);
    expect(await shown(old)).toContain('URI:http://pki.example.com/crl/with-deltas/delta.crl');
  });

  it('tells openssl what an old complete CRL does not know', async () => {
    const delta = await crl('/crl/with-deltas/delta.crl');
    expect(await verdict(ca.file, [old], revoked.certificate ?? '')).toContain('OK');
    expect(await verdict(ca.file, [old, delta], revoked.certificate ?? '')).toContain('certificate revoked');
    expect(await verdict(ca.file, [old, delta], good.certificate ?? '')).toContain('OK');
  });

  it('tells our own validation the same', async () => {
    const ask = async (content: string, crls: string) => {
      const { ok } = await office.must('inspect.verify', { content, crls, trust: ca.pem });
      return ok;
    };
    const both = old + (await crl('/crl/with-deltas/delta.crl'));
    expect(await ask(revoked.certificate ?? '', old)).toBe(true);
    expect(await ask(revoked.certificate ?? '', both)).toBe(false);
    expect(await ask(good.certificate ?? '', both)).toBe(true);
  });

  it('is verified by certtool', async () => {
    const delta = file(await crl('/crl/with-deltas/delta.crl'));
    const { stdout, stderr } = await runProgram('certtool', [
      ...['--verify-crl', '--load-ca-certificate', ca.file, '--infile', delta],
    ]);
    expect(`${stdout}${stderr}`).toContain('Verified');
  });

  it('takes off its base what is no longer on hold', async () => {
    const released = await issue('with-deltas', 'released');
    await office.must('certificates.revoke', { id: released.id, reason: 'certificateHold' });
    const base = await crl('/crl/with-deltas.crl');
    expect(await verdict(ca.file, [base], released.certificate ?? '')).toContain('revoked');
    await office.must('certificates.release', { id: released.id });
    const removing = await crl('/crl/with-deltas/delta.crl');
    expect(await shown(removing)).toContain('Remove From CRL');
    expect(await verdict(ca.file, [base, removing], released.certificate ?? '')).toContain('OK');
  });

  it('has the final reason of what was on hold when it began', async () => {
    const held = await issue('with-deltas', 'held');
    await revoke(String(held.id), 'certificateHold');
    await revoke(String(held.id), 'keyCompromise');
    const text = await shown(await crl('/crl/with-deltas/delta.crl'));
    expect(text).toContain('Key Compromise');
    expect(text).not.toContain('Certificate Hold');
  });
});

describe('a CRL in shards', () => {
  let ca: { pem: string; file: string };
  const pointOf = async (certificate = '') =>
    /URI:http:\/\/pki\.example\.com(\/crl\/\S+)/.exec(
      await opensslText('x509', '-in', file(certificate), '-noout', '-text'),
    )?.[1] ?? '';

  beforeAll(async () => {
    ca = await newAuthority('in-shards');
    await office.must('authorities.configure-crl', { id: 'in-shards', shards: 4 });
  });

  it('spreads certificates, and openssl finds each in its own shard and in the whole list alone', async () => {
    const issued = await Promise.all(Array.from({ length: 24 }, (_, i) => issue('in-shards', `host-${i}`)));
    const points = await Promise.all(issued.map(({ certificate }) => pointOf(certificate)));
    expect([...new Set(points)].sort()).toEqual([1, 2, 3, 4].map((shard) => `/crl/in-shards/${shard}.crl`));
    const [{ id, certificate = '' } = expect.unreachable(), own = ''] = [issued[0], points[0]];
    const sibling = issued.find((_, i) => i > 0 && points[i] === own)?.certificate ?? '';
    const other = points.find((point) => point !== own) ?? '';
    expect(await verdict(ca.file, [await crl(own)], certificate)).toContain('OK');
    await revoke(String(id));
    const [list, otherList] = [await crl(own), await crl(other)];
    expect(await shown(list)).toMatch(/Issuing Distribution Point: critical/);
    expect(await verdict(ca.file, [list], certificate)).toContain('certificate revoked');
    expect(await verdict(ca.file, [await crl('/crl/in-shards.crl')], certificate)).toContain(
      'certificate revoked',
    );
    expect(await verdict(ca.file, [otherList], certificate)).not.toContain('OK');
    expect(await verdict(ca.file, [list], sibling)).toContain('OK');
    expect([parsed(list).entryCount, parsed(otherList).entryCount]).toEqual([1, 0]);
    const { ok, failures } = await office.must('inspect.verify', {
      content: certificate,
      crls: list,
      trust: ca.pem,
    });
    expect([ok, JSON.stringify(failures)]).toEqual([false, expect.stringContaining('revoked')]);
    const tool = await runProgram('certtool', [
      ...['--verify-crl', '--load-ca-certificate', ca.file, '--infile', file(list)],
    ]);
    expect(`${tool.stdout}${tool.stderr}`).toContain('Verified');
  });

  it('keeps listing a certificate where its own bytes say, whatever the number of shards is now', async () => {
    const issued = await Promise.all(Array.from({ length: 24 }, (_, i) => issue('in-shards', `late-${i}`)));
    const points = await Promise.all(issued.map(({ certificate }) => pointOf(certificate)));
    const index = points.indexOf('/crl/in-shards/4.crl');
    await office.must('authorities.configure-crl', { id: 'in-shards', shards: 2 });
    const newPoints = await Promise.all(
      Array.from({ length: 16 }, async (_, i) => pointOf((await issue('in-shards', `new-${i}`)).certificate)),
    );
    expect([...new Set(newPoints)].sort()).toEqual(['/crl/in-shards/1.crl', '/crl/in-shards/2.crl']);
    await revoke(String(issued[index]?.id));
    const list = await crl('/crl/in-shards/4.crl');
    expect(await verdict(ca.file, [list], issued[index]?.certificate ?? '')).toContain('certificate revoked');
  });

  it('has numbers that only rise, in each shard', () => {
    const numbers = auditEvents(office.home)
      .filter(({ type, subject }) => type === 'crl.issued' && subject?.name === 'in-shards')
      .map(({ detail }) => detail.number as number);
    expect(numbers.length).toBeGreaterThan(3);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });
});

describe('a served CRL', () => {
  it('has a tag of its own until the next one, and no body for HEAD', async () => {
    const first = await served('/crl/issuing.crl');
    const tag = first.headers.get('etag') ?? '';
    expect((await served('/crl/issuing.crl', { 'if-none-match': tag })).status).toBe(304);
    const head = await served('/crl/issuing.crl', {}, 'HEAD');
    expect([head.headers.get('content-length'), (await head.arrayBuffer()).byteLength]).toEqual([
      first.headers.get('content-length'),
      0,
    ]);
    await office.must('authorities.publish-crl', { id: 'issuing' });
    const next = await served('/crl/issuing.crl', { 'if-none-match': tag });
    expect([next.status, next.headers.get('etag') === tag]).toEqual([200, false]);
    // Begun before the next one was issued, and still the CRL that it was.
    const bytes = new Uint8Array(await first.arrayBuffer());
    expect(parseCrl(bytes).crlNumber).toBeLessThan(
      parseCrl(new Uint8Array(await next.arrayBuffer())).crlNumber ?? 0n,
    );
  });
});

describe('the base of a delta CRL', () => {
  it('continues a newer CRL when the time of its base is over, and is gone once deltas are off', async () => {
    const before = parsed(await crl('/crl/with-deltas/delta.crl'));
    // The overlap of a root's CRL begins after half of its 180 days.
    office.advance(91 * 86_400_000);
    await office.chancery.runDueTasks();
    const after = parsed(await crl('/crl/with-deltas/delta.crl'));
    expect(after.baseCrlNumber).toBeGreaterThan(before.baseCrlNumber ?? 0n);
    expect(after.entryCount).toBe(0);
    await office.must('authorities.configure-crl', { id: 'with-deltas', deltas: false });
    expect((await served('/crl/with-deltas/delta.crl')).status).toBe(404);
    expect(await shown(await crl('/crl/with-deltas.crl'))).not.toContain('delta.crl');
  });
});
