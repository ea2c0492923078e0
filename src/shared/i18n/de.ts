/** German. */
import { certificates } from './de/certificates.ts';
import { common } from './de/common.ts';
import { entry } from './de/entry.ts';
import { errors } from './de/errors.ts';
import { office } from './de/office.ts';
import { words } from './de/words.ts';
import type { Messages } from './en.ts';
import type { Translated } from './messages.ts';

export const de: Translated<Messages> = {
  ...common,
  ...words,
  ...errors,
  ...entry,
  ...certificates,
  ...office,
};
