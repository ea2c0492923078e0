/** Debian's slapd on this machine, over a folder of its own: LDAP with StartTLS, and LDAPS, under a CA of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';

export interface RunningSlapd {
  /** For StartTLS. */
  readonly url: string;
  readonly tlsUrl: string;
  /** PEM. */
  readonly ca: string;
  /** How often a person bound, by what slapd has logged once every connection is closed. */
  binds(): Promise<number>;
  stop(): Promise<void>;
}

const program = '/usr/sbin/slapd';
export const hasSlapd = existsSync(program);

/** Passwords in clear, which slapd takes too. */
const people = `dn: dc=example,dc=com
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: ou=people,dc=example,dc=com
objectClass: organizationalUnit
ou: people

dn: uid=alice,ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: alice
cn: Alice
sn: A
mail: alice@example.com
userPassword: alicepw

dn: uid=bob,ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: bob
cn: Bob (Ops, *special*)
sn: B
userPassword: b:ob pw

dn: cn=svc,dc=example,dc=com
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: svc
userPassword: svcpw

dn: cn=clm-admins,dc=example,dc=com
objectClass: groupOfNames
cn: clm-admins
member: uid=alice,ou=people,dc=example,dc=com
`;

const configuration = (folder: string) => `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile ${folder}/pid
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCACertificateFile ${folder}/ca.pem
TLSCertificateFile ${folder}/server.pem
TLSCertificateKeyFile ${folder}/server.key
database mdb
suffix "dc=example,dc=com"
directory ${folder}/db
maxsize 67108864
access to attrs=userPassword by anonymous auth by * none
access to * by users read by anonymous auth
`;

/** Starts it in the folder, which must be there. */
export async function startSlapd(folder: string): Promise<RunningSlapd> {
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => runProgram('openssl', args);
  mkdirSync(at('db'));
  writeFileSync(at('extensions'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  const [caKey, ca, key, csr, server] = ['ca.key', 'ca.pem', 'server.key', 'server.csr', 'server.pem'].map(
    at,
  ) as [string, string, string, string, string];
  const isCa = ['-addext', 'basicConstraints=critical,CA:TRUE'];
  const newKey = ['-newkey', 'rsa:2048', '-nodes'];
  await openssl('req', '-x509', ...newKey, '-keyout', caKey, '-out', ca, '-subj', '/CN=ldap-ca', ...isCa);
  await openssl('req', ...newKey, '-keyout', key, '-out', csr, '-subj', '/CN=localhost');
  const signed = ['-CA', ca, '-CAkey', caKey, '-CAcreateserial', '-extfile', at('extensions')];
  await openssl('x509', '-req', '-in', csr, ...signed, '-out', server);
  writeFileSync(at('slapd.conf'), configuration(folder));
  writeFileSync(at('people.ldif'), people);
  await runProgram('/usr/sbin/slapadd', ['-q', '-f', at('slapd.conf'), '-l', at('people.ldif')]);
  const [port, tlsPort] = [await freePort(), await freePort()];
  const urls = [`ldap://127.0.0.1:${port}`, `ldaps://127.0.0.1:${tlsPort}`];
  const child = spawn(program, ['-f', at('slapd.conf'), '-h', urls.join(' '), '-d', 'stats']);
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  await started(child, () => log);
  return {
    url: `ldap://localhost:${port}`,
    tlsUrl: `ldaps://localhost:${tlsPort}`,
    ca: readFileSync(ca, 'utf8'),
    binds: async () => {
      const count = (pattern: RegExp) => [...log.matchAll(pattern)].length;
      while (count(/ ACCEPT /g) !== count(/ fd=\d+ closed/g))
        await new Promise((soon) => setTimeout(soon, 20));
      return count(/ BIND dn="uid=[^"]*" method=128/g);
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill();
      }),
  };
}

function started(child: ChildProcess, log: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`slapd has ended: ${log()}`)));
    child.stderr?.on('data', () => {
      if (log().includes('slapd starting')) resolve();
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
