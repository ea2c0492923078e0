import { ChanceryError } from '../../shared/errors.ts';
import { operationById } from '../../shared/operations/index.ts';
import { callOperation } from './call-operation.ts';
import type { Terminal } from './terminal.ts';
import type { Transport } from './transport.ts';

/**
 * Shows the recovery key and asks for it back until it is right: a keychain that is reset would otherwise take
 * the authorities with it. Where nobody can be asked, the caller prints it and this does nothing.
 */
export async function confirmRecoveryKey(
  recoveryKey: string,
  transport: Transport,
  token: string | null,
  terminal: Terminal,
): Promise<void> {
  terminal.err(
    `\nThe recovery key opens the vault where the keychain was lost. It is shown this once:\n\n  ${recoveryKey}\n\nWrite it down and keep it apart from this machine.\n`,
  );
  for (;;) {
    const typed = (await terminal.ask('Type it to go on: ')).trim();
    try {
      await callOperation(transport, operationById('vault.confirm-recovery'), { recoveryKey: typed }, token);
      return;
    } catch (error) {
      const isWrong =
        error instanceof ChanceryError &&
        (error.code === 'WRONG_CREDENTIALS' || error.code === 'INVALID_INPUT');
      if (!isWrong) throw error;
      terminal.err('That is not the recovery key.\n');
    }
  }
}
