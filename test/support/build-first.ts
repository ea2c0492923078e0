import { spawnBuild } from '../../scripts/launch/build.mjs';

/** Builds what is stale before tests that start the built program, so that a single test file runs by itself. */
export default async function setup(): Promise<void> {
  await spawnBuild(process.execPath);
}
