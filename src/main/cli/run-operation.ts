import { type AnyOperation, type OperationId, operationById } from '../../shared/operations/index.ts';
import type { Job } from '../../shared/operations/jobs.ts';
import { callOperation } from './call-operation.ts';
import { commandInput, type Input } from './command-input.ts';
import type { Command } from './commands.ts';
import { followJob, hasGoneWell, startsJob } from './follow-job.ts';
import { homeFolder } from './home.ts';
import { importPaths } from './import-paths.ts';
import { outputFiles } from './output-files.ts';
import type { Parsed } from './parse-arguments.ts';
import { present } from './present.ts';
import { confirmRecoveryKey } from './recovery-key.ts';
import { callUnlocking, openSession, vaultPassphrase } from './session.ts';
import type { Terminal } from './terminal.ts';
import { openTransport, type Transport } from './transport.ts';
import { usageError } from './usage-error.ts';

/**
 * Runs the command of an operation from its flags to its answer, once for each value of a field that may be
 * repeated. Answers the exit code: 1 where the answer is that something is not well. Throws what went wrong.
 */
export async function runOperation(
  command: Command,
  operation: AnyOperation,
  parsed: Parsed,
  terminal: Terminal,
): Promise<0 | 1> {
  const repeated = command.flags.find(({ repeats, kind }) => repeats && kind !== 'paths')?.names[0];
  const values = (repeated === undefined ? undefined : parsed.values.get(repeated)) ?? [];
  if (repeated === undefined || values.length < 2) return runOnce(command, operation, parsed, terminal);
  let code: 0 | 1 = 0;
  for (const value of values) {
    if (parsed.values.get('json')?.[0] !== 'true') terminal.out(`${value}:\n`);
    const one = { ...parsed, values: new Map([...parsed.values, [repeated, [value]]]) };
    if ((await runOnce(command, operation, one, terminal)) === 1) code = 1;
  }
  return code;
}

async function runOnce(
  command: Command,
  operation: AnyOperation,
  parsed: Parsed,
  terminal: Terminal,
): Promise<0 | 1> {
  const files = outputFiles(command, parsed);
  const input = await commandInput(command, parsed, terminal);
  await askOptionalSecret(operation, input, terminal);
  if (!(await isConfirmed(operation, input, parsed, terminal))) throw usageError('Nothing was done.');

  const transport = await openTransport({
    home: homeFolder(parsed.values.get('home')?.[0], terminal.env),
    makesHome: operation.id === 'vault.initialise',
    doesWithoutHome: operation.id.startsWith('inspect.'),
    log: (line) => terminal.err(`${line}\n`),
  });
  try {
    const send = (one: Input) => call(transport, command, operation, one, parsed, terminal);
    const sent =
      operation.id === 'certificates.import' ? await importPaths(input, send, terminal) : await send(input);
    const others = <Id extends OperationId>(id: Id, one: Input) =>
      call(transport, command, operationById(id), one, parsed, terminal);
    const output = startsJob(operation) ? await followJob(sent as Job, others, parsed, terminal) : sent;
    const rest = await files.write(output, terminal);
    if (rest !== null) await show(operation, rest, parsed, transport, terminal);
    if (startsJob(operation)) return hasGoneWell(output as Job) ? 0 : 1;
    return 'isVerdict' in operation && 'ok' in output && output.ok === false ? 1 : 0;
  } finally {
    await transport.close();
  }
}

async function call(
  transport: Transport,
  command: Command,
  operation: AnyOperation,
  input: Input,
  parsed: Parsed,
  terminal: Terminal,
): Promise<object> {
  const needsVault = !('whileLocked' in operation);
  if (needsVault) await transport.unlockUnattended();
  const hasOwnFlag = command.flags.some(({ names }) => names[0] === 'passphrase-file');
  const session = await openSession(transport, parsed, terminal);
  try {
    return await callUnlocking(
      transport,
      () => callOperation(transport, operation, input, session.token),
      () => vaultPassphrase(parsed, hasOwnFlag, terminal),
    );
  } finally {
    await session.end();
  }
}

/** Passphrases that are optional in the contract, since not every method of the vault and every form of a file has one. */
async function askOptionalSecret(operation: AnyOperation, input: Input, terminal: Terminal): Promise<void> {
  if (input.passphrase !== undefined || input.recoveryKey !== undefined) return;
  if (operation.id === 'vault.unlock' && terminal.isInteractive) {
    input.passphrase = await terminal.askSecret('Passphrase of the vault: ');
  }
  if (operation.id === 'certificates.private-key' && input.format !== 'pem' && terminal.isInteractive) {
    input.passphrase = await terminal.askSecret('Passphrase of the PKCS#12 file: ');
  }
  if (operation.id !== 'vault.initialise' || input.vault !== 'passphrase') return;
  if (!terminal.isInteractive)
    throw usageError('--vault passphrase needs --passphrase-file where nobody can be asked.');
  const first = await terminal.askSecret('New passphrase of the vault: ');
  if (first !== (await terminal.askSecret('Once more: '))) throw usageError('The two passphrases differ.');
  input.passphrase = first;
}

async function isConfirmed(
  operation: AnyOperation,
  input: Input,
  { values }: Parsed,
  terminal: Terminal,
): Promise<boolean> {
  if (operation.risk !== 'destructive' || !terminal.isInteractive || values.get('yes')?.[0] === 'true')
    return true;
  const what = typeof input.id === 'string' ? ` (${input.id})` : '';
  return /^y(es)?$/i.test((await terminal.ask(`${operation.summary}${what}? [y/N] `)).trim());
}

async function show(
  operation: AnyOperation,
  output: object,
  { values }: Parsed,
  transport: Transport,
  terminal: Terminal,
): Promise<void> {
  let shown = output;
  if (operation.id === 'vault.initialise' && terminal.isInteractive) {
    const { recoveryKey, ...others } = output as { readonly recoveryKey?: string };
    if (recoveryKey !== undefined) await confirmRecoveryKey(recoveryKey, transport, null, terminal);
    shown = others;
  }
  if ('requestId' in shown) {
    terminal.err(
      `It waits to be approved; "chancery requests show ${shown.requestId}" says how far it is.\n`,
    );
  }
  if (values.get('json')?.[0] === 'true') terminal.out(`${JSON.stringify(shown)}\n`);
  else present(operation.id, shown, new Date(), terminal);
}
