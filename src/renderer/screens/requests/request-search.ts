/** The requests screen's filters as its address holds them; what the address misspells is dropped. */
import { RequestKind, RequestStatus } from '../../../shared/model/request.ts';
import { readTextSearch, type TextSearch } from '../../app/text-search.ts';

export const whoseRequests = ['all', 'awaitsMe', 'mine'] as const;
export type WhoseRequests = (typeof whoseRequests)[number];

export interface RequestSearch extends TextSearch {
  readonly status?: RequestStatus;
  readonly kind?: RequestKind;
  readonly whose?: Exclude<WhoseRequests, 'all'>;
}

/** Reads the address. */
export function readRequestSearch(raw: Record<string, unknown>): RequestSearch {
  const status = RequestStatus.safeParse(raw.status).data;
  const kind = RequestKind.safeParse(raw.kind).data;
  const whose = raw.whose === 'mine' || raw.whose === 'awaitsMe' ? raw.whose : undefined;
  return {
    ...readTextSearch(raw),
    ...(status === undefined ? {} : { status }),
    ...(kind === undefined ? {} : { kind }),
    ...(whose === undefined ? {} : { whose }),
  };
}
