/** Authorities renewed, certified across, and with certificates from elsewhere, as openssl sees their chains. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCertificate, readPem, validateCertificate } from '../../src/main/x509/index.ts';
import type { Input } from '../../src/shared/operations/index.ts';
import { openInProcess } from '../support/chancery-in-process.ts';
import { newCsr, newSelfSigned, opensslText } from '../support/openssl.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openWorkbench } from './x509-counterparts.ts';

const office = await openInProcess();
const bench = openWorkbench();
const { must, call } = office;
const realm = 'default';

const derOf = (pem: string) => readPem(pem).map(({ der }) => der);
const read = (pem: string) => parseCertificate(derOf(pem)[0] as Uint8Array);
const issue = (profile = 'tls-server') =>
  must('certificates.issue', { realm, profile, subjectAltNames: [{ type: 'dns', value: 'a.example' }] });

/** What openssl says of the chain; throws what it said against it. */
function verify(target: string, root: string, ...between: readonly string[]): string {
  const untrusted = bench.write('between.pem', between.join('\n'));
  const files = ['-CAfile', bench.write('anchor.pem', root)];
  if (between.length > 0) files.push('-untrusted', untrusted);
  return bench.run('openssl', 'verify', '-x509_strict', ...files, bench.write('target.pem', target));
}

/** What our own validator says. */
function validate(target: string, root: string, ...between: readonly string[]): boolean {
  const material = {
    anchors: [{ certificate: derOf(root)[0] as Uint8Array }],
    intermediates: between.flatMap(derOf),
    crls: [],
  };
  return validateCertificate(derOf(target)[0] as Uint8Array, material, { time: new Date() }).ok;
}

function expectTrusted(target: string, root: string, ...between: readonly string[]) {
  expect(verify(target, root, ...between)).toContain('OK');
  expect(validate(target, root, ...between)).toBe(true);
}

const publish = async (path: string) => {
  const answer = await office.chancery.handle(new Request(`https://127.0.0.1${path}`), {
    kind: 'listener',
    principal: null,
    peer: { address: '127.0.0.1', certificates: [] },
    signal: new AbortController().signal,
  });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
};

describe('an authority renewed with the same key', () => {
  it('stands for what it has issued with both of its certificates, and goes on with the new one', async () => {
    const before = await must('authorities.show', { id: 'issuing' });
    const root = await must('authorities.show', { id: 'root' });
    const leaf = await issue();
    const after = await must('authorities.renew', { id: 'issuing', reuseKey: true, validity: '3y' });
    expect(after).toMatchObject({
      id: before.id,
      slug: 'issuing',
      subject: before.subject,
      keyGeneration: 1,
    });
    expect(after.serialNumber).not.toBe(before.serialNumber);
    expect(Buffer.from(read(after.certificate).spki)).toEqual(Buffer.from(read(before.certificate).spki));
    expect(after.certificates.map(({ role, serialNumber }) => [role, serialNumber])).toEqual([
      ['current', after.serialNumber],
      ['former', before.serialNumber],
    ]);
    for (const { certificate } of [before, after]) {
      expectTrusted(leaf.certificate, root.certificate, certificate);
    }
    const next = await issue();
    expect(next.chain[0]).toBe(after.certificate);
    expectTrusted(next.certificate, root.certificate, ...next.chain);
    const shown = await must('certificates.show', { id: leaf.id });
    expect(shown.chain[0]).toBe(after.certificate);
  });

  it('keeps its constraints byte for byte', async () => {
    const before = await must('authorities.create', {
      slug: 'bound',
      realm,
      parent: 'root',
      permittedNames: [{ type: 'dns', value: 'example.com' }],
      certificatePolicies: [{ oid: '1.2.3.4', notice: 'Nur intern' }],
      customExtensions: [{ oid: '1.2.3.9', value: '0500' }],
    });
    const after = await must('authorities.renew', { id: 'bound', reuseKey: true });
    const kept = (pem: string) =>
      read(pem).extensions.filter(({ name }) =>
        /nameConstraints|certificatePolicies|^1\.2\.3\.9|basic/.test(name),
      );
    expect(kept(after.certificate)).toEqual(kept(before.certificate));
    expect(kept(after.certificate)).toHaveLength(4);
    expect(after.nameSpace.permitted).toEqual({ dns: ["dns 'example.com'"] });
  });

  it('is not brought back by a revoked certificate, and goes on with a new key', async () => {
    const { certificates } = await must('authorities.create', { slug: 'lost', realm, parent: 'root' });
    await must('certificates.revoke', { id: certificates[0]?.id ?? '', reason: 'keyCompromise' });
    const refused = await call('authorities.renew', { id: 'lost', reuseKey: true });
    expect(refused.body).toMatchObject({ code: 'CONFLICT', detail: expect.stringContaining('revoked') });
    expect(await must('authorities.renew', { id: 'lost' })).toMatchObject({
      status: 'active',
      keyGeneration: 2,
    });
  });

  it('refuses to outlive the one above, and algorithms that the key does not have', async () => {
    const refused = async (fields: Partial<Input<'authorities.renew'>>) =>
      (await call('authorities.renew', { id: 'issuing', reuseKey: true, ...fields })).body.code;
    expect(await refused({ validity: '30y' })).toBe('CONFLICT');
    expect(await refused({ keyAlgorithm: 'rsa-2048' })).toBe('INVALID_INPUT');
  });
});

