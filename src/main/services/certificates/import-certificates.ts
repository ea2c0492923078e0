/**
 * Certificates that were issued elsewhere come in to be watched over: they are listed, found and exported like
 * the others. One that an authority of the realm has signed, before it was taken over, belongs to that authority
 * and can be revoked here; for the others, that is for whoever issued them.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ChanceryError } from '../../../shared/errors.ts';
import type { ImportSummary } from '../../../shared/operations/certificates-import.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { ImportedCertificate, RealmRow } from '../../store/index.ts';
import { fileCertificates, type ParsedCertificate, verifyCertificateSignature } from '../../x509/index.ts';
import type { Issuer } from '../authorities/authority-directory.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { importedRow } from './imported-row.ts';

/** Certificates of one transaction; they take some 50 ms, in which nothing else is answered. */
const unitSize = 1000;

interface Candidate {
  readonly certificate: ParsedCertificate;
  /** The file, with the alias in it where it has one. */
  readonly origin: string;
}

type Refusals = ImportSummary['refused'];

/** Takes in all certificates of the files that the realm does not have yet. A repetition finds them known. */
export async function importCertificates(
  rooms: Rooms,
  { files, realm: reference, passphrase, dryRun }: ParsedInput<'certificates.import'>,
  context: Context,
): Promise<ImportSummary> {
  const realm = await rooms.realms.choose(context.principal, reference);
  const intake = new Intake(rooms, context, realm, dryRun);
  await intake.prepare();
  for (const { name, contentBase64 } of files) {
    await intake.take(name, Buffer.from(contentBase64, 'base64'), passphrase);
  }
  return intake.end();
}

class Intake {
  readonly #rooms: Rooms;
  readonly #context: Context;
  readonly #realm: RealmRow;
  readonly #dryRun: boolean;
  readonly #refused: Refusals = [];
  #issuers = new Map<string, Issuer[]>();
  #waiting: Candidate[] = [];
  /** Fingerprints of this call, for files that hold the same certificate. */
  readonly #seen = new Set<string>();
  #imported = 0;
  #known = 0;

  constructor(rooms: Rooms, context: Context, realm: RealmRow, dryRun: boolean) {
    this.#rooms = rooms;
    this.#context = context;
    this.#realm = realm;
    this.#dryRun = dryRun;
  }

