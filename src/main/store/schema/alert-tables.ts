/** Alerts, and where they go. */
import type { Generated } from 'kysely';
import type { AlertKind, AlertSeverity, AlertSubjectKind, NoticeKind } from '../../../shared/model/alert.ts';
import type { Bytes } from './bytes.ts';

export interface AlertTables {
  alerts: AlertTable;
  alert_destinations: DestinationTable;
  notices: NoticeTable;
}

interface AlertTable {
  id: string;
  realmId: string;
  kind: AlertKind;
  severity: AlertSeverity;
  subjectKind: AlertSubjectKind;
  subjectId: string;
  /** What the alert is about, so that nobody is told twice. */
  dedupKey: string;
  message: string;
  /** JSON, what the message is made of. */
  detail: string;
  createdAt: number;
  resolvedAt: number | null;
  acknowledgedAt: number | null;
  acknowledgedBy: string | null;
}

interface DestinationTable {
  id: string;
  name: string;
  kind: 'webhook' | 'smtp';
  /** JSON, the kinds of notices that it is told of. */
  kinds: string;
  /** JSON, ids; null for all. */
  realms: string | null;
  enabled: number;
  /** JSON, where it is. */
  settings: string;
  /** The secret that signs, or the password; null for none. */
  sealed: Bytes | null;
  createdAt: number;
  /** Attempts in a row that failed. */
  failures: Generated<number>;
  /** What was given up since the last delivery. */
  lost: Generated<number>;
  lastError: string | null;
  nextAttemptAt: Generated<number>;
  lastDeliveredAt: number | null;
}

/** On its way to a destination; gone once it is there. */
interface NoticeTable {
  number: Generated<number>;
  destinationId: string;
  /** The same for each destination and attempt, so that a receiver knows what it has seen. */
  eventId: string;
  kind: NoticeKind;
  realmId: string | null;
  /** JSON: of an alert what it says, else the audit event. */
  facts: string;
  createdAt: number;
}
