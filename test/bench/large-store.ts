import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromRoot } from '../../scripts/launch/root.mjs';
import { serialTaken } from '../../src/main/services/authorities/build-authority.ts';
import { type NewCertificate, openStore, type ProfileRow, type Store } from '../../src/main/store/index.ts';

const dayMs = 86_400_000;
const atOnce = 500;

export async function openLargeStore(count: number): Promise<Store> {
  return openStore(await largeStoreFolder(count));
}

/**
 * The data folder of a store of so many certificates, made once and kept in the folder for temporary files until
 * the schema changes.
 */
export async function largeStoreFolder(count: number): Promise<string> {
  const folder = join(tmpdir(), `chancery-bench-store-${schemaHash()}-${count}`);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished);
    const store = await openStore(unfinished);
    await fill(store, count);
    await store.close();
    renameSync(unfinished, folder);
  }
  return folder;
}

async function fill(store: Store, count: number): Promise<void> {
  const realm = { id: 'realm', slug: 'realm', name: 'Realm', builtIn: 0, createdAt: 0 };
  const duplicate = { code: 'ALREADY_EXISTS', detail: 'The realm is there.' } as const;
  const policy = {
    ...{ id: 'policy', realmId: 'realm', slug: 'policy', name: 'Policy', version: 1 },
    ...{ definition: '{}', createdAt: 0 },
  };
  const statements = [
    store.installation.insertRealm(realm, duplicate),
    ...store.policies.insertPolicy(policy, 'bench', duplicate),
    store.policies.insertProfile(profile, duplicate),
  ];
  await store.commit({ statements, events: [] });
  for (let from = 0; from < count; from += atOnce) {
    const length = Math.min(atOnce, count - from);
    const units = Array.from({ length }, (_, index) => ({
      statements: store.certificates.insert(certificate(from + index), serialTaken),
      events: [],
    }));
    await Promise.all(units.map((unit) => store.commit(unit)));
    if (from % 50_000 === 0) process.stderr.write(`  ${from} of ${count} certificates made\n`);
  }
}

const profile: ProfileRow = {
  ...{ id: 'profile', realmId: 'realm', slug: 'web-server', name: 'Web server', policyId: 'policy' },
  ...{ authorityId: null, enrolmentMethods: '["api"]', defaultValidity: 'P90D', createdAt: 0 },
  ...{ defaultKeyAlgorithm: 'ecdsa-p256', lint: 'rfc5280', keysInUse: 'warn', settings: '{}' },
};

/** One of many hosts in a few hundred domains, the fields scattered by the hash of its number. */
function certificate(index: number): NewCertificate {
  const hash = createHash('sha256').update(String(index)).digest();
  const sha256Fingerprint = hash.toString('hex').toUpperCase();
  const commonName = `host-${index}.site-${hash.readUInt16BE(0) % 400}.example.com`;
  const id = `${index.toString(16).padStart(12, '0')}-${sha256Fingerprint.slice(0, 16)}`;
  const notBefore = Date.UTC(2026, 0, 1) + (hash.readUInt32BE(4) % (365 * dayMs));
  return {
    id,
    orderId: id,
    spki: hash,
    realmId: 'realm',
    endEntityId: null,
    authorityId: null,
    profileId: index % 2 === 0 ? profile.id : null,
    isAuthority: 0,
    serialNumber: sha256Fingerprint.slice(20, 52),
    commonName,
    subject: `CN=${commonName},O=Example`,
    subjectAltNames: JSON.stringify([{ type: 'dns', value: commonName }]),
    issuer: 'CN=Issuing CA,O=Example',
    keyAlgorithm: 'ecdsa-p256',
    notBefore,
    notAfter: notBefore + 90 * dayMs,
    keyId: null,
    metadata: null,
    requestedBy: 'bench',
    requestedById: null,
    createdAt: notBefore,
    der: Buffer.concat(Array.from({ length: 20 }, () => hash)),
    sha256Fingerprint,
    facts: {
      sha1Fingerprint: sha256Fingerprint.slice(0, 40),
      signatureAlgorithm: 'ecdsa-sha256',
      keyUsages: ['digitalSignature'],
      extendedKeyUsages: ['serverAuth'],
    },
  };
}

function schemaHash(): string {
  const folder = fromRoot('src', 'main', 'store', 'migrations');
  const hash = createHash('sha256').update(readFileSync(import.meta.filename));
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}
