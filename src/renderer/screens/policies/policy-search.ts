/** Which policy the address names. */
import { Slug } from '../../../shared/model/basics.ts';

export interface PolicySearch {
  readonly policy?: string;
}

/** Reads the address; anything but a slug is dropped. */
export function readPolicySearch(raw: Record<string, unknown>): PolicySearch {
  const policy = Slug.safeParse(raw.policy).data;
  return policy === undefined ? {} : { policy };
}
