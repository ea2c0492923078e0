import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The data folder: what was named, else CHANCERY_HOME, else the platform's own place. */
export function homeFolder(
  named: string | undefined,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): string {
  return resolve(named ?? (env.CHANCERY_HOME || platformHome(env, platform)));
}

function platformHome(env: Environment, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Chancery');
  // A database stays on its machine, so it does not belong into the roaming profile.
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'Chancery');
  // The XDG specification says to ignore a relative path.
  const dataHome = env.XDG_DATA_HOME && isAbsolute(env.XDG_DATA_HOME) ? env.XDG_DATA_HOME : undefined;
  return join(dataHome ?? join(homedir(), '.local', 'share'), 'chancery');
}