describe('an authority renewed with a new key', async () => {
  await must('authorities.create', {
    slug: 'rolling',
    realm,
    parent: 'root',
    publicationUrl: 'http://pki.example',
  });
  await must('profiles.create', { slug: 'rolling', realm, policy: 'tls-server', issuer: 'rolling' });
  const root = await must('authorities.show', { id: 'root' });
  const before = await must('authorities.show', { id: 'rolling' });
  const older = await issue('rolling');
  const after = await must('authorities.renew', { id: 'rolling', keyAlgorithm: 'ecdsa-p384' });
  const newer = await issue('rolling');

  it('keeps its slug and its profiles, and counts its keys', async () => {
    expect(after).toMatchObject({ slug: 'rolling', keyGeneration: 2, keyAlgorithm: 'ecdsa-p384' });
    expect(after.certificates.map(({ role, keyGeneration }) => [role, keyGeneration])).toEqual([
      ['current', 2],
      ['former', 1],
    ]);
    expect((await must('authorities.show', { id: 'rolling' })).certificateCount).toBe(2);
    const { items } = await must('authorities.list', {});
    expect(items.filter(({ slug }) => slug.startsWith('rolling'))).toHaveLength(1);
    expect((await must('authorities.show', { id: before.id })).id).toBe(after.id);
    const listed = await must('certificates.list', { authority: 'rolling' });
    expect(listed.items.map(({ authority }) => authority)).toEqual(['rolling', 'rolling']);
  });

  it('gives each leaf the chain of the key that signed it', async () => {
    const chains = await Promise.all(
      [older, newer].map(async ({ id }) => (await must('certificates.show', { id })).chain[0]),
    );
    expect(chains).toEqual([before.certificate, after.certificate]);
    expectTrusted(older.certificate, root.certificate, before.certificate);
    expectTrusted(newer.certificate, root.certificate, after.certificate);
    expect(() => verify(older.certificate, root.certificate, after.certificate)).toThrow();
  });

  it('publishes CRL and certificate of each key under the address that its certificates name', async () => {
    const addressOf = (pem: string) =>
      read(pem).extensions.find(({ name }) => name === 'cRLDistributionPoints')?.summary ?? '';
    expect(addressOf(older.certificate)).toContain('http://pki.example/crl/rolling.crl');
    expect(addressOf(newer.certificate)).toContain('http://pki.example/crl/rolling.2.crl');
    for (const [leaf, name] of [
      [older, 'rolling'],
      [newer, 'rolling.2'],
    ] as const) {
      await must('certificates.revoke', { id: leaf.id });
      const ca = await publish(`/ca/${name}.crt`);
      expect(Buffer.from(derOf(leaf.chain[0] ?? '')[0] as Uint8Array)).toEqual(ca.bytes);
      const crl = bench.write('crl.der', (await publish(`/crl/${name}.crl`)).bytes);
      const text = bench.run(
        ...(['openssl', 'crl', '-inform', 'der', '-in', crl, '-noout', '-text'] as const),
        ...['-CAfile', bench.write('ca.pem', leaf.chain[0] ?? '')],
      );
      expect(text.match(/Serial Number: (\w+)/g)).toEqual([`Serial Number: ${leaf.serialNumber}`]);
    }
  });

  it('answers OCSP for both keys', async () => {
    for (const [leaf, issuer] of [
      [older, before],
      [newer, after],
    ] as const) {
      const request = bench.run(
        ...(['openssl', 'ocsp', '-issuer', bench.write('i.pem', issuer.certificate)] as const),
        ...['-cert', bench.write('c.pem', leaf.certificate), '-no_nonce', '-reqout', 'request.der'],
      );
      expect(request).toBe('');
      const answer = await office.chancery.ocsp({
        from: { body: bench.read('request.der') },
        ifNoneMatch: null,
      });
      const said = bench.run(
        ...(['openssl', 'ocsp', '-issuer', bench.write('i.pem', issuer.certificate)] as const),
        ...['-cert', bench.write('c.pem', leaf.certificate), '-no_nonce'],
        ...['-respin', bench.write('answer.der', answer.body ?? new Uint8Array())],
        ...[
          '-CAfile',
          bench.write('r.pem', root.certificate),
          '-verify_other',
          bench.write('o.pem', issuer.certificate),
        ],
      );
      expect(said).toContain('revoked');
    }
  });

  it('ends the former key when its certificate has ended, and not before', async () => {
    const home = await openInProcess({ prepares: 'vault' });
    await home.must('realms.create', { slug: 'default', name: 'Default' });
    await home.must('authorities.create', { slug: 'short', realm, validity: '10d' });
    await home.must('authorities.renew', { id: 'short', validity: '1y' });
    const retired = async () => {
      await home.chancery.runDueTasks();
      const { items } = await home.must('audit.list', {});
      return items.some(({ type }) => type === 'authority.key-retired');
    };
    home.advance(9 * 86_400_000);
    expect(await retired()).toBe(false);
    home.advance(2 * 86_400_000);
    expect(await retired()).toBe(true);
    expect((await home.must('authorities.show', { id: 'short' })).status).toBe('active');
  });
});