  /** The authorities of the realm by their names; their own certificates are known. */
  async prepare(): Promise<void> {
    for (const issuer of (await this.#rooms.authorities.all()).values()) {
      if (issuer.row.realmId !== this.#realm.id) continue;
      const name = keyOf(issuer.certificate.subject.der);
      this.#issuers.set(name, [...(this.#issuers.get(name) ?? []), issuer]);
      this.#seen.add(issuer.certificate.sha256Fingerprint);
    }
  }

  async take(name: string, bytes: Uint8Array, passphrase: string | undefined): Promise<void> {
    try {
      for (const { alias, ...found } of await fileCertificates(bytes, passphrase)) {
        const origin = alias === undefined ? name : `${name} (${alias.slice(0, 200)})`;
        if (found.certificate === undefined) this.#refused.push({ file: origin, reason: found.problem });
        else await this.#add({ certificate: found.certificate, origin });
      }
    } catch (error) {
      if (!(error instanceof ChanceryError)) throw error;
      this.#refused.push({ file: name, reason: reasonOf(error, passphrase) });
    }
  }

  async end(): Promise<ImportSummary> {
    await this.#flush();
    return {
      dryRun: this.#dryRun,
      imported: this.#imported,
      known: this.#known,
      refused: this.#refused,
    };
  }

  async #add(candidate: Candidate): Promise<void> {
    const { sha256Fingerprint } = candidate.certificate;
    if (this.#seen.has(sha256Fingerprint)) {
      this.#known += 1;
      return;
    }
    this.#seen.add(sha256Fingerprint);
    this.#waiting.push(candidate);
    if (this.#waiting.length >= unitSize) await this.#flush();
  }

  async #flush(): Promise<void> {
    const candidates = this.#waiting;
    this.#waiting = [];
    for (let isRepeated = false; ; isRepeated = true) {
      const { rows, known, refused } = await this.#sort(candidates);
      try {
        if (rows.length > 0 && !this.#dryRun) await this.#commit(rows);
      } catch (error) {
        // Another import has brought one of them in meanwhile: the second look finds it known.
        const isTaken = error instanceof ChanceryError && error.code === 'ALREADY_EXISTS';
        if (!isTaken || isRepeated) throw error;
        continue;
      }
      this.#imported += rows.length;
      this.#known += known;
      this.#refused.push(...refused);
      break;
    }
    await nextTurn();
  }

  async #sort(candidates: readonly Candidate[]) {
    const { clock, store } = this.#rooms;
    const { principal } = this.#context;
    const rows: ImportedCertificate[] = [];
    const refused: Refusals = [];
    const numbers = new Set<string>();
    const now = clock();
    const imported = store.certificates.imported(
      this.#realm.id,
      candidates.map(({ certificate }) => certificate.sha256Fingerprint),
    );
    for (const { certificate, origin } of candidates) {
      if (imported.has(certificate.sha256Fingerprint)) continue;
      const authority = this.#authorityOf(certificate)?.row;
      const { serialNumber } = certificate;
      const issued = authority && store.certificates.issuedStatus(authority.id, serialNumber);
      const der = issued && (await store.certificates.der(issued.id));
      if (der && Buffer.compare(der, certificate.der) === 0) continue;
      const number = `${authority?.id} ${serialNumber}`;
      if (der || (authority && numbers.has(number))) {
        const reason = `The authority ${authority?.slug} has another certificate with the serial number ${serialNumber}.`;
        refused.push({ file: origin, reason });
        continue;
      }
      numbers.add(number);
      rows.push(
        importedRow(certificate, {
          realmId: this.#realm.id,
          authorityId: authority?.id ?? null,
          importedFrom: origin,
          sha256: Buffer.from(certificate.sha256Fingerprint, 'hex'),
          requestedBy: principal.name,
          requestedById: principal.id,
          now,
        }),
      );
    }
    return { rows, refused, known: candidates.length - rows.length - refused.length };
  }

  /** Who of the realm has signed it; the name alone could be anybody's. */
  #authorityOf({ der, issuer }: ParsedCertificate): Issuer | undefined {
    if (this.#issuers.size === 0) return undefined;
    const named = this.#issuers.get(keyOf(issuer.der));
    return named?.find(({ certificate }) => verifyCertificateSignature(der, certificate.spki));
  }

  async #commit(rows: readonly ImportedCertificate[]): Promise<void> {
    const { store } = this.#rooms;
    const taken = { code: 'ALREADY_EXISTS', detail: 'The certificate is in the realm already.' } as const;
    const event = {
      type: 'certificates.imported',
      realm: this.#realm.id,
      detail: {
        imported: rows.length,
        files: [...new Set(rows.map(({ importedFrom }) => importedFrom))],
        fingerprints: rows.map(({ sha256Fingerprint }) => sha256Fingerprint),
      },
    };
    const statements = rows.flatMap((row) => store.certificates.insertImported(row, taken));
    await finish(this.#rooms, { ...this.#context, idempotency: null }, { statements, event }, undefined);
  }
}

function keyOf(name: Uint8Array): string {
  return Buffer.from(name.buffer, name.byteOffset, name.length).toString('latin1');
}

function reasonOf({ detail, violations }: ChanceryError, passphrase: string | undefined): string {
  const isPassphrase = violations?.some(({ rule }) => rule === 'passphrase.wrong') === true;
  return isPassphrase && passphrase === undefined
    ? 'It is protected by a passphrase: give that too.'
    : detail;
}
