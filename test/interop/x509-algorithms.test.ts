/** Every algorithm in both directions against openssl and certtool; post-quantum ones are against Node's crypto in unit. */
import { describe, expect, it } from 'vitest';
import { newKeyPair } from '../../src/main/keys/key-pair.ts';
import { readPrivateKey } from '../../src/main/keys/private-key.ts';
import { parseCrl } from '../../src/main/x509/crl/parse-crl.ts';
import { verifyCrlSignature } from '../../src/main/x509/crl/verify-crl-signature.ts';
import {
  encodeName,
  parseCertificate,
  readCertificates,
  readPem,
  type SignatureAlgorithm,
  signatureAlgorithmFor,
  verifyCertificateSignature,
  writePem,
} from '../../src/main/x509/index.ts';
import { type KeyAlgorithm, keyAlgorithmFacts } from '../../src/shared/model/algorithms.ts';
import { classicAlgorithms } from '../support/key-algorithms.ts';
import type { OpensslAlgorithm } from '../support/openssl.ts';
import { createAuthority, issue, issueCrl, selfSigned } from '../unit/main/x509/support/test-authority.ts';
import { openWorkbench } from './x509-counterparts.ts';

const bench = openWorkbench();

const byOpenssl: Readonly<Record<OpensslAlgorithm, readonly string[]>> = {
  'ecdsa-p256': ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-pkeyopt', 'ec_param_enc:named_curve'],
  'ecdsa-p384': ['EC', '-pkeyopt', 'ec_paramgen_curve:P-384', '-pkeyopt', 'ec_param_enc:named_curve'],
  'ecdsa-p521': ['EC', '-pkeyopt', 'ec_paramgen_curve:P-521', '-pkeyopt', 'ec_param_enc:named_curve'],
  ed25519: ['ED25519'],
  ed448: ['ED448'],
  'rsa-2048': ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'rsa-3072': ['RSA', '-pkeyopt', 'rsa_keygen_bits:3072'],
  'rsa-4096': ['RSA', '-pkeyopt', 'rsa_keygen_bits:4096'],
};

const byCerttool: Readonly<Record<OpensslAlgorithm, readonly string[]>> = {
  'ecdsa-p256': ['--key-type=ecdsa', '--curve=secp256r1'],
  'ecdsa-p384': ['--key-type=ecdsa', '--curve=secp384r1'],
  'ecdsa-p521': ['--key-type=ecdsa', '--curve=secp521r1'],
  ed25519: ['--key-type=ed25519'],
  ed448: ['--key-type=ed448'],
  'rsa-2048': ['--key-type=rsa', '--bits=2048'],
  'rsa-3072': ['--key-type=rsa', '--bits=3072'],
  'rsa-4096': ['--key-type=rsa', '--bits=4096'],
};

const derOf = (pem: string | Buffer) => readPem(pem.toString())[0]?.der ?? expect.unreachable();
const publicKeyOf = (file: string) => derOf(bench.run('openssl', 'pkey', '-in', file, '-pubout'));

describe.each(classicAlgorithms)('a key of %s', (algorithm) => {
  it('made here is read by openssl and certtool', async () => {
    const { spki, pkcs8 } = await newKeyPair(algorithm);
    bench.write('own.pem', writePem('PRIVATE KEY', pkcs8));
    expect(Buffer.from(publicKeyOf('own.pem'))).toEqual(spki);
    const shown = bench.run('certtool', '--load-privkey=own.pem', '--pubkey-info');
    expect(Buffer.from(derOf(shown.slice(shown.indexOf('-----BEGIN'))))).toEqual(spki);
  });

  it('made by openssl or certtool is read here', async () => {
    bench.run('openssl', 'genpkey', '-out', 'openssl.pem', '-algorithm', ...byOpenssl[algorithm]);
    bench.run(
      'certtool',
      '--generate-privkey',
      '--pkcs8',
      '--password=',
      ...byCerttool[algorithm],
      '--outfile=certtool.pem',
    );
    for (const file of ['openssl.pem', 'certtool.pem']) {
      const key = await readPrivateKey(
        derOf(bench.run('openssl', 'pkcs8', '-topk8', '-nocrypt', '-in', file)),
      );
      expect(key.algorithm).toBe(algorithm);
      expect(Buffer.from(key.spki)).toEqual(Buffer.from(publicKeyOf(file)));
    }
  });
});

const signers = classicAlgorithms
  .filter((algorithm) => algorithm !== 'rsa-3072' && algorithm !== 'rsa-4096')
  .flatMap((algorithm) =>
    keyAlgorithmFacts[algorithm].signatureAlgorithms.map((one) => [algorithm, one] as const),
  );

