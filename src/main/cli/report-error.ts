import { ChanceryError, errorCatalogue } from '../../shared/errors.ts';
import type { Command } from './commands.ts';
import type { Terminal } from './terminal.ts';

/** Says on stderr what went wrong, and answers the exit code. */
export function reportError(
  thrown: unknown,
  asJson: boolean,
  command: Command | null,
  terminal: Terminal,
): number {
  const error = thrown instanceof ChanceryError ? thrown : unexpected(thrown);
  terminal.err(asJson ? `${JSON.stringify(asProblem(error))}\n` : asText(error, command));
  return error.kind.exit;
}

function unexpected(thrown: unknown): ChanceryError {
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new ChanceryError({ code: 'INTERNAL', detail, cause: thrown });
}

function asText(error: ChanceryError, command: Command | null): string {
  const violations = (error.violations ?? []).map(
    ({ path, message }) => `  ${placeOf(path, command)}: ${message}`,
  );
  const lines = [`chancery: ${error.detail}`, ...violations, ...(error.hint ? [error.hint] : [])];
  return `${lines.join('\n')}\n`;
}

/** The flag that stands for the place, or the place itself. */
function placeOf(path: readonly (string | number)[], command: Command | null): string {
  const flags =
    command?.flags.filter(({ field }) => field?.every((name, index) => path[index] === name)) ?? [];
  const [nearest] = flags.sort((a, b) => (b.field?.length ?? 0) - (a.field?.length ?? 0));
  if (!nearest) return path.join('.') || 'input';
  const rest = path.slice(nearest.field?.length ?? 0).join('.');
  return `--${nearest.names[0]}${rest === '' ? '' : ` (${rest})`}`;
}

function asProblem(error: ChanceryError): object {
  const { status, title } = errorCatalogue[error.code];
  return {
    ...error.data,
    type: `urn:chancery:error:${error.code}`,
    title,
    status,
    detail: error.detail,
    code: error.code,
    ...(error.hint !== undefined && { hint: error.hint }),
    ...(error.violations && { violations: error.violations }),
  };
}
