/** Files that this program writes, with everything in them that it can write. */
import {
  assembleOcspResponse,
  buildOcspError,
  buildOcspRequest,
  buildTbsOcspResponse,
  encodeName,
  readOcspRequest,
  writeJks,
  writeJwk,
  writePem,
  writePkcs7,
  writeSshPublicKey,
} from '../../src/main/x509/index.ts';
import type { KeyAlgorithm } from '../../src/shared/model/algorithms.ts';
import {
  certificateIssuer,
  crlNumber,
  deltaOf,
  invalidityDate,
  makeCrl,
  reason,
  scope,
} from '../unit/main/x509/support/crl-parts.ts';
import {
  createAuthority,
  generateKey,
  issue,
  issueCrl,
  selfSigned,
  type TestAuthority,
} from '../unit/main/x509/support/test-authority.ts';
import { extensionRequest, makeCsr } from '../unit/main/x509/support/test-csr.ts';
import type { Kind, Sample } from './sample.ts';
import { passphrase } from './sample.ts';

const algorithms: readonly KeyAlgorithm[] = [
  'ecdsa-p256',
  'ecdsa-p521',
  'ed25519',
  'ed448',
  'rsa-2048',
  'ml-dsa-44',
];
const serialNumber = Uint8Array.of(0x40, 1, 2, 3, 4, 5, 6, 7);

const subjectDer = encodeName({
  commonName: 'a.example',
  organization: 'Österreichische Prüfstelle',
  country: 'DE',
  domainComponent: ['com', 'example'],
});

function leafOf(authority: TestAuthority, algorithm: KeyAlgorithm): Uint8Array {
  return issue(authority, {
    subjectDer,
    spki: generateKey(algorithm).spki,
    serialNumber,
    extensions: {
      keyUsages: ['digitalSignature'],
      extendedKeyUsages: ['serverAuth', 'clientAuth'],
      subjectAltNames: [
        { type: 'dns', value: 'a.example' },
        { type: 'ip', value: '::1' },
        { type: 'email', value: 'a@a.example' },
        { type: 'uri', value: 'http://a.example/' },
        { type: 'upn', value: 'a@b' },
      ],
      crlDistributionPoints: ['http://a.example/crl'],
      ocspUrls: ['http://a.example/ocsp'],
    },
  });
}

const sample = (kind: Kind, name: string, bytes: Uint8Array | string): Sample => ({
  kind,
  name: `own ${name}`,
  bytes: Uint8Array.from(typeof bytes === 'string' ? Buffer.from(bytes) : bytes),
});

export function ownSamples(): Sample[] {
  const authority = createAuthority('ecdsa-p256');
  const root = selfSigned(authority);
  const leaves = algorithms.map((algorithm) => leafOf(authority, algorithm));
  const [leaf = root] = leaves;
  return [
    sample('certificate', 'root', root),
    ...leaves.map((der, i) => sample('certificate', `leaf ${algorithms[i]}`, der)),
    sample('name', 'subject', subjectDer),
    sample('csr', 'request', csr()),
    ...crls(authority),
    ...ocsp(authority, leaf),
    sample('pkcs7', 'bundle', writePkcs7([leaf, root])),
    sample(
      'pem',
      'bundle',
      `text\n${writePem('CERTIFICATE', leaf)}\n${writePem('PKCS7', writePkcs7([root]))}`,
    ),
    sample('pem', 'request', writePem('CERTIFICATE REQUEST', makeCsr())),
    sample(
      'jks',
      'trust store',
      writeJks([{ alias: 'ä', createdAt: new Date(0), certificates: [root] }], passphrase),
    ),
    ...keys(leaf),
  ];
}

const csr = () =>
  makeCsr({
    subjectDer,
    attributes: extensionRequest(
      ['2.5.29.17', (writer) => void writer.sequence(() => writer.text(0x82, 'a.example'))],
      ['2.5.29.15', (writer) => void writer.bitString(Uint8Array.of(0x80), 7)],
      ['2.5.29.19', (writer) => void writer.sequence(() => writer.boolean(true))],
    ),
  });

function crls(authority: TestAuthority): Sample[] {
  const revoked = ['keyCompromise', 'superseded', undefined] as const;
  const plain = issueCrl(
    authority,
    revoked.map((why, i) => ({
      serialNumber: Uint8Array.of(0x40, i),
      revokedAt: new Date(i * 1e11),
      ...(why && { reason: why }),
    })),
  );
  const indirect = makeCrl(authority, {
    extensions: [crlNumber(3), scope((writer) => void writer.value(0x84, Uint8Array.of(0xff)))],
    entries: [
      { serial: serialNumber, extensions: [reason(1), certificateIssuer(authority.nameDer)] },
      { serial: Uint8Array.of(5), extensions: [invalidityDate(new Date(0))] },
    ],
  });
  const delta = makeCrl(authority, { extensions: [crlNumber(9), deltaOf(3)] });
  return [sample('crl', 'list', plain), sample('crl', 'indirect', indirect), sample('crl', 'delta', delta)];
}

function ocsp(authority: TestAuthority, signer: Uint8Array): Sample[] {
  const fields = { issuerNameDer: authority.nameDer, issuerSpki: authority.spki, serialNumber };
  const request = buildOcspRequest(
    [fields, { ...fields, serialNumber: Uint8Array.of(1) }],
    new Uint8Array(32),
  );
  const [certIdDer = request] = readOcspRequest(request).certIds.map(({ der }) => der);
  const time = { thisUpdate: new Date(0), nextUpdate: new Date(1e12) };
  const tbs = buildTbsOcspResponse({
    responderSpki: authority.spki,
    producedAt: new Date(0),
    nonce: new Uint8Array(32),
    statuses: [
      { certIdDer, status: 'good', ...time },
      { certIdDer, status: { revokedAt: new Date(0), reason: 'keyCompromise' }, ...time },
      { certIdDer, status: 'unknown', ...time },
    ],
  });
  const response = assembleOcspResponse(tbs, authority.algorithm, new Uint8Array(70), [signer]);
  return [
    sample('ocsp-request', 'request', request),
    sample('ocsp-response', 'response', response),
    sample('ocsp-response', 'error', buildOcspError('tryLater')),
  ];
}

function keys(leaf: Uint8Array): Sample[] {
  return algorithms.flatMap((algorithm) => {
    const { privateKey, spki } = generateKey(algorithm);
    const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
    const own = [sample('public-key', algorithm, spki), sample('pkcs8', algorithm, pkcs8)];
    return algorithm === 'ml-dsa-44'
      ? own
      : [
          ...own,
          sample('jwk', algorithm, JSON.stringify({ keys: [writeJwk(spki, [leaf])] })),
          sample('ssh', algorithm, writeSshPublicKey(spki, 'me')),
        ];
  });
}
