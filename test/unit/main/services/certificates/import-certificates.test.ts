import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCertificates, writeJks, writePkcs7, writePkcs12 } from '../../../../../src/main/x509/index.ts';
import {
  type ChanceryInProcess,
  listenerDoor,
  openInProcess,
} from '../../../../support/chancery-in-process.ts';
import { newSelfSigned } from '../../../../support/openssl.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const folder = temporaryFolder('import');
const realm = 'default';
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64');
const file = (name: string, content: Uint8Array | string) => ({ name, contentBase64: base64(content) });
const derOf = (pem: string) => readCertificates(pem)[0] as Uint8Array;

describe('importing certificates from elsewhere', () => {
  let office: ChanceryInProcess;
  beforeAll(async () => {
    office = await openInProcess();
  });
  afterAll(() => office.chancery.close());

  const imported = async (search: string) =>
    (await office.must('certificates.list', { realm, search, origin: 'imported' })).items;

  it('takes them out of every form of file, each once, and says of the rest why it stayed out', async () => {
    const [pem, der, inPkcs7, inPkcs12, inJks, bare] = await Promise.all(
      ['pem', 'der', 'pkcs7', 'pkcs12', 'jks', 'bare'].map((name) =>
        newSelfSigned(`/CN=${name}.foreign.example`),
      ),
    ).then((all) => all.map((text) => ({ text, der: derOf(text) })));
    if (!(pem && der && inPkcs7 && inPkcs12 && inJks && bare)) throw new Error('openssl made too few');
    const createdAt = new Date(0);
    const files = [
      file('many.pem', `Bag Attributes\n${pem.text}${pem.text}`),
      file('one.der', der.der),
      file('chain.p7b', writePkcs7([inPkcs7.der, pem.der])),
      file('store.p12', await writePkcs12({ certificates: [inPkcs12.der], passphrase: 'opens it' })),
      file('store.jks', writeJks([{ alias: 'mail', createdAt, certificates: [inJks.der] }], 'another')),
      file('bare.txt', base64(bare.der)),
      file('readme.txt', 'Nothing of that kind'),
      file('cut.der', der.der.subarray(0, -5)),
    ];
    const dry = await office.must('certificates.import', {
      realm,
      files,
      passphrase: 'opens it',
      dryRun: true,
    });
    expect(dry).toMatchObject({ dryRun: true, imported: 6, known: 2 });
    expect(await imported('foreign.example')).toEqual([]);
    const done = await office.must('certificates.import', { realm, files, passphrase: 'opens it' });
    expect(done).toEqual({ ...dry, dryRun: false });
    expect(done.refused).toEqual([
      { file: 'readme.txt', reason: expect.stringContaining('no certificate') },
      { file: 'cut.der', reason: expect.stringContaining('no certificate') },
    ]);
    expect((await imported('foreign.example')).map(({ importedFrom }) => importedFrom).sort()).toEqual([
      'bare.txt',
      'chain.p7b',
      'many.pem',
      'one.der',
      'store.jks (mail)',
      'store.p12',
    ]);
    const again = await office.must('certificates.import', { realm, files, passphrase: 'opens it' });
    expect(again).toMatchObject({ imported: 0, known: 8 });
    const closed = await office.must('certificates.import', { realm, files: files.slice(3, 4) });
    expect(closed.refused).toEqual([{ file: 'store.p12', reason: expect.stringContaining('passphrase') }]);
  });

  it('lists, shows and exports them like the others, and neither revokes nor renews them', async () => {
    const pem = await newSelfSigned('/CN=watched.example');
    await office.must('certificates.import', { realm, files: [file('watched.crt', pem)] });
    const [listed] = await imported('watched.example');
    if (!listed) throw new Error('It is not in the list.');
    expect(listed).toMatchObject({
      status: 'valid',
      authority: null,
      profile: null,
      issuer: 'CN=watched.example',
    });
    const { id } = listed;
    expect((await office.must('certificates.show', { id })).certificate).toBe(pem);
    const { contentBase64 } = await office.must('certificates.export', { id, format: 'der' });
    expect(Buffer.from(contentBase64, 'base64').equals(derOf(pem))).toBe(true);
    const refused = { status: 409, body: { code: 'CONFLICT' } };
    const revoked = await office.call('certificates.revoke', { id });
    expect(revoked).toMatchObject(refused);
    expect(revoked.body).toMatchObject({ hint: expect.stringContaining('CN=watched.example') });
    const renewed = await office.call('certificates.renew', { id });
    expect(renewed).toMatchObject(refused);
    expect(renewed.body.detail).toContain('issued elsewhere');
    office.advance(40 * 86_400_000);
    const expired = await office.must('certificates.list', { realm, status: 'expired', origin: 'imported' });
    expect(expired.items.map((one) => one.id)).toContain(id);
    office.advance(-40 * 86_400_000);
  });

  it('knows what was issued here, and gives an authority that was taken over what it had issued', async () => {
    const { certificate, chain } = await office.must('certificates.issue', {
      realm,
      profile: 'tls-server',
      subject: { commonName: 'own.example' },
    });
    const own = [file('own.pem', certificate), file('chain.pem', chain.join(''))];
    expect(await office.must('certificates.import', { realm, files: own })).toMatchObject({
      imported: 0,
      known: 3,
    });

    const at = (name: string) => join(folder, name);
    const run = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
    const root = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '30',
    ];
    run(...root, '-subj', '/CN=Old CA', '-keyout', at('ca.key'), '-out', at('ca.pem'));
    const leaf = [
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-subj',
      '/CN=old.example',
    ];
    run(...leaf, '-keyout', at('leaf.key'), '-out', at('leaf.csr'));
    const sign = [
      'x509',
      '-req',
      '-in',
      at('leaf.csr'),
      '-CA',
      at('ca.pem'),
      '-CAkey',
      at('ca.key'),
      '-days',
      '9',
    ];
    run(...sign, '-set_serial', '0x1234', '-out', at('leaf.pem'));
    run(...sign, '-set_serial', '0x1234', '-days', '8', '-out', at('twin.pem'));
    await office.must('authorities.import', {
      slug: 'old',
      realm,
      certificate: readFileSync(at('ca.pem'), 'utf8'),
      privateKey: readFileSync(at('ca.key'), 'utf8'),
    });
    const files = ['leaf.pem', 'twin.pem'].map((name) => file(name, readFileSync(at(name))));
    const taken = await office.must('certificates.import', { realm, files });
    expect(taken).toMatchObject({
      imported: 1,
      refused: [{ file: 'twin.pem', reason: expect.stringContaining('1234') }],
    });
    const [item] = await imported('old.example');
    expect(item).toMatchObject({ authority: 'old' });
    await office.must('certificates.revoke', { id: item?.id ?? '', reason: 'superseded' });
    const { contentBase64 } = await office.must('authorities.crl', { id: 'old', format: 'pem' });
    writeFileSync(at('crl.pem'), Buffer.from(contentBase64, 'base64'));
    expect(run('crl', '-in', at('crl.pem'), '-noout', '-text').toString()).toContain('1234');
  });

  it('takes more than a usual body, keeps realms apart, and needs the permission', async () => {
    const pem = await newSelfSigned('/CN=large.example');
    const files = [file('large.pem', `${'# a comment\n'.repeat(150_000)}${pem}`)];
    expect(await office.must('certificates.import', { realm, files })).toMatchObject({ imported: 1 });
    await office.must('realms.create', { slug: 'second', name: 'Second' });
    expect(await office.must('certificates.import', { realm: 'second', files })).toMatchObject({
      imported: 1,
    });
    const token = await office.token(await office.newClient());
    const answer = await office.call('certificates.import', { realm, files }, { token, door: listenerDoor });
    expect([answer.status, answer.body.code]).toEqual([403, 'FORBIDDEN']);
  });

  it('brings nothing in twice when two imports meet', async () => {
    const files = await Promise.all(
      Array.from({ length: 5 }, async (_, index) =>
        file(`${index}.pem`, await newSelfSigned(`/CN=${index}.both.example`)),
      ),
    );
    const answers = await Promise.all([1, 2].map(() => office.must('certificates.import', { realm, files })));
    expect(answers.map(({ imported: count, known }) => count + known)).toEqual([5, 5]);
    expect(await imported('both.example')).toHaveLength(5);
  });
});
