/** Loaded ahead of the program: lets each flush of a file take 2 ms longer, as on a disk that is slower than ours. */
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const flushMs = 2;

const file = await open(import.meta.filename);
const handles = Object.getPrototypeOf(file) as { datasync(): Promise<void> };
await file.close();

const { datasync } = handles;
handles.datasync = async function (this: typeof handles) {
  await sleep(flushMs);
  await datasync.call(this);
};
