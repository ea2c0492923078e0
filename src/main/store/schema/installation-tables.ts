/** The installation itself: its vault, realms, settings, jobs and record. */
import type { Generated } from 'kysely';
import type { Bytes } from './bytes.ts';

export interface InstallationTables {
  meta: { key: string; value: string };
  settings: { key: string; value: string };
  vault_wrappings: { method: string; parameters: string; wrapped: Bytes };
  realms: {
    id: string;
    slug: string;
    name: string;
    builtIn: number;
    createdAt: number;
    /** Since when nothing is changed in it any more. */
    archivedAt: number | null;
    /** JSON, mail addresses. */
    contacts: Generated<string>;
    /** Slug of the role that API clients have in it unless they are given another. */
    defaultRole: Generated<string>;
  };
  keys: { id: string; algorithm: string; spki: Bytes; sealed: Bytes; createdAt: number };
  jobs: JobTable;
  audit_events: { leafIndex: number; event: string };
  idempotency: {
    principal: string;
    key: string;
    fingerprint: string;
    sealed: Bytes;
    createdAt: number;
  };
  /** Short numbers of things that have none of their own. */
  numbers: { number: Generated<number>; id: string };
}

interface JobTable {
  id: string;
  /** Id of the operation that started it. */
  kind: string;
  /** As that of kept answers. */
  owner: string;
  startedBy: string;
  startedAt: number;
  /** Running stays where its process has ended without it. */
  state: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
  total: number;
  failed: number;
  error: string | null;
  endedAt: number | null;
  /** What was asked for. */
  sealed: Bytes;
}
