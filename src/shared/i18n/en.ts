/** English, the language that the others are measured by: a key that is missing elsewhere does not compile. */
import { access } from './en/access.ts';
import { alerts } from './en/alerts.ts';
import { bulk } from './en/bulk.ts';
import { certificates } from './en/certificates.ts';
import { entities } from './en/entities.ts';
import { entry } from './en/entry.ts';
import { errors } from './en/errors.ts';
import { frame } from './en/frame.ts';
import { lifecycle } from './en/lifecycle.ts';
import { looking } from './en/looking.ts';
import { office } from './en/office.ts';
import { outside } from './en/outside.ts';
import { renewals } from './en/renewals.ts';
import { requests } from './en/requests.ts';
import { ruling } from './en/ruling.ts';
import { trust } from './en/trust.ts';
import { words } from './en/words.ts';

export const en = {
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
} as const;
export type Messages = typeof en;
