/** A store of eight certificates, named a to h, each different in what queries ask for. */
import { type NewCertificate, openStore, type Store } from '../../../../../src/main/store/index.ts';

const day = 86_400_000;
export const now = new Date('2026-06-15T12:00:00Z');
const at = (text: string) => Date.parse(text);

type Given = Partial<NewCertificate> & {
  readonly name: string;
  readonly notes?: Readonly<Record<string, string>>;
  readonly unit?: string;
  readonly signature?: string;
  readonly usages?: readonly string[];
  readonly extended?: readonly string[];
};

const given: readonly Given[] = [
  {
    ...{ name: 'a', commonName: 'appsrvr23.keyexample.com', unit: 'Web', profileId: 'web' },
    ...{ notBefore: at('2026-06-10T00:00:00Z'), notAfter: at('2026-06-20T00:00:00Z') },
    subjectAltNames:
      '[{"type":"dns","value":"appsrvr23.keyexample.com"},{"type":"dns","value":"www.keyexample.com"}]',
    notes: { Owner: 'Ada', 'Cost-Center': '42', 'Due Date': '2026-07-01' },
  },
  {
    ...{ name: 'b', commonName: 'appsrvr24.keyexample.com', unit: 'Web', keyAlgorithm: 'rsa-2048' },
    ...{ notBefore: at('2026-06-14T10:00:00Z'), notAfter: at('2026-09-01T00:00:00Z'), profileId: 'user' },
    ...{ signature: 'rsa-sha256', usages: ['digitalSignature', 'keyEncipherment'], extended: ['serverAuth'] },
    notes: { owner: 'Bob' },
  },
  {
    ...{
      name: 'c',
      commonName: 'Mail "quoted" \\ slash',
      subject: 'CN=Mail \\"quoted\\" \\\\ slash,OU=A_B',
      unit: 'A_B',
    },
    ...{
      notBefore: at('2026-06-15T00:00:00Z'),
      notAfter: at('2027-06-15T00:00:00Z'),
      keyAlgorithm: 'RSA 1024',
    },
    ...{ extended: ['emailProtection'], requestedBy: 'carol' },
  },
  {
    ...{ name: 'd', commonName: '100% sure', issuer: 'CN=100% sure', subject: 'CN=100% sure' },
    ...{
      notBefore: at('2026-01-01T00:00:00Z'),
      notAfter: at('2026-06-14T23:59:59Z'),
      keyAlgorithm: 'ed25519',
    },
    ...{ signature: 'ed25519', notes: { 'Cost-Center': '7' } },
  },
  {
    ...{ name: 'e', commonName: 'büro.example', keyAlgorithm: 'ml-dsa-44', signature: 'ml-dsa-44' },
    ...{ notBefore: at('2025-06-15T00:00:00Z'), notAfter: at('2026-06-15T00:00:00Z') },
  },
  {
    ...{
      name: 'f',
      commonName: 'f',
      keyAlgorithm: 'ecdsa-p384',
      signature: 'ecdsa-sha384',
      profileId: 'web',
    },
    ...{ notBefore: at('2026-06-15T12:00:00Z'), notAfter: at('2026-06-16T00:00:00Z') },
    ...{ extended: ['serverAuth', 'clientAuth', '1.2.3.4'], usages: ['keyAgreement'] },
  },
  { name: 'g', commonName: 'revoked.example', requestedBy: 'carol', notes: { Owner: '' } },
  {
    name: 'h',
    commonName: 'appsrvr23.keyexample.com',
    realmId: 'elsewhere',
    notes: { Owner: 'Ada', Secret: 'x' },
  },
];

function certificate(
  { name, notes, unit, signature, usages, extended, ...own }: Given,
  index: number,
): NewCertificate {
  const { commonName = name } = own;
  const subject = `CN=${commonName}${unit === undefined ? '' : `,OU=${unit}`},O=Key Example`;
  const notBefore = own.notBefore ?? at('2026-03-01T00:00:00Z');
  return {
    ...{
      id: name,
      orderId: name,
      spki: Buffer.from(name),
      realmId: 'here',
      endEntityId: null,
      authorityId: null,
    },
    ...{ profileId: null, isAuthority: 0, serialNumber: `0${index}ABCDEF00${index}`, commonName, subject },
    ...{ subjectAltNames: '[]', issuer: 'CN=Issuing CA,O=keyexample', keyAlgorithm: 'ecdsa-p256' },
    ...{ notBefore, notAfter: notBefore + 365 * day, keyId: null, requestedBy: 'tests', requestedById: null },
    ...{ metadata: notes ? JSON.stringify(notes) : null, createdAt: now.getTime() - (8 - index) * day },
    ...{ der: Uint8Array.of(index), sha256Fingerprint: `${'F0'.repeat(31)}0${index}` },
    facts: {
      sha1Fingerprint: `C0FFEE${'0'.repeat(33)}${index}`,
      ...{ signatureAlgorithm: signature ?? 'ecdsa-sha256', keyUsages: usages ?? ['digitalSignature'] },
      ...{ extendedKeyUsages: extended ?? [], organizationalUnit: unit },
    },
    ...own,
  };
}

/** Opens it in the folder. */
export async function openCertificatesToQuery(folder: string): Promise<Store> {
  const store = await openStore(folder);
  const taken = { code: 'CONFLICT', detail: 'taken' } as const;
  const realms = ['here', 'elsewhere'].map((id) => ({ id, slug: id, name: id, builtIn: 0, createdAt: 0 }));
  const policy = {
    id: 'p',
    realmId: 'here',
    slug: 'p',
    name: 'P',
    version: 1,
    definition: '{}',
    createdAt: 0,
  };
  const profiles = [
    { id: 'web', slug: 'web-server', name: 'Web server' },
    { id: 'user', slug: 'user', name: 'People' },
  ].map((one) => ({
    ...{ ...one, realmId: 'here', policyId: 'p', authorityId: null, enrolmentMethods: '["api"]' },
    ...{ defaultValidity: 'P90D', defaultKeyAlgorithm: 'ecdsa-p256', createdAt: 0, settings: '{}' },
    ...{ lint: 'rfc5280' as const, keysInUse: 'warn' as const },
  }));
  const revocation = {
    ...{
      id: 'g',
      revokedAt: at('2026-06-01T08:00:00Z'),
      reason: 'superseded',
      invalidityDate: null,
      comment: null,
    },
  };
  await store.commit({
    statements: [
      ...realms.map((realm) => store.installation.insertRealm(realm, taken)),
      ...store.policies.insertPolicy(policy, 'tests', taken),
      ...profiles.map((profile) => store.policies.insertProfile(profile, taken)),
      ...given.flatMap((one, index) => store.certificates.insert(certificate(one, index + 1), taken)),
      store.certificates.revoke(revocation, taken),
    ],
    events: [],
  });
  return store;
}
