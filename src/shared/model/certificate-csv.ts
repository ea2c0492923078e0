/** The list of certificates as CSV: the same columns wherever it is written. */
import type { CertificateSummary } from './certificate.ts';
import { csvLine } from './csv.ts';

const joined = (names: readonly { type: string; value: string }[]) =>
  names.map(({ type, value }) => `${type}:${value}`).join(' ');

const columns: readonly (readonly [string, (row: CertificateSummary) => string | null])[] = [
  ['id', (row) => row.id],
  ['orderId', (row) => row.orderId],
  ['realm', (row) => row.realm],
  ['commonName', (row) => row.commonName],
  ['subject', (row) => row.subject],
  ['subjectAltNames', (row) => joined(row.subjectAltNames)],
  ['issuer', (row) => row.issuer],
  ['authority', (row) => row.authority],
  ['profile', (row) => row.profile],
  ['serialNumber', (row) => row.serialNumber],
  ['keyAlgorithm', (row) => row.keyAlgorithm],
  ['notBefore', (row) => row.notBefore],
  ['notAfter', (row) => row.notAfter],
  ['status', (row) => row.status],
  ['revokedAt', (row) => row.revokedAt],
  ['revocationReason', (row) => row.revocationReason],
  ['hasPrivateKey', (row) => String(row.hasPrivateKey)],
  ['importedFrom', (row) => row.importedFrom],
  ['requestedBy', (row) => row.requestedBy],
  ['createdAt', (row) => row.createdAt],
  ['metadata', ({ metadata }) => (Object.keys(metadata).length > 0 ? JSON.stringify(metadata) : null)],
];

/** The line that names the columns. */
export const certificateCsvHeader = csvLine(columns.map(([name]) => name));

/** The line of a certificate. */
export function certificateCsvLine(row: CertificateSummary): string {
  return csvLine(columns.map(([, cell]) => cell(row)));
}
