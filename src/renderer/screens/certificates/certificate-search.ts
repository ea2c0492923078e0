/** The certificates screen's filters as its address holds them; what the address misspells is dropped. */

import { Slug } from '../../../shared/model/basics.ts';
import { CertificateOrigin, CertificateStatus } from '../../../shared/model/certificate.ts';
import { listCertificates } from '../../../shared/operations/certificates.ts';
import type { Input } from '../../../shared/operations/index.ts';
import { readTextSearch, type TextSearch } from '../../app/text-search.ts';

type ListInput = Input<'certificates.list'>;
export type CertificateSort = NonNullable<ListInput['sort']>;

export interface CertificateSearch extends TextSearch {
  /** In the query language; it stands in place of the search text. */
  readonly query?: string;
  readonly status?: CertificateStatus;
  readonly authority?: string;
  readonly profile?: string;
  readonly origin?: CertificateOrigin;
  readonly sort?: CertificateSort;
}

const sortSchema = listCertificates.input.shape.sort.unwrap();

/** Reads the address. */
export function readCertificateSearch(raw: Record<string, unknown>): CertificateSearch {
  const status = CertificateStatus.safeParse(raw.status).data;
  const authority = Slug.safeParse(raw.authority).data;
  const profile = Slug.safeParse(raw.profile).data;
  const origin = CertificateOrigin.safeParse(raw.origin).data;
  const sort = sortSchema.safeParse(raw.sort).data;
  const query = typeof raw.query === 'string' ? raw.query.trim() : '';
  return {
    ...(query === '' ? readTextSearch(raw) : { query }),
    ...(status === undefined ? {} : { status }),
    ...(authority === undefined ? {} : { authority }),
    ...(profile === undefined ? {} : { profile }),
    ...(origin === undefined ? {} : { origin }),
    ...(sort === undefined ? {} : { sort }),
  };
}

/** Whether anything narrows the list. */
export function isFiltered({ sort: _sort, ...filters }: CertificateSearch): boolean {
  return Object.values(filters).some((one) => one !== undefined);
}
