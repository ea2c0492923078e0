/** Trust anchors: where paths end (RFC 5280 section 6.1.1 (d)). */
import { formatName } from '../names/format-name.ts';
import { describePublicKey } from '../public-key/subject-public-key.ts';
import {
  type ComparedName,
  comparedName,
  type PathCertificate,
  readPathCertificate,
} from './path-certificate.ts';

/** A certificate, whose own limits count too (RFC 5937), or a bare name and key. */
export type TrustAnchor =
  | { readonly certificate: Uint8Array }
  | { readonly subjectDer: Uint8Array; readonly spki: Uint8Array };

export interface ReadAnchor {
  readonly name: ComparedName;
  readonly spki: Uint8Array;
  readonly certificate: PathCertificate | undefined;
}

/** Reads an anchor; throws INVALID_CERTIFICATE or INVALID_INPUT when it is malformed. */
export function readTrustAnchor(anchor: TrustAnchor): ReadAnchor {
  if ('spki' in anchor) {
    const { subjectDer, spki } = anchor;
    describePublicKey(spki);
    return { name: comparedName(subjectDer, formatName(subjectDer)), spki, certificate: undefined };
  }
  const certificate = readPathCertificate(anchor.certificate);
  return { name: certificate.subject, spki: certificate.parsed.spki, certificate };
}
