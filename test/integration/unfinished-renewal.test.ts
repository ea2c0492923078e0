import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openInProcess } from '../support/chancery-in-process.ts';

it('a renewal that a crash cut off leaves the authority as it was, and can be repeated', async () => {
  const office = await openInProcess();
  const { home } = office;
  const before = await office.must('authorities.show', { id: 'issuing' });
  await office.chancery.close();

  // What is in the store between the intention and the certificate: the next key, and the authority for it.
  const sqlite = new Database(join(home, 'chancery.db'));
  sqlite.exec(`
    insert into keys select 'next-key', algorithm, spki, sealed, createdAt from keys limit 1;
    create temp table next as select * from authorities where slug = 'issuing';
    update next set id = 'next', slug = 'issuing.2', keyId = 'next-key', certificateId = null,
      status = 'creating', generation = 2;
    insert into authorities select * from next`);
  sqlite.close();

  const again = await openInProcess({ home, prepares: 'nothing' });
  expect(await again.chancery.unlockUnattended()).toBe(true);
  expect(await again.must('authorities.show', { id: 'issuing' })).toEqual(before);
  const { items } = await again.must('audit.list', {});
  expect(items.map(({ type }) => type)).toContain('authority.creation-abandoned');
  const renewed = await again.must('authorities.renew', { id: 'issuing' });
  expect(renewed.keyGeneration).toBe(2);
  const issued = await again.must('certificates.issue', {
    realm: 'default',
    profile: 'tls-server',
    subjectAltNames: [{ type: 'dns', value: 'a.example' }],
  });
  expect(issued.chain[0]).toBe(renewed.certificate);
  await again.chancery.close();
});

it('two renewals at once give one new key, and the other is told', async () => {
  const office = await openInProcess();
  const answers = await Promise.all([1, 2].map(() => office.call('authorities.renew', { id: 'issuing' })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const { keyGeneration, certificates } = await office.must('authorities.show', { id: 'issuing' });
  expect([keyGeneration, certificates.length]).toEqual([2, 2]);
  await office.chancery.close();
});
