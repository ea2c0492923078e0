import { type AnyOperation, operations } from '../../shared/operations/index.ts';
import { isFileSchema, isStreamSchema } from '../http/file-answer.ts';
import { type Flag, flagsOf } from './flags.ts';
import { startsJob } from './follow-job.ts';

/** One command: an operation, or something that the command line does by itself. */
export interface Command {
  /** What is typed, e.g. `certificates revoke`. */
  readonly words: string;
  /** Other words for the same. */
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly operation: AnyOperation | null;
  readonly flags: readonly Flag[];
  readonly positionals: readonly Flag[];
}

type OwnKind = 'text' | 'boolean';

/** A flag of the command line itself, no field of an input. */
export function ownFlag(
  name: string,
  description: string,
  kind: OwnKind = 'text',
  choices?: readonly string[],
): Flag {
  return { names: [name], kind, field: null, isRequired: false, description, ...(choices && { choices }) };
}

export const globalFlags: readonly Flag[] = [
  ownFlag('home', "The data folder; else CHANCERY_HOME, else the platform's own place"),
  ownFlag('json', 'Print the answer as JSON, and errors as problem details', 'boolean'),
  ownFlag('as', 'Sign in as this operator, where operators exist; or set CHANCERY_TOKEN'),
  ownFlag('as-password-file', 'A file that holds the password of that operator, - for stdin'),
  ownFlag(
    'passphrase-file',
    'A file that holds the passphrase of the vault; or set CHANCERY_PASSPHRASE_FILE',
  ),
  ownFlag('vault-passphrase-file', 'The same, where the command has a --passphrase-file of its own'),
  ownFlag('yes', 'Do not ask before something that cannot be undone', 'boolean'),
  { ...ownFlag('help', 'Show this help', 'boolean'), names: ['help', 'h'] },
  ownFlag('version', 'Show the version', 'boolean'),
];

const shells = ['bash', 'zsh', 'fish'] as const;

const own: readonly Command[] = [
  {
    words: 'serve',
    aliases: [],
    summary: 'Serve API and console over HTTPS until it is stopped',
    description: 'Prints where it listens once it answers, and the address for the first sign-in.',
    operation: null,
    flags: [
      ownFlag('port', 'The port; 8443, or any free one, where it is not given'),
      ownFlag(
        'status-port',
        'The port for OCSP, CRLs and CA certificates over plain HTTP; none where it is not given',
      ),
      ownFlag(
        'device-port',
        'The port for clients that show a certificate (mutual TLS); none where it is not given',
      ),
      ownFlag('host', 'The address to listen on; 127.0.0.1 where it is not given'),
    ],
    positionals: [],
  },
  command('completion', 'Print a completion script for a shell', [
    { ...ownFlag('shell', 'The shell', 'text', shells), isRequired: true },
  ]),
  command('help', 'Show the help of a command', [ownFlag('command', 'The words of the command')]),
];

function command(words: string, summary: string, positionals: readonly Flag[]): Command {
  return { words, aliases: [], summary, operation: null, flags: [], positionals };
}

const issuing = new Set<string>([
  'certificates.issue',
  'certificates.renew',
  'requests.collect',
  'authorities.cross-certify',
  'authorities.issue-intermediate',
]);

/** Flags that say where the answer goes. */
function outputFlags(operation: AnyOperation): Flag[] {
  if (isFileSchema(operation.output) || isStreamSchema(operation.output)) {
    return [
      ownFlag('out', 'Write the file here, - for stdout'),
      ownFlag('force', 'Overwrite a private key', 'boolean'),
    ];
  }
  if (startsJob(operation)) {
    return [
      ownFlag('out', 'Write the result here: CSV, or a ZIP where the name ends so'),
      ownFlag('force', 'Overwrite a private key', 'boolean'),
    ];
  }
  if (!issuing.has(operation.id)) return [];
  return [
    ownFlag(
      'out-dir',
      'Write cert.pem, chain.pem, fullchain.pem and, where it was made here, privkey.pem into this folder',
    ),
    ownFlag('cert-out', 'Write the certificate here'),
    ownFlag('chain-out', 'Write the chain here, the issuer first'),
    ownFlag('key-out', 'Write the private key here (mode 0600), where it was made here'),
    ownFlag('force', 'Overwrite a private key', 'boolean'),
  ];
}

function operationCommand(operation: AnyOperation): Command {
  const { flags, positionals } = flagsOf(operation);
  const plain = operation.id.replace('.', ' ');
  const words = 'command' in operation ? operation.command : plain;
  return {
    words,
    aliases: words === plain ? [] : [plain],
    summary: operation.summary,
    ...('description' in operation && { description: operation.description }),
    operation,
    flags: [...flags, ...outputFlags(operation)],
    positionals,
  };
}

/** All commands, in the order in which help shows them. */
export function allCommands(): Command[] {
  return [...operations.map(operationCommand), ...own];
}