describe('what is signed here', () => {
  it.each(signers)(
    'with %s by %s satisfies openssl and certtool, for keys of any kind',
    (algorithm, signature) => {
      const root = createAuthority(algorithm, { commonName: 'Test root' }, signature);
      bench.write('root.pem', writePem('CERTIFICATE', selfSigned(root)));
      bench.write('crl.pem', writePem('X509 CRL', issueCrl(root, [])));
      for (const subject of ['ecdsa-p256', 'ecdsa-p521', 'ed448', 'rsa-2048'] as const) {
        const leaf = issue(root, {
          subjectDer: encodeName({ commonName: subject }),
          spki: createAuthority(subject).spki,
          extensions: { keyUsages: ['digitalSignature'], extendedKeyUsages: ['serverAuth'] },
        });
        bench.write('leaf.pem', writePem('CERTIFICATE', leaf));
        const check = [
          'verify',
          '-x509_strict',
          '-crl_check',
          '-CAfile',
          'root.pem',
          '-CRLfile',
          'crl.pem',
          'leaf.pem',
        ];
        expect(bench.run('openssl', ...check)).toBe('leaf.pem: OK\n');
        bench.write('chain.pem', Buffer.concat([bench.read('leaf.pem'), bench.read('root.pem')]));
        expect(bench.run('certtool', '--verify-chain', '--infile=chain.pem')).toContain(
          'Chain verification output: Verified.',
        );
      }
      expect(
        bench.run('certtool', '--verify-crl', '--infile=crl.pem', '--load-ca-certificate=root.pem'),
      ).toMatch(/Verified\./);
    },
  );
});

/** How openssl is told to sign so; its own choice otherwise. */
function optionsFor(signature: SignatureAlgorithm): string[] {
  const pss = signature.startsWith('rsa-pss-')
    ? ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest']
    : [];
  const hash = /sha\d+$/.exec(signature)?.[0];
  return hash === undefined ? [] : [`-${hash}`, ...pss];
}

describe('what others sign', () => {
  it.each(signers)('with %s by %s in openssl is verified here', (algorithm, signature) => {
    bench.run('openssl', 'genpkey', '-out', 'ca.key', '-algorithm', ...byOpenssl[algorithm]);
    const made = [
      '-key',
      'ca.key',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=ca',
      '-days',
      '3',
      ...optionsFor(signature),
    ];
    bench.run('openssl', 'req', '-x509', ...made);
    const ca = certificateIn('ca.pem');
    expect(ca).toMatchObject({ keyAlgorithm: algorithm, signatureAlgorithm: signature });
    expect(verifyCertificateSignature(ca.der, ca.spki)).toBe(true);
  });

  it.each(classicAlgorithms)('with %s in certtool is verified here, certificates and CRLs', (algorithm) => {
    bench.run('certtool', '--generate-privkey', ...byCerttool[algorithm], '--outfile=ca.key');
    bench.write(
      'ca.cfg',
      'cn = ca\nca\ncert_signing_key\ncrl_signing_key\nexpiration_days = 3\ncrl_next_update = 3\ncrl_number = 1\n',
    );
    const by = ['--load-privkey=ca.key', '--template=ca.cfg'];
    // certtool would take SHA-256 for every curve.
    const hash = /\d+$/.exec(signatureAlgorithmFor(algorithm as KeyAlgorithm).split('sha')[1] ?? '')?.[0];
    if (hash !== undefined) by.push(`--hash=SHA${hash}`);
    bench.run('certtool', '--generate-self-signed', ...by, '--outfile=ca.pem');
    bench.run(
      'certtool',
      '--generate-crl',
      ...by,
      '--load-ca-privkey=ca.key',
      '--load-ca-certificate=ca.pem',
      '--outfile=crl.pem',
    );
    const ca = certificateIn('ca.pem');
    expect(ca).toMatchObject({
      keyAlgorithm: algorithm,
      signatureAlgorithm: signatureAlgorithmFor(algorithm),
    });
    expect(verifyCertificateSignature(ca.der, ca.spki)).toBe(true);
    const crl = parseCrl(derOf(bench.read('crl.pem')));
    expect(verifyCrlSignature(crl, ca.spki, {})).toBe(true);
  });

  it('with a key that is for RSASSA-PSS only is verified, though such keys are not issued for', () => {
    bench.run(
      'openssl',
      'genpkey',
      '-out',
      'ca.key',
      '-algorithm',
      'RSA-PSS',
      '-pkeyopt',
      'rsa_keygen_bits:2048',
    );
    bench.run(
      'openssl',
      'req',
      '-x509',
      '-key',
      'ca.key',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=ca',
      '-sigopt',
      'rsa_pss_saltlen:32',
    );
    const ca = certificateIn('ca.pem');
    expect(ca).toMatchObject({ keyAlgorithm: null, keyDescription: 'RSA-PSS 2048' });
    expect(verifyCertificateSignature(ca.der, ca.spki)).toBe(true);
  });
});

function certificateIn(file: string) {
  const [der = new Uint8Array()] = readCertificates(bench.read(file));
  return parseCertificate(der);
}
