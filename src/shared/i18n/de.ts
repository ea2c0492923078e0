/** German. */
import { access } from './de/access.ts';
import { alerts } from './de/alerts.ts';
import { bulk } from './de/bulk.ts';
import { certificates } from './de/certificates.ts';
import { entities } from './de/entities.ts';
import { entry } from './de/entry.ts';
import { errors } from './de/errors.ts';
import { frame } from './de/frame.ts';
import { lifecycle } from './de/lifecycle.ts';
import { looking } from './de/looking.ts';
import { office } from './de/office.ts';
import { outside } from './de/outside.ts';
import { renewals } from './de/renewals.ts';
import { requests } from './de/requests.ts';
import { ruling } from './de/ruling.ts';
import { trust } from './de/trust.ts';
import { words } from './de/words.ts';
import type { Messages } from './en.ts';
import type { Translated } from './messages.ts';

export const de: Translated<Messages> = {
  ...frame,
  ...access,
  ...words,
  ...errors,
  ...entry,
  ...certificates,
  ...bulk,
  ...entities,
  ...looking,
  ...ruling,
  ...trust,
  ...office,
  ...lifecycle,
  ...requests,
  ...renewals,
  ...outside,
  ...alerts,
};
