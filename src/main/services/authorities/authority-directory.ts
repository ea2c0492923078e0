import { ChanceryError } from '../../../shared/errors.ts';
import type { KeyAlgorithm, SignatureAlgorithm } from '../../../shared/model/algorithms.ts';
import { type AuthorityRow, lineSlug, type Store } from '../../store/index.ts';
import {
  type ParsedCertificate,
  parseCertificate,
  readPem,
  signatureAlgorithmFor,
  subjectKeyIdentifier,
  writePem,
} from '../../x509/index.ts';
import { publicationOf } from './publication-urls.ts';

/** An authority with what issuing needs of it, decoded once. */
export interface Issuer {
  /** Its slug is that of the authority, whichever of its keys this is. */
  readonly row: AuthorityRow;
  /** The name in the addresses of its CRL and certificate; every key has its own. */
  readonly publishedAs: string;
  readonly certificate: ParsedCertificate;
  readonly keyAlgorithm: KeyAlgorithm;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly subjectKeyIdentifier: Uint8Array;
  /** PEM, its own certificate first, up to the root. */
  readonly chain: readonly string[];
}

/** The authorities, which are few and asked for by every issuance: decoded once, and again after a change. */
export class AuthorityDirectory {
  readonly #store: Store;
  #issuers: Promise<ReadonlyMap<string, Issuer>> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** To be called after authorities were changed. */
  refresh(): void {
    this.#issuers = undefined;
  }

  /** All that have a certificate, by id. */
  all(): Promise<ReadonlyMap<string, Issuer>> {
    this.#issuers ??= this.#load();
    return this.#issuers;
  }

  /** Throws CONFLICT where the authority was never finished. */
  async issuer(id: string): Promise<Issuer> {
    const issuer = (await this.all()).get(id);
    if (issuer) return issuer;
    throw new ChanceryError({ code: 'CONFLICT', detail: 'The authority has no certificate yet.' });
  }

  async #load(): Promise<ReadonlyMap<string, Issuer>> {
    const issuers = new Map<string, Issuer>();
    const rows = new Map((await this.#store.authorities.all(null)).map((row) => [row.id, row]));
    // Those above first: their chains go on below. A renewed one may be younger than what it has signed.
    const load = async (row: AuthorityRow): Promise<void> => {
      if (row.certificateId === null || issuers.has(row.id)) return;
      const above = row.parentId === null ? undefined : rows.get(row.parentId);
      if (above) {
        rows.delete(row.id);
        await load(above);
      }
      const der = await this.#store.certificates.der(row.certificateId);
      if (!der) return;
      const certificate = parseCertificate(der);
      const { keyAlgorithm } = certificate;
      if (keyAlgorithm === null) return;
      const parent = row.parentId === null ? undefined : issuers.get(row.parentId);
      const chainAbove =
        parent?.chain ?? readPem(row.externalChain).map((block) => writePem('CERTIFICATE', block.der));
      const slug = lineSlug(row);
      issuers.set(row.id, {
        row: { ...row, slug },
        publishedAs: row.generation === 1 ? slug : `${slug}.${row.generation}`,
        certificate,
        keyAlgorithm,
        signatureAlgorithm:
          (row.signatureAlgorithm as SignatureAlgorithm | null) ?? signatureAlgorithmFor(keyAlgorithm),
        subjectKeyIdentifier: ownKeyIdentifier(certificate),
        chain: [writePem('CERTIFICATE', der), ...chainAbove],
      });
    };
    for (const row of [...rows.values()]) await load(row);
    return issuers;
  }
}

/** What goes of an authority into the CA certificates that it signs. */
export function issuingSide(issuer: Issuer) {
  const { certificate, subjectKeyIdentifier, row, publishedAs } = issuer;
  return {
    subjectDer: certificate.subject.der,
    subjectKeyIdentifier,
    publication: publicationOf(publishedAs, row.publicationUrl),
  };
}

/** The identifier in the CA's certificate, which its certificates must repeat; else the usual one (RFC 7093). */
function ownKeyIdentifier(certificate: ParsedCertificate): Uint8Array {
  const stated = certificate.subjectKeyIdentifier;
  return stated ? Buffer.from(stated, 'hex') : subjectKeyIdentifier(certificate.spki);
}