describe('a root with a new key', async () => {
  const former = await must('authorities.create', { slug: 'old-root', realm, validity: '2y' });
  const below = await must('authorities.create', {
    slug: 'under-old',
    realm,
    parent: 'old-root',
    validity: '1y',
  });
  const renewed = await must('authorities.renew', { id: 'old-root' });
  const links = await must('authorities.link', { id: 'old-root' });

  it('is reached from both of its certificates by the link certificates', () => {
    expectTrusted(renewed.certificate, renewed.certificate);
    // What the former key signed, for those who trust the new root only, and the other way around.
    expectTrusted(below.certificate, renewed.certificate, links.oldWithNew);
    expectTrusted(links.newWithOld, former.certificate);
    expect(() => verify(below.certificate, renewed.certificate)).toThrow();
  });

  it('certifies with its new key what trusts the former one, over the link', async () => {
    const later = await must('authorities.create', {
      slug: 'under-new',
      realm,
      parent: 'old-root',
      validity: '1y',
    });
    expectTrusted(later.certificate, former.certificate, links.newWithOld);
    expectTrusted(later.certificate, renewed.certificate);
    expect(later.parent).toBe('old-root');
    expect((await must('authorities.show', { id: 'under-old' })).parent).toBe('old-root');
  });

  it('renews those below it under the new key', async () => {
    const moved = await must('authorities.renew', { id: 'under-old', reuseKey: true });
    expect(moved.chain).toEqual([renewed.certificate]);
    expectTrusted(moved.certificate, renewed.certificate);
  });

  it('gives the same links again, and shows them', async () => {
    expect(await must('authorities.link', { id: 'old-root' })).toEqual(links);
    const { certificates } = await must('authorities.show', { id: 'old-root' });
    expect(certificates.filter(({ role }) => role === 'link')).toHaveLength(2);
  });

  it('has none where there was one key only', async () => {
    expect((await call('authorities.link', { id: 'root' })).body.code).toBe('CONFLICT');
    expect((await call('authorities.link', { id: 'issuing' })).body.code).toBe('CONFLICT');
  });
});

