/** What a certificate costs beside its signature, in one process and without a store. */
import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { composeRequest } from '../../src/main/services/certificates/compose-request.ts';
import { signLeaf } from '../../src/main/services/certificates/sign-leaf.ts';
import { systemContext } from '../../src/main/services/context.ts';
import { requireProfile } from '../../src/main/services/policies/profile-in-use.ts';
import { readCsr } from '../../src/main/x509/index.ts';
import type { KeyAlgorithm } from '../../src/shared/model/algorithms.ts';
import { newCsr } from './csr.ts';
import { interleaved } from './interleaved.ts';
import { inOffice, type Office } from './office.ts';
import type { BenchCase } from './result.ts';

/** Leaves under way at once whose signatures the thread pool makes: one by one, each would wait for the way back. */
const rsaAtOnce = 10;

/** As many bytes as the signed part of the certificates has. */
const data = Buffer.alloc(640, 7);

export const leafP256: BenchCase = {
  name: 'leaf-p256',
  measure: ({ isQuick }) =>
    inOffice(async (office) => {
      const { key, leaf } = await leafOf(office, 'ecdsa-p256');
      const rates = await interleaved({
        ours: leaf,
        yardstick: (times) => signRaw(key, times),
        rounds: isQuick ? 5 : 41,
        timesPerRound: 1000,
      });
      return { unit: '1/s', ...rates, ratio: rates.value / rates.yardstick, goal: 0.8 };
    }),
};

export const leafRsa2048: BenchCase = {
  name: 'leaf-rsa2048',
  measure: ({ isQuick }) =>
    inOffice(async (office) => {
      const { key, leaf } = await leafOf(office, 'rsa-2048');
      const rates = await interleaved({
        ours: leaf,
        yardstick: (times) => signRaw(key, times),
        rounds: isQuick ? 3 : 15,
        timesPerRound: 50,
      });
      return { unit: '1/s', ...rates, ratio: rates.value / rates.yardstick, goal: 0.95 };
    }),
};

export const csrLeafP256: BenchCase = {
  name: 'csr-leaf-p256',
  measure: ({ isQuick }) =>
    inOffice(async (office) => {
      const { key, settings, issuer } = await leafOf(office, 'ecdsa-p256');
      const csr = newCsr('a.example');
      const { spki, tbs, signature } = readCsr(csr);
      const rates = await interleaved({
        ours: async (times) => {
          for (let i = 0; i < times; i += 1) {
            const request = composeRequest({ csr }, settings);
            await signLeaf(office.rooms.signer, issuer, request.asked, request.spki ?? spki);
          }
        },
        yardstick: (times) => {
          for (let i = 0; i < times; i += 1) {
            const subject = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
            verify('sha256', tbs, subject, signature);
            sign('sha256', data, key);
          }
        },
        rounds: isQuick ? 5 : 41,
        timesPerRound: 500,
      });
      return { unit: '1/s', ...rates, ratio: rates.value / rates.yardstick, goal: 0.8 };
    }),
};

/** An authority of the algorithm with the CRL and CA addresses that make eight extensions, and leaves from it. */
async function leafOf({ rooms, handlers }: Office, keyAlgorithm: KeyAlgorithm) {
  const slug = `bench-${keyAlgorithm}`;
  const publicationUrl = 'http://pki.example';
  const created = { slug, name: slug, realm: 'default', validity: 'P1Y', keyAlgorithm, publicationUrl };
  await handlers['authorities.create'](created, systemContext);
  const all = [...(await rooms.authorities.all()).values()];
  const issuer = all.find(({ row }) => row.slug === slug);
  if (!issuer) throw new Error('The authority was not made.');
  const profile = await requireProfile(rooms, systemContext, 'tls-server', 'default');
  const settings = {
    definition: profile.definition,
    validity: 'P90D',
    keyAlgorithm: 'ecdsa-p256' as const,
    issuerNotAfter: issuer.certificate.notAfter,
    now: rooms.clock(),
  };
  const spki = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
    type: 'spki',
    format: 'der',
  });
  const subjectAltNames = [{ type: 'dns' as const, value: 'a.example' }];
  const fields = { subject: { commonName: 'a.example', organization: 'Example' }, subjectAltNames, spki };
  const { asked } = composeRequest(fields, settings);
  const leaf = async (times: number) => {
    if (keyAlgorithm !== 'rsa-2048') {
      for (let i = 0; i < times; i += 1) await signLeaf(rooms.signer, issuer, asked, spki);
      return;
    }
    for (let i = 0; i < times; i += rsaAtOnce) {
      await Promise.all(Array.from({ length: rsaAtOnce }, () => signLeaf(rooms.signer, issuer, asked, spki)));
    }
  };
  const { privateKey: key } =
    keyAlgorithm === 'rsa-2048'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { key, leaf, settings, issuer };
}

function signRaw(key: KeyObject, times: number): void {
  for (let i = 0; i < times; i += 1) sign('sha256', data, key);
}
