import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** What of the process decides where the data lies. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly userFolder: string;
}

/** The data folder, absolute: `--home DIR`, else CHANCERY_HOME, else the platform's own place for data. */
export function dataFolder(args: readonly string[], surroundings: Surroundings = ofThisProcess()): string {
  const named = homeArgument(args) ?? surroundings.env.CHANCERY_HOME;
  return named ? resolve(named) : platformFolder(surroundings);
}

function homeArgument(args: readonly string[]): string | undefined {
  const at = args.lastIndexOf('--home');
  const joined = args.findLast((argument) => argument.startsWith('--home='));
  return at >= 0 ? args[at + 1] : joined?.slice('--home='.length);
}

function platformFolder({ platform, env, userFolder }: Surroundings): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(userFolder, 'AppData', 'Local'), 'Chancery');
  if (platform === 'darwin') return join(userFolder, 'Library', 'Application Support', 'Chancery');
  // XDG Base Directory Specification: a relative path in the variable is to be ignored.
  const base = env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME : join(userFolder, '.local', 'share');
  return join(base, 'chancery');
}

function ofThisProcess(): Surroundings {
  return { platform: process.platform, env: process.env, userFolder: homedir() };
}
