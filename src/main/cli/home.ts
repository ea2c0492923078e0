import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

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
  if (platform === 'win32') return join(env.APPDATA || join(homedir(), 'AppData', 'Roaming'), 'Chancery');
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'chancery');
}
