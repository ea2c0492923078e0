import { csvLine } from '../../../shared/model/csv.ts';
import type { JobWork } from '../../jobs/index.ts';
import {
  derivePkcs12Keys,
  type Pkcs12Keys,
  readPem,
  wipePkcs12Keys,
  writePkcs12Under,
} from '../../x509/index.ts';
import type { IssuedCertificate, RequestAccepted } from '../certificates/issue-certificate.ts';
import { type ZipEntry, zipFile } from './zip-file.ts';

export interface BulkResult {
  /** Of the file, from 1; or the place in the list of what was chosen. */
  readonly line: number;
  readonly commonName: string;
  readonly status: string;
  readonly id?: string;
  readonly orderId?: string;
  readonly serialNumber?: string;
  readonly notAfter?: string;
  readonly requestId?: string;
  readonly error?: string;
}

const columns = [
  'line',
  'commonName',
  'status',
  'id',
  'orderId',
  'serialNumber',
  'notAfter',
  'requestId',
  'error',
] as const;

/** What has come of each row; the files that are left at the end. */
export class BulkResults {
  readonly #results: BulkResult[] = [];
  readonly #files: ZipEntry[] = [];
  readonly #keys: Pkcs12Keys | null;

  constructor(keys: Pkcs12Keys | null) {
    this.#keys = keys;
  }

  /** With a passphrase for the private keys, or without any. */
  static async open(passphrase: string | undefined): Promise<BulkResults> {
    return new BulkResults(passphrase === undefined ? null : await derivePkcs12Keys(passphrase));
  }

  add(result: BulkResult): void {
    this.#results.push(result);
  }

  /** A certificate with its chain, and with its key where that was made here and is wanted. */
  addIssued(line: number, commonName: string, issued: IssuedCertificate | RequestAccepted): void {
    if ('requestId' in issued) {
      this.add({ line, commonName, status: 'waits for approval', requestId: issued.requestId });
      return;
    }
    const { id, orderId, serialNumber, notAfter, certificate, chain, privateKey } = issued;
    this.add({ line, commonName, status: 'issued', id, orderId, serialNumber, notAfter });
    const name = `${String(line).padStart(5, '0')}-${fileNameOf(commonName)}`;
    this.#files.push({ name: `${name}.pem`, content: Buffer.from([certificate, ...chain].join('')) });
    if (this.#keys === null || privateKey === undefined) return;
    const privateKeyPkcs8 = derOf(privateKey)[0] as Uint8Array;
    const content = writePkcs12Under(this.#keys, {
      privateKeyPkcs8,
      certificates: [certificate, ...chain].flatMap(derOf),
      friendlyName: commonName,
    });
    privateKeyPkcs8.fill(0);
    this.#files.push({ name: `${name}.p12`, content });
  }

  /** Leaves what there is as files of the job; nothing can be added afterwards. */
  leave(work: JobWork, name: string, now: Date): void {
    if (this.#keys) wipePkcs12Keys(this.#keys);
    const csv = () => Buffer.from(this.#csv());
    work.leave('csv', { fileName: `${name}.csv`, mediaType: 'text/csv', content: csv });
    if (this.#files.length === 0) return;
    const files = this.#files.sort((a, b) => (a.name < b.name ? -1 : 1));
    const content = () => zipFile([{ name: `${name}.csv`, content: csv() }, ...files], now);
    work.leave('zip', { fileName: `${name}.zip`, mediaType: 'application/zip', content });
  }

  #csv(): string {
    const rows = this.#results.sort((a, b) => a.line - b.line);
    return [csvLine(columns), ...rows.map((row) => csvLine(columns.map((column) => row[column])))].join('');
  }
}

function derOf(pem: string): Uint8Array[] {
  return readPem(pem).map(({ der }) => der);
}

function fileNameOf(commonName: string): string {
  return (
    commonName
      .replace(/[^A-Za-z0-9.-]+/g, '_')
      .replace(/^[._]+/, '')
      .slice(0, 80) || 'certificate'
  );
}