describe('cross-certification', async () => {
  const root = await must('authorities.show', { id: 'root' });

  it('makes another root trusted by those who trust ours, within the names given', async () => {
    const folder = mkdtempSync(join(temporaryFolder('foreign'), 'ca-'));
    const at = (name: string) => join(folder, name);
    await opensslText(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '900'],
      ...['-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/O=Other/CN=Other Root'],
      ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
    );
    const other = await opensslText('x509', '-in', at('ca.pem'));
    const leafOf = async (name: string) => {
      const csr = await newCsr(`/CN=${name}`, `DNS:${name}`);
      writeFileSync(at('leaf.csr'), csr.pem);
      return opensslText(
        ...['x509', '-req', '-in', at('leaf.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key')],
        ...['-copy_extensions', 'copyall', '-days', '30'],
      );
    };
    const cross = await must('authorities.cross-certify', {
      id: 'root',
      certificate: other,
      validity: '1y',
      permittedNames: [{ type: 'dns', value: 'partner.example' }],
    });
    expect(cross.subject).toBe('CN=Other Root,O=Other');
    const inside = await leafOf('www.partner.example');
    expect(
      bench.run(
        ...(['openssl', 'verify', '-CAfile', bench.write('a.pem', root.certificate)] as const),
        ...['-untrusted', bench.write('u.pem', cross.certificate), bench.write('t.pem', inside)],
      ),
    ).toContain('OK');
    const outside = await leafOf('www.elsewhere.example');
    expect(() => verify(outside, root.certificate, cross.certificate)).toThrow(/permitted subtree/);
    expect(validate(outside, root.certificate, cross.certificate)).toBe(false);
  });

  it('of one of ours stands among its certificates, and serves our own verification', async () => {
    const second = await must('authorities.create', { slug: 'second', realm, validity: '3y' });
    const below = await must('authorities.create', {
      slug: 'below-second',
      realm,
      parent: 'second',
      validity: '1y',
    });
    const cross = await must('authorities.cross-certify', { id: 'root', authority: 'second' });
    expectTrusted(below.certificate, root.certificate, cross.certificate);
    expectTrusted(below.certificate, second.certificate);
    const { certificates } = await must('authorities.show', { id: 'second' });
    expect(certificates.map(({ role, id }) => [role, id])).toContainEqual(['cross', cross.id]);
    const { ok } = await must('inspect.verify', { content: below.certificate, trust: root.certificate });
    expect(ok).toBe(true);
  });

  it('refuses what is no authority, its own key, and more than one target', async () => {
    const refused = async (fields: Partial<Input<'authorities.cross-certify'>>) =>
      (await call('authorities.cross-certify', { id: 'root', ...fields })).body;
    const leaf = await issue();
    expect(await refused({ certificate: leaf.certificate })).toMatchObject({ code: 'INVALID_CERTIFICATE' });
    expect(await refused({ authority: 'root' })).toMatchObject({ code: 'CONFLICT' });
    expect(await refused({})).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await refused({ authority: 'issuing', certificate: root.certificate })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(
      await refused({ certificate: await newSelfSigned('/CN=x'), notAfter: '2199-01-01T00:00:00Z' }),
    ).toMatchObject({
      code: 'CONFLICT',
    });
  });
});

describe("somebody else's authority", async () => {
  const root = await must('authorities.show', { id: 'root' });

  it('gets its certificate from its request, and what it issues verifies', async () => {
    const csr = await newCsr('/O=Partner/CN=Partner CA');
    const issued = await must('authorities.issue-intermediate', {
      id: 'root',
      csr: csr.pem,
      validity: '2y',
      permittedNames: [{ type: 'dns', value: 'partner.example' }],
    });
    expect(issued.chain).toEqual([root.certificate]);
    expectTrusted(issued.certificate, root.certificate);
    const ca = bench.write('partner.pem', issued.certificate);
    const leaf = await newCsr('/CN=a.partner.example', 'DNS:a.partner.example');
    const certificate = bench.run(
      ...(['openssl', 'x509', '-req', '-in', bench.write('l.csr', leaf.pem), '-CA', ca] as const),
      ...['-CAkey', csr.keyFile, '-copy_extensions', 'copyall', '-days', '9'],
    );
    expect(
      bench.run(
        ...(['openssl', 'verify', '-CAfile', bench.write('a.pem', root.certificate)] as const),
        ...['-untrusted', ca, bench.write('t.pem', certificate)],
      ),
    ).toContain('OK');
    expect(read(issued.certificate).pathLength).toBe(0);
  });

  it('is refused without proof of possession', async () => {
    const { pem } = await newCsr('/CN=x');
    const der = Buffer.from(derOf(pem)[0] as Uint8Array);
    der[der.length - 5] = (der[der.length - 5] ?? 0) ^ 1;
    const { body } = await call('authorities.issue-intermediate', {
      id: 'root',
      csr: der.toString('base64'),
    });
    expect(body.code).toBe('INVALID_CSR');
  });
});

