/** Everything in the program that reads a file of a kind. The first one is run for each input, of the others one. */
import { createHash } from 'node:crypto';
import { decodePrivateKey } from '../../src/main/keys/index.ts';
import { lintCertificate, lintCrl, lintRequest } from '../../src/main/lint/index.ts';
import { readCertified } from '../../src/main/x509/certificate/read-certified.ts';
import { IterationBudget } from '../../src/main/x509/files/iteration-budget.ts';
import {
  asn1Tree,
  compareCertificates,
  crlEntries,
  decryptPkcs8,
  describePublicKey,
  effectiveNameSpace,
  findCrlEntry,
  formatName,
  listJks,
  parseCertificate,
  parseCrl,
  parseCsr,
  parseName,
  readCertificates,
  readCsr,
  readJks,
  readJwks,
  readOcspRequest,
  readOcspResponse,
  readPem,
  readPkcs12,
  readSshPublicKey,
  recognise,
  validateCertificate,
  verifyCertificateSignature,
  verifyCrlSignature,
  verifyCsr,
  viewAsText,
  writePem,
} from '../../src/main/x509/index.ts';
import { sealPkcs12 } from '../unit/main/x509/support/seal-pkcs12.ts';
import {
  caExtensions,
  createAuthority,
  issue,
  selfSigned,
} from '../unit/main/x509/support/test-authority.ts';
import { requireSameDer } from './same-der.ts';
import { type Kind, passphrase } from './sample.ts';

export type Read = (bytes: Uint8Array) => unknown;

/** Rounds of key derivation that an input may ask for: enough for the corpus, and quickly spent. */
const budget = () => new IterationBudget(300);

const authority = createAuthority('ecdsa-p256');
const root = selfSigned(authority);
const leaf = issue(authority, {
  subjectDer: authority.nameDer,
  spki: authority.spki,
  extensions: { ...caExtensions, crlDistributionPoints: ['http://a.example/crl'] },
});
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const publicLike = { profile: 'public-like' } as const;

/** A verdict on any material is a value, never an exception. */
function validate(material: {
  leaf?: Uint8Array;
  crl?: Uint8Array;
  ocsp?: Uint8Array;
  issuer?: Uint8Array;
}): void {
  const result = validateCertificate(
    material.leaf ?? leaf,
    {
      anchors: [{ certificate: root }, ...(material.issuer ? [{ certificate: material.issuer }] : [])],
      intermediates: [material.issuer ?? root],
      crls: material.crl ? [material.crl] : [],
      ocspResponses: material.ocsp ? [material.ocsp] : [],
    },
    { time: new Date(), profile: 'webpki', revocation: 'require' },
  );
  if (!result.ok && result.failures.length === 0) throw new Error('A refusal gives no reason.');
}

/** Opens every node, as a person could who clicks through all of them. */
function walkTree(bytes: Uint8Array, offset?: number, left = { nodes: 300 }): void {
  for (const node of asn1Tree(bytes, offset).nodes) {
    if (left.nodes-- <= 0) return;
    if (node.hasChildren) walkTree(bytes, node.offset, left);
  }
}

/** The key store's own digest made true again, so that what it holds is opened. */
function openStore(bytes: Uint8Array): void {
  const body = bytes.subarray(0, Math.max(bytes.length - 20, 0));
  const password = Buffer.from(passphrase, 'utf16le').swap16();
  const digest = createHash('sha1').update(password).update('Mighty Aphrodite').update(body).digest();
  readJks(Buffer.concat([body, digest]), passphrase);
}

/** Says what is wrong with anything of a sane size, instead of throwing. */
function mustRecognise(bytes: Uint8Array): void {
  try {
    recognise(bytes);
  } catch (cause) {
    throw new Error('A file is not recognised but refused.', { cause });
  }
}

const anyFile: readonly Read[] = [mustRecognise, walkTree];
const anyDer: readonly Read[] = [...anyFile, viewAsText];

export const readers: Readonly<Record<Kind, readonly Read[]>> = {
  certificate: [
    (bytes) => requireSameDer(parseCertificate(bytes).der),
    ...anyDer,
    (bytes) => lintCertificate(bytes, publicLike),
    (bytes) => compareCertificates(leaf, bytes),
    (bytes) => verifyCertificateSignature(bytes, authority.spki),
    (bytes) => validate({ leaf: bytes }),
    (bytes) => validate({ issuer: bytes }),
    (bytes) => effectiveNameSpace([bytes, root]),
    readCertified,
    readCertificates,
  ],
  csr: [
    (bytes) => requireSameDer(parseCsr(bytes).der),
    ...anyDer,
    (bytes) => lintRequest(bytes, publicLike),
    (bytes) => verifyCsr(parseCsr(bytes)),
    readCsr,
  ],
  crl: [
    (bytes) => {
      const crl = parseCrl(bytes);
      requireSameDer(crl.der);
      if ([...crlEntries(crl)].length !== crl.entryCount) throw new Error('The entries were miscounted.');
    },
    ...anyDer,
    (bytes) => lintCrl(bytes, publicLike),
    (bytes) => findCrlEntry(parseCrl(bytes), Uint8Array.of(0x40, 1), ''),
    (bytes) => verifyCrlSignature(parseCrl(bytes), authority.spki, {}),
    (bytes) => validate({ crl: bytes }),
  ],
  'ocsp-request': [
    (bytes) => {
      readOcspRequest(bytes);
      requireSameDer(bytes);
    },
    ...anyFile,
  ],
  'ocsp-response': [
    (bytes) => {
      readOcspResponse(bytes);
      requireSameDer(bytes);
    },
    ...anyFile,
    (bytes) => validate({ ocsp: bytes }),
  ],
  pkcs7: [readCertificates, ...anyFile],
  pkcs8: [(bytes) => decodePrivateKey(writePem('PRIVATE KEY', bytes), undefined), ...anyFile],
  'encrypted-pkcs8': [(bytes) => decryptPkcs8(bytes, passphrase, budget()), ...anyFile],
  pkcs12: [(bytes) => readPkcs12(bytes, passphrase, budget()), ...anyFile],
  'pkcs12-safe': [async (bytes) => readPkcs12(await sealPkcs12(bytes), passphrase, budget())],
  jks: [openStore, listJks, ...anyFile],
  'public-key': [describePublicKey, ...anyDer, (bytes) => verifyCertificateSignature(leaf, bytes)],
  name: [
    (bytes) => {
      formatName(bytes);
      requireSameDer(bytes);
    },
    parseName,
  ],
  pem: [
    (bytes) => {
      for (const { label, der } of readPem(textOf(bytes))) {
        const [again] = readPem(writePem(label, der));
        if (again?.label !== label || Buffer.compare(again.der, der) !== 0) throw new Error('PEM changes.');
      }
    },
    (bytes) => readCertificates(textOf(bytes)),
    (bytes) => readCsr(textOf(bytes)),
    ...anyFile,
  ],
  jwk: [(bytes) => readJwks(textOf(bytes)), ...anyFile],
  ssh: [(bytes) => readSshPublicKey(textOf(bytes)), ...anyFile],
};
