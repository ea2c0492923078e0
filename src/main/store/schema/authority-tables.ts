/** Authorities and their CRLs. */
import type { Generated } from 'kysely';
import type { Bytes } from './bytes.ts';

export interface AuthorityTables {
  authorities: AuthorityTable;
  authority_certificates: {
    certificateId: string;
    authorityId: string;
    role: 'former' | 'cross' | 'link';
    createdAt: number;
  };
  authority_requests: { authorityId: string; der: Bytes };
  crls: CrlTable;
  /** Written once; a retired one is in no further CRL, and stays while the newest of a part has it. */
  crl_segments: {
    authorityId: string;
    number: number;
    entries: number;
    rowIds: string;
    der: Bytes;
    shard: number;
    isRetired: number;
  };
  /** Revocations that are in no segment; of which revision of the authority they are. */
  crl_pending: { authorityId: string; rowId: number; revision: number };
}

interface AuthorityTable {
  id: string;
  realmId: string;
  slug: string;
  name: string;
  kind: 'root' | 'intermediate' | 'external';
  parentId: string | null;
  keyId: string;
  /** Null where the key signs as it usually does. */
  signatureAlgorithm: string | null;
  certificateId: string | null;
  /** The CA certificates above it, PEM, the issuer first, where they are not authorities here. */
  externalChain: string;
  /** Awaiting: its key is here, its certificate is to come from another authority. */
  status: 'creating' | 'awaiting' | 'active' | 'disabled';
  publicationUrl: string | null;
  crlNumber: number;
  /** Counts revocations, so that a CRL can tell whether it has them all. */
  revision: number;
  createdAt: number;
  /** Counts the keys of one authority. */
  generation: Generated<number>;
  /** The authority with the next key; this one then only answers for what it has issued. */
  successorId: string | null;
  /** JSON, what differs from the settings that CRLs have at first. */
  crlSettings: string | null;
  /** JSON, how the last publication to the folder went. */
  crlPublication: string | null;
}

interface CrlTable {
  authorityId: string;
  /** Empty for the whole list, `delta`, or the number of a shard. */
  part: string;
  number: number;
  /** The authority's revision that this CRL holds all revocations of. */
  revision: number;
  thisUpdate: number;
  nextUpdate: number;
  entries: number;
  /** Of a delta: the complete CRL that it continues, the revision of that, and when another is due as base. */
  baseNumber: number | null;
  baseRevision: number | null;
  baseDueAt: number | null;
  /** Length of the whole: head, segments and tail. */
  bytes: number;
  /** JSON, the numbers of the segments between head and tail. */
  segments: string;
  head: Bytes;
  tail: Bytes;
}
