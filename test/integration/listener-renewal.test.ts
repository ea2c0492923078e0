/** The certificate of our own listener is renewed without anyone asking for it. */
import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { openInProcess } from '../support/chancery-in-process.ts';

const dayMs = 86_400_000;

it('presents another certificate of the same authority in the last third of its time, and not before', async () => {
  const { chancery, advance } = await openInProcess();
  const authority = (await chancery.listenerTls()).ca;
  const shown = async () => new X509Certificate((await chancery.listenerTls()).certificateChain);
  const first = await shown();
  advance(55 * dayMs);
  expect((await shown()).fingerprint256).toBe(first.fingerprint256);
  advance(10 * dayMs);
  const second = await shown();
  expect(second.fingerprint256).not.toBe(first.fingerprint256);
  expect(second.verify(new X509Certificate(authority).publicKey)).toBe(true);
  expect((await chancery.listenerTls()).ca).toBe(authority);
  await chancery.close();
});

it('tells a running listener of the new certificate, and only once', async () => {
  const { chancery, advance } = await openInProcess();
  await chancery.listenerTls();
  const told: string[] = [];
  chancery.onListenerTlsChange(({ certificateChain }) => told.push(certificateChain));
  advance(65 * dayMs);
  await chancery.runDueTasks();
  await chancery.runDueTasks();
  expect(told).toHaveLength(1);
  await chancery.close();
});
