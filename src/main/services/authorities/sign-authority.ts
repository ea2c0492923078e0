import type { SignatureAlgorithm } from '../../../shared/model/algorithms.ts';
import type { NewCertificate, Statement } from '../../store/index.ts';
import { assembleSigned } from '../../x509/index.ts';
import type { Context } from '../context.ts';
import { auditEvent, type EventFields } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { type Issuer, issuingSide } from './authority-directory.ts';
import {
  type AuthorityPlan,
  type AuthoritySigner,
  authorityToBeSigned,
  certificateRow,
  newRandomSerialNumber,
} from './build-authority.ts';

/** The key that signs, as its issuer or as its own. */
export interface SigningSide extends Pick<AuthoritySigner, 'signatureAlgorithm' | 'issuer'> {
  readonly keyId: string;
  /** The authority in whose list of issued certificates it stands. */
  readonly authorityId: string;
}

export interface Intention {
  readonly statements?: readonly Statement[];
  readonly event: EventFields;
}

/** An authority here as the one that signs. */
export function signedBy(issuer: Issuer): SigningSide {
  const { row, signatureAlgorithm } = issuer;
  return { keyId: row.keyId, authorityId: row.id, signatureAlgorithm, issuer: issuingSide(issuer) };
}

/** A key that signs its own certificate. */
export function signedByItself(
  authorityId: string,
  keyId: string,
  signatureAlgorithm: SignatureAlgorithm,
): SigningSide {
  return { keyId, authorityId, signatureAlgorithm };
}

/**
 * Lints a CA certificate, records the intention durably and then signs, since a CA certificate that exists but is
 * not in the record would be the worst of all losses. Gives the row for the caller to commit. Throws LINT_FAILED
 * and LOCKED before anything is recorded.
 */
export async function signAuthority(
  rooms: Rooms,
  context: Context,
  side: SigningSide,
  plan: Omit<AuthorityPlan, 'serialNumber'>,
  realmId: string,
  intention: Intention,
): Promise<NewCertificate> {
  const { store, signer, vault } = rooms;
  const serialNumber = newRandomSerialNumber();
  const tbs = authorityToBeSigned({ ...plan, serialNumber }, side);
  vault.requireOpen();
  const { statements = [], event } = intention;
  const detail = { ...event.detail, serialNumber: Buffer.from(serialNumber).toString('hex').toUpperCase() };
  await store.commit({ statements, events: [auditEvent(rooms, context, { ...event, detail })] });
  const signature = await signer.sign(side.keyId, tbs, side.signatureAlgorithm);
  return certificateRow(assembleSigned(tbs, side.signatureAlgorithm, signature), {
    realmId,
    authorityId: side.authorityId,
    isAuthority: 1,
    requestedBy: context.principal.name,
    requestedById: context.principal.id,
    now: rooms.clock(),
  });
}
