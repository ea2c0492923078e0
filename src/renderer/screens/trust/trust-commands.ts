/** The commands that make a system trust a root and stop it again, with the real names of its files. */

export const trustSystems = [
  'windows',
  'macos',
  'debian',
  'rhel',
  'firefox',
  'java',
  'android',
  'ios',
  'openssl',
  'node',
  'python',
] as const;
export type TrustSystem = (typeof trustSystems)[number];

export interface TrustedRoot {
  readonly slug: string;
  readonly name: string;
  /** Upper-case hexadecimal. */
  readonly serialNumber: string;
  readonly sha256: string;
}

export interface TrustCommands {
  readonly add: string | null;
  readonly remove: string | null;
}

export const pemName = ({ slug }: Pick<TrustedRoot, 'slug'>) => `${slug}.pem`;
export const derName = ({ slug }: Pick<TrustedRoot, 'slug'>) => `${slug}.crt`;

/** What to type; null where it is done on a screen. */
export function trustCommands(system: TrustSystem, root: TrustedRoot): TrustCommands {
  const { slug, serialNumber, sha256 } = root;
  const pem = pemName(root);
  const name = `"${root.name.replace(/["$`\\]/g, '')}"`;
  const lines = (...all: string[]) => all.join('\n');
  switch (system) {
    case 'windows':
      return {
        add: `certutil -addstore -f Root ${derName(root)}`,
        remove: `certutil -delstore Root ${serialNumber.toLowerCase()}`,
      };
    case 'macos': {
      const keychain = '/Library/Keychains/System.keychain';
      return {
        add: `sudo security add-trusted-cert -d -r trustRoot -k ${keychain} ${pem}`,
        remove: `sudo security delete-certificate -t -Z ${sha256} ${keychain}`,
      };
    }
    case 'debian': {
      const target = `/usr/local/share/ca-certificates/${slug}.crt`;
      return {
        add: lines(`sudo cp ${pem} ${target}`, 'sudo update-ca-certificates'),
        remove: lines(`sudo rm ${target}`, 'sudo update-ca-certificates --fresh'),
      };
    }
    case 'rhel': {
      const target = `/etc/pki/ca-trust/source/anchors/${pem}`;
      return {
        add: lines(`sudo cp ${pem} ${target}`, 'sudo update-ca-trust'),
        remove: lines(`sudo rm ${target}`, 'sudo update-ca-trust'),
      };
    }
    case 'firefox': {
      const profile = '-d sql:$HOME/.mozilla/firefox/PROFILE';
      return {
        add: `certutil -A -n ${name} -t C,, -i ${pem} ${profile}`,
        remove: `certutil -D -n ${name} ${profile}`,
      };
    }
    case 'java':
      return {
        add: `keytool -importcert -cacerts -storepass changeit -noprompt -alias ${slug} -file ${pem}`,
        remove: `keytool -delete -cacerts -storepass changeit -alias ${slug}`,
      };
    case 'android':
    case 'ios':
      return { add: null, remove: null };
    case 'openssl':
      return {
        add: lines(
          `openssl verify -CAfile ${pem} server.pem`,
          `curl --cacert ${pem} https://server.example`,
          `git config --global http.sslCAInfo "$PWD/${pem}"`,
          `export SSL_CERT_FILE="$PWD/${pem}"`,
        ),
        remove: lines('git config --global --unset http.sslCAInfo', 'unset SSL_CERT_FILE'),
      };
    case 'node':
      return { add: `export NODE_EXTRA_CA_CERTS="$PWD/${pem}"`, remove: 'unset NODE_EXTRA_CA_CERTS' };
    case 'python':
      return {
        add: lines(`export SSL_CERT_FILE="$PWD/${pem}"`, `export REQUESTS_CA_BUNDLE="$PWD/${pem}"`),
        remove: 'unset SSL_CERT_FILE REQUESTS_CA_BUNDLE',
      };
  }
}
