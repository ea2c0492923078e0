/** The requests screen's filters as its address holds them; what the address misspells is dropped. */
import { RequestKind, RequestStatus } from '../../../shared/model/request.ts';

export const whoseRequests = ['all', 'awaitsMe', 'mine'] as const;
export type WhoseRequests = (typeof whoseRequests)[number];

export interface RequestSearch {
  readonly search?: string;
  readonly status?: RequestStatus;
  readonly kind?: RequestKind;
  readonly whose?: Exclude<WhoseRequests, 'all'>;
}

/** Reads the address, where the router has turned what looks like a number into one. */
export function readRequestSearch(raw: Record<string, unknown>): RequestSearch {
  const search = typeof raw.search === 'string' || typeof raw.search === 'number' ? String(raw.search) : '';
  const status = RequestStatus.safeParse(raw.status).data;
  const kind = RequestKind.safeParse(raw.kind).data;
  const whose = raw.whose === 'mine' || raw.whose === 'awaitsMe' ? raw.whose : undefined;
  return {
    ...(search === '' ? {} : { search }),
    ...(status === undefined ? {} : { status }),
    ...(kind === undefined ? {} : { kind }),
    ...(whose === undefined ? {} : { whose }),
  };
}
