import { runChild } from './child.mjs';
import { isBuildFresh } from './freshness.mjs';
import { fromRoot, root } from './root.mjs';
import { withSetupLock } from './setup-lock.mjs';

/**
 * Builds what is stale, in a process of its own so that the bundler's memory is given back. Its output goes to
 * stderr. Throws one sentence when the build fails.
 * @param {string} runtime path of the Node to build with
 */
export async function spawnBuild(runtime) {
  if (isBuildFresh()) return;
  await withSetupLock(async () => {
    if (isBuildFresh()) return;
    process.stderr.write('Building Chancery, since its sources are newer than the last build.\n');
    const code = await runChild(runtime, [fromRoot('scripts', 'build', 'main.ts'), '--stale-only'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    if (code !== 0) throw new Error(`The build failed (it ended with ${code}); see above.`);
  });
}
