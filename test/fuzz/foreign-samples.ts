/** Files that others write: openssl, certtool and keytool at run time, and vectors where they are. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { readPem } from '../../src/main/x509/index.ts';
import { type LimboCase, limboFile } from '../conformance/limbo.ts';
import { type PkitsSubtest, pkitsFile } from '../conformance/pkits.ts';
import { pycaVectors } from '../conformance/pyca-vectors.ts';
import { readVectors, vectorsFolder } from '../conformance/vectors.ts';
import type { Kind, Sample } from './sample.ts';

const extensions = `[req]
distinguished_name = dn
req_extensions = all
[dn]
[all]
subjectAltName = DNS:a.example,IP:10.0.0.1,email:a@a.example,URI:urn:a,otherName:1.2.3;UTF8:x,dirName:dir,RID:1.2.3.4
basicConstraints = critical,CA:TRUE,pathlen:3
keyUsage = critical,digitalSignature,keyCertSign,cRLSign
extendedKeyUsage = serverAuth,1.2.3.4
certificatePolicies = 1.2.3,@policy
nameConstraints = critical,permitted;DNS:.example,excluded;IP:10.0.0.0/255.0.0.0,permitted;email:a.example
policyConstraints = requireExplicitPolicy:3,inhibitPolicyMapping:1
inhibitAnyPolicy = 2
crlDistributionPoints = point
authorityInfoAccess = OCSP;URI:http://a.example,caIssuers;URI:http://b.example
tlsfeature = status_request
noCheck = ignored
nsComment = "a comment"
subjectKeyIdentifier = hash
[policy]
policyIdentifier = 1.3.5
CPS.1 = "http://a.example/cps"
userNotice.1 = @notice
[notice]
explicitText = "a notice"
organization = "Org"
noticeNumbers = 1,2
[point]
fullname = URI:http://a.example/crl
CRLissuer = dirName:dir
reasons = keyCompromise,CACompromise
[dir]
C = DE
O = Org
CN = x
`;

const made: readonly (readonly [kind: Kind, file: string, program: string, command: string])[] = [
  [
    'certificate',
    'ca.der',
    'openssl',
    'req -x509 -config c -extensions all -key k -subj /C=DE/O=Org/CN=ca -outform DER -out ca.der',
  ],
  ['csr', 'csr.der', 'openssl', 'req -new -config c -key k -subj /C=DE/O=Org/CN=a -outform DER -out csr.der'],
  ['pem', 'ca.pem', 'openssl', 'x509 -inform DER -in ca.der -text -out ca.pem'],
  ['pkcs7', 'b.p7b', 'openssl', 'crl2pkcs7 -nocrl -certfile ca.pem -outform DER -out b.p7b'],
  [
    'pkcs12',
    'new.p12',
    'openssl',
    'pkcs12 -export -inkey k -in ca.pem -name x -iter 1 -passout pass:p -out new.p12',
  ],
  [
    'pkcs12',
    'plain.p12',
    'openssl',
    'pkcs12 -export -inkey k -in ca.pem -iter 1 -keypbe NONE -certpbe NONE -passout pass:p -out plain.p12',
  ],
  [
    'pkcs12',
    'old.p12',
    'openssl',
    'pkcs12 -export -legacy -inkey k -in ca.pem -iter 1 -passout pass:p -out old.p12',
  ],
  [
    'encrypted-pkcs8',
    'key.p8',
    'openssl',
    'pkcs8 -topk8 -in k -iter 1 -passout pass:p -outform DER -out key.p8',
  ],
  [
    'encrypted-pkcs8',
    'v1.p8',
    'openssl',
    'pkcs8 -topk8 -in k -v1 PBE-SHA1-3DES -iter 1 -passout pass:p -outform DER -out v1.p8',
  ],
  ['pem', 'key.pem', 'openssl', 'ec -in k -aes256 -passout pass:p -out key.pem'],
  ['ocsp-request', 'ocsp.der', 'openssl', 'ocsp -issuer ca.pem -cert ca.pem -reqout ocsp.der'],
  [
    'certificate',
    'gnutls.der',
    'certtool',
    '--generate-self-signed --load-privkey=k --template=t --outder --outfile=gnutls.der',
  ],
  [
    'crl',
    'gnutls.crl',
    'certtool',
    '--generate-crl --load-ca-privkey=k --load-ca-certificate=ca.pem --load-certificate=ca.pem --template=t --outder --outfile=gnutls.crl',
  ],
  [
    'csr',
    'gnutls.csr',
    'certtool',
    '--generate-request --load-privkey=k --template=t --outder --outfile=gnutls.csr',
  ],
];

const template = `cn = "Größe"
organization = Org
ca
cert_signing_key
crl_signing_key
dns_name = a.example
ip_address = ::1
uri = http://a.example
email = a@a.example
expiration_days = 30
crl_next_update = 30
crl_number = 7
crl_dist_points = "http://a.example/crl"
policy1 = 1.2.3
policy1_txt = "a policy"
policy1_url = http://a.example
`;

/** What the programs of this machine make; a program that is not here makes nothing. */
export function madeSamples(): Sample[] {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-fuzz-'));
  const run = (program: string, command: string) =>
    execFileSync(program, command.split(' '), { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    writeFileSync(join(folder, 'c'), extensions);
    writeFileSync(join(folder, 't'), template);
    run('openssl', 'genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k');
    return made.flatMap(([kind, file, program, command]) => {
      try {
        run(program, command);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
        throw error;
      }
      return [{ kind, name: `${program} ${file}`, bytes: Uint8Array.from(readFileSync(join(folder, file))) }];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const enough = 40;

/** Some of the list, at even distances. */
function spread<T>(list: readonly T[]): T[] {
  const step = Math.max(1, Math.floor(list.length / enough));
  return list.filter((_, i) => i % step === 0);
}

/** Files of the suites that test/conformance runs, as far as they are on this machine. */
export function vectorSamples(): Sample[] {
  const limbo = readVectors<{ testcases: readonly LimboCase[] }>(vectorsFolder(), limboFile)?.testcases ?? [];
  const pkits = readVectors<readonly PkitsSubtest[]>(vectorsFolder(), pkitsFile) ?? [];
  const decode = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'));
  return [
    ...spread(limbo).flatMap(({ id, peer_certificate: pem }) =>
      readPem(pem).map(({ der }): Sample => ({ kind: 'certificate', name: id, bytes: der })),
    ),
    ...spread(pkits).flatMap(({ id, certificates, crls }): Sample[] => [
      ...certificates
        .slice(0, 1)
        .map((der): Sample => ({ kind: 'certificate', name: id, bytes: decode(der) })),
      ...crls.slice(0, 1).map((der): Sample => ({ kind: 'crl', name: id, bytes: decode(der) })),
    ]),
    ...pycaSamples(),
  ];
}

function pycaSamples(): Sample[] {
  const ocsp = join(pycaVectors, 'x509', 'ocsp');
  const custom = join(pycaVectors, 'x509', 'custom');
  if (!existsSync(ocsp) || !existsSync(custom)) return [];
  const messages = readdirSync(ocsp).filter((name) => extname(name) === '.der');
  const texts = readdirSync(custom).filter((name) => extname(name) === '.pem');
  return [
    ...spread(messages).map((name): Sample => {
      const kind = name.startsWith('req') ? 'ocsp-request' : 'ocsp-response';
      return { kind, name, bytes: Uint8Array.from(readFileSync(join(ocsp, name))) };
    }),
    ...texts.flatMap((name) =>
      readPem(readFileSync(join(custom, name), 'latin1')).flatMap(({ label, der }): Sample[] => {
        const kind = kindsByLabel.get(label);
        return kind === undefined || der.length > 8000 ? [] : [{ kind, name, bytes: der }];
      }),
    ),
  ];
}

const kindsByLabel: ReadonlyMap<string, Kind> = new Map([
  ['CERTIFICATE', 'certificate'],
  ['CERTIFICATE REQUEST', 'csr'],
  ['X509 CRL', 'crl'],
]);