describe('an authority with a certificate from elsewhere', async () => {
  const folder = mkdtempSync(join(temporaryFolder('external'), 'ca-'));
  const at = (name: string) => join(folder, name);
  await opensslText(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '900'],
    ...['-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=External Root'],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  );
  const external = await opensslText('x509', '-in', at('ca.pem'));
  /** What the external authority makes of a request, with the extensions given. */
  const certifyBy = async (csr: string, extensions: string, ...days: string[]) => {
    writeFileSync(at('in.csr'), csr);
    writeFileSync(at('ext.cnf'), extensions);
    return opensslText(
      ...['x509', '-req', '-in', at('in.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key')],
      ...['-extfile', at('ext.cnf'), ...(days.length > 0 ? days : ['-days', '500'])],
    );
  };
  const caExtensions = [
    'basicConstraints=critical,CA:true,pathlen:0',
    'keyUsage=critical,keyCertSign,cRLSign',
    'subjectKeyIdentifier=hash',
    'authorityKeyIdentifier=keyid',
  ].join('\n');
  const asked = await must('authorities.request', {
    slug: 'outer',
    realm,
    subject: { commonName: 'Outer Issuing CA', organization: 'Zürich' },
    pathLength: 0,
  });
  const install = (certificate: string) => call('authorities.install', { id: 'outer', certificate });

  it('gives out a request that openssl accepts, and waits', async () => {
    const file = await must('authorities.csr', { id: 'outer' });
    const text = Buffer.from(file.contentBase64, 'base64').toString();
    expect(text).toBe(asked.csr);
    const shown = bench.run(
      'openssl',
      'req',
      '-verify',
      '-noout',
      '-text',
      '-in',
      bench.write('o.csr', text),
    );
    for (const part of ['CA:TRUE, pathlen:0', 'Certificate Sign', 'Outer Issuing CA'])
      expect(shown).toContain(part);
    const { items } = await must('authorities.requests', {});
    expect(items).toEqual([asked]);
    expect((await call('authorities.show', { id: 'outer' })).status).toBe(404);
  });

  it('refuses certificates that are not for it, each with its reason', async () => {
    const other = await newCsr('/CN=Outer Issuing CA');
    expect((await install(await certifyBy(other.pem, caExtensions))).body.detail).toMatch(/another key/);
    expect((await install(await certifyBy(asked.csr, 'basicConstraints=CA:false'))).body.detail).toMatch(
      /not that of an authority/,
    );
    const lapsed = await certifyBy(
      asked.csr,
      caExtensions,
      '-not_before',
      '20200101000000Z',
      '-not_after',
      '20210101000000Z',
    ).catch(() => null);
    if (lapsed) expect((await install(lapsed)).body.detail).toMatch(/expired/);
    const broken = await certifyBy(
      asked.csr,
      caExtensions.replace('basicConstraints=critical,', 'basicConstraints='),
    );
    expect((await install(broken)).body).toMatchObject({ code: 'LINT_FAILED' });
  });

  it('issues once its certificate is there, with the chain that came along', async () => {
    const certificate = await certifyBy(asked.csr, caExtensions);
    const { body, status } = await install(certificate + external);
    expect(status).toBe(200);
    expect(body).toMatchObject({ slug: 'outer', kind: 'intermediate', parent: null, chain: [external] });
    await must('profiles.create', { slug: 'outer', realm, policy: 'tls-server', issuer: 'outer' });
    const leaf = await issue('outer');
    expectTrusted(leaf.certificate, external, ...leaf.chain.slice(0, 1));
    expect((await must('authorities.requests', {})).items).toEqual([]);
    expect((await install(certificate)).body.code).toBe('CONFLICT');
  });

  it('is renewed by another request for its key', async () => {
    const refused = await call('authorities.renew', { id: 'outer', reuseKey: true });
    expect(refused.body).toMatchObject({
      code: 'CONFLICT',
      hint: expect.stringContaining('certificate request'),
    });
    const { contentBase64 } = await must('authorities.csr', { id: 'outer' });
    const csr = Buffer.from(contentBase64, 'base64').toString();
    const certificate = await certifyBy(csr, caExtensions);
    const { body } = await install(certificate + external);
    expect(body.certificates.map(({ role }) => role)).toEqual(['current', 'former']);
  });

  it('may have its certificate from an authority here', async () => {
    const request = await must('authorities.request', { slug: 'inner', realm });
    const issued = await must('authorities.issue-intermediate', {
      id: 'root',
      csr: request.csr,
      validity: '1y',
    });
    const installed = await must('authorities.install', { id: 'inner', certificate: issued.certificate });
    expect(installed).toMatchObject({ parent: 'root', status: 'active' });
  });

  it('can be given up while it waits, and not afterwards', async () => {
    await must('authorities.request', { slug: 'given-up', realm });
    await must('authorities.withdraw', { id: 'given-up' });
    expect((await call('authorities.csr', { id: 'given-up' })).status).toBe(404);
    expect((await call('authorities.withdraw', { id: 'outer' })).body.code).toBe('CONFLICT');
  });
});
