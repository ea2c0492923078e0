import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const config = `
[ca]
default_ca = authority
[authority]
database = index.txt
new_certs_dir = issued
certificate = ca.pem
private_key = ca.key
rand_serial = yes
default_md = sha256
default_days = 90
policy = anything
unique_subject = no
copy_extensions = copy
x509_extensions = leaf
[anything]
organizationName = optional
commonName = supplied
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
`;

export interface OpensslAuthority {
  /** Has all requests signed by one `openssl ca -batch`, with its database on disk. */
  issueAll(): void;
  /** Puts so many revoked certificates into its database. */
  fillIndex(count: number): void;
  /** `openssl ca -gencrl`. */
  listRevoked(): void;
  remove(): void;
}

/** An authority of P-256 as openssl's manual sets one up, over the requests given (PEM). */
export function newOpensslAuthority(requests: readonly string[]): OpensslAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-bench-openssl-'));
  const openssl = (args: readonly string[]) => {
    const run = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`openssl ${args[0]} ended with ${run.status}: ${run.stderr}`);
  };
  mkdirSync(join(folder, 'issued'));
  writeFileSync(join(folder, 'index.txt'), '');
  writeFileSync(join(folder, 'ca.cnf'), config);
  const files = requests.map((pem, index) => {
    writeFileSync(join(folder, `${index}.csr`), pem);
    return `${index}.csr`;
  });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'ca.key'];
  openssl(['req', '-x509', '-new', ...key, '-subj', '/CN=Bench CA', '-days', '365', '-out', 'ca.pem']);
  return {
    issueAll: () => openssl(['ca', '-batch', '-notext', '-config', 'ca.cnf', '-infiles', ...files]),
    fillIndex: (count) => {
      const line = (index: number) => {
        const serialNumber = (BigInt(index + 1) * 7919n).toString(16).toUpperCase().padStart(30, '0');
        const reason = index % 3 === 0 ? ',superseded' : '';
        return `R\t300101000000Z\t260101000000Z${reason}\t5A${serialNumber}\tunknown\t/CN=host\n`;
      };
      writeFileSync(
        join(folder, 'index.txt'),
        Array.from({ length: count }, (_, index) => line(index)).join(''),
      );
    },
    listRevoked: () => openssl(['ca', '-gencrl', '-config', 'ca.cnf', '-crldays', '7', '-out', 'crl.pem']),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
