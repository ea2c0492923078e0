/** What a request asks for, as one text: what people decide on, by its hash, and what is signed in the end. */
import { canonicalJson } from '../../../shared/canonical-json.ts';
import { ChanceryError } from '../../../shared/errors.ts';
import { sha256 } from '../../crypto/index.ts';
import type { AskedCertificate } from '../../domain/index.ts';
import type { RequestRow } from '../../store/index.ts';
import type { SubjectKey } from '../certificates/sign-prepared.ts';

export interface AskedRequest {
  /** Its own id, so that a decision on one request never fits another one like it. */
  readonly request: string;
  readonly realm: string;
  readonly profile: string;
  /** All but the dates, which begin when it is issued. */
  readonly certificate: Omit<AskedCertificate, 'notBefore' | 'notAfter'>;
  readonly validity: string;
  /** A default that would outlive the issuer ends with it; what somebody asked for is refused then. */
  readonly validityIsDefault: boolean;
  readonly keySource: SubjectKey['source'];
  /** SubjectPublicKeyInfo, DER in base64. */
  readonly spki: string;
  /** Where the private key is kept; null where that is elsewhere. */
  readonly keyId: string | null;
  /** PKCS#10 as PEM, where it came with one. */
  readonly csr: string | null;
  readonly endEntityId: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly renews: string | null;
}

/** The text that is kept, and its hash (SHA-256, hex). */
export function writeAsked(asked: AskedRequest): { readonly asked: string; readonly askedHash: string } {
  const text = canonicalJson(asked);
  return { asked: text, askedHash: sha256(text).toString('hex') };
}

/** Throws PRECONDITION_FAILED for a text that is not the one whose hash people saw. */
export function readAsked({ asked, askedHash }: Pick<RequestRow, 'asked' | 'askedHash'>): AskedRequest {
  if (sha256(asked).toString('hex') === askedHash) return JSON.parse(asked) as AskedRequest;
  throw new ChanceryError({
    code: 'PRECONDITION_FAILED',
    detail: 'What the request asks for is not what it asked for when it was made.',
    hint: 'Reject it, and look in the audit log for who had access to the data.',
  });
}
