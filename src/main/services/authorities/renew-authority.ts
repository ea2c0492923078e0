import { ChanceryError } from '../../../shared/errors.ts';
import type { SignatureAlgorithm } from '../../../shared/model/algorithms.ts';
import type { Authority } from '../../../shared/operations/authorities.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import { newId } from '../../crypto/index.ts';
import type { StoredKey } from '../../keys/index.ts';
import type { NewAuthority } from '../../store/index.ts';
import type { Context } from '../context.ts';
import { type EventFields, finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { authorityValidity, requireRoom, type Validity } from './authority-content.ts';
import type { Issuer } from './authority-directory.ts';
import type { AuthorityPlan } from './build-authority.ts';
import { serialTaken } from './build-authority.ts';
import { chosenSignature } from './create-authority.ts';
import { keptExtensions } from './kept-extensions.ts';
import { presentAuthority } from './present-authority.ts';
import { type SigningSide, signAuthority, signedBy, signedByItself } from './sign-authority.ts';

type RenewInput = ParsedInput<'authorities.renew'>;

/** Another certificate for the same name and constraints: for the key that it has, or a new one. */
export async function renewAuthority(
  rooms: Rooms,
  current: Issuer,
  input: RenewInput,
  context: Context,
): Promise<Authority> {
  const parent = await newestParent(rooms, current);
  const { pathLength } = current.certificate;
  const validity = renewedValidity(current, parent, input, rooms.clock());
  if (parent) requireRoom(parent, validity, pathLength);
  const plan = {
    subjectDer: current.certificate.subject.der,
    ...validity,
    extensions: keptExtensions(current.certificate),
  };
  const { id } = input.reuseKey
    ? await renewWithItsKey(rooms, context, current, parent, input, plan)
    : await renewWithNewKey(rooms, context, current, parent, input, plan);
  return presentAuthority(rooms, id);
}

type Plan = Omit<AuthorityPlan, 'serialNumber' | 'spki' | 'subjectKeyIdentifier'>;

async function renewWithItsKey(
  rooms: Rooms,
  context: Context,
  current: Issuer,
  parent: Issuer | undefined,
  input: RenewInput,
  plan: Plan,
) {
  const { row, certificate, signatureAlgorithm } = current;
  if (input.keyAlgorithm !== undefined || input.signatureAlgorithm !== undefined)
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: 'A renewal with the same key keeps its algorithms.',
      violations: [
        { path: ['reuseKey'], rule: 'reuseKey.algorithm', message: 'leave away the algorithms, or reuseKey' },
      ],
    });
  const own = await rooms.store.certificates.find(row.certificateId ?? '');
  if (own && own.revokedAt !== null)
    throw new ChanceryError({
      code: 'CONFLICT',
      detail: `The certificate of ${row.slug} is revoked, and another one for its key would bring it back.`,
      hint: 'Renew it with a new key.',
    });
  const { spki } = certificate;
  const side = parent ? signedBy(parent) : signedByItself(row.id, row.keyId, signatureAlgorithm);
  // What it has issued calls the key by the identifier in the certificate that it had then.
  const stated = { ...plan, spki, subjectKeyIdentifier: current.subjectKeyIdentifier };
  const renewed = await signAuthority(rooms, context, side, stated, row.realmId, {
    statements: parent ? [rooms.store.authorities.mustBeActive(parent.row)] : [],
    event: begun(current, true),
  });
  const { store, clock } = rooms;
  const next = {
    certificateId: renewed.id,
    parentId: parent?.row.id ?? null,
    externalChain: '',
    kind: row.kind,
  };
  const event = ended(current, renewed, true);
  const statements = [
    ...store.certificates.insert(renewed, serialTaken),
    ...store.authorityLine.replaceCertificate(row, next, clock()),
  ];
  await finish(rooms, { ...context, idempotency: null }, { statements, event }, undefined);
  rooms.authorities.refresh();
  return { id: row.id };
}

async function renewWithNewKey(
  rooms: Rooms,
  context: Context,
  current: Issuer,
  parent: Issuer | undefined,
  input: RenewInput,
  plan: Plan,
) {
  const { store, signer, clock } = rooms;
  const { row } = current;
  const now = clock();
  const keyAlgorithm = input.keyAlgorithm ?? current.keyAlgorithm;
  const isSameKind = keyAlgorithm === current.keyAlgorithm;
  const signatureAlgorithm =
    input.signatureAlgorithm ?? (isSameKind ? (row.signatureAlgorithm as SignatureAlgorithm | null) : null);
  const own = chosenSignature({ keyAlgorithm, signatureAlgorithm: signatureAlgorithm ?? undefined });
  const key: StoredKey = await signer.generate(newId(now), keyAlgorithm);
  const id = newId(now);
  const stored = await store.authorities.findById(row.id);
  if (!stored) throw new Error(`authority ${row.id} is gone`);
  const { crlNumber: _, revision: __, successorId: ___, ...kept } = stored;
  const successor: NewAuthority = {
    ...kept,
    id,
    // Until it takes the place of the other, whose slug is unique.
    slug: `${stored.slug}.${stored.generation + 1}`,
    generation: stored.generation + 1,
    keyId: key.keyId,
    signatureAlgorithm,
    parentId: parent?.row.id ?? null,
    externalChain: '',
    certificateId: null,
    status: 'creating',
    createdAt: now.getTime(),
  };
  const side: SigningSide = parent ? signedBy(parent) : signedByItself(id, key.keyId, own);
  const renewed = await signAuthority(rooms, context, side, { ...plan, spki: key.spki }, row.realmId, {
    statements: [
      store.keys.insert(key, now),
      store.authorities.insert(successor, {
        code: 'CONFLICT',
        detail: `The authority ${row.slug} is being renewed already.`,
      }),
      ...(parent ? [store.authorities.mustBeActive(parent.row)] : []),
    ],
    event: begun(current, false),
  });
  const statements = [
    ...store.certificates.insert(renewed, serialTaken),
    ...store.authorityLine.succeed(stored, id, renewed.id),
  ];
  const event = ended(current, renewed, false);
  await finish(rooms, { ...context, idempotency: null }, { statements, event }, undefined);
  rooms.authorities.refresh();
  rooms.profiles.refresh();
  await rooms.crls.publish(id, context);
  return { id };
}

/** The authority above with its newest key; undefined for a root. Throws CONFLICT where it is not one of ours. */
async function newestParent(rooms: Rooms, { row }: Issuer): Promise<Issuer | undefined> {
  if (row.kind === 'root') return undefined;
  const parent = row.parentId === null ? undefined : await rooms.store.authorities.find(row.parentId);
  if (parent) return rooms.authorities.issuer(parent.id);
  throw new ChanceryError({
    code: 'CONFLICT',
    detail: `The certificate of ${row.slug} comes from an authority that is not here.`,
    hint: 'Export its certificate request, have it certified there, and install the certificate.',
  });
}

/** What was asked for; else as long as it was, but no longer than the one above. */
function renewedValidity(
  { certificate }: Issuer,
  parent: Issuer | undefined,
  input: RenewInput,
  now: Date,
): Validity {
  const seconds = Math.round((certificate.notAfter.getTime() - certificate.notBefore.getTime()) / 1000) + 1;
  const validity = authorityValidity(input, `PT${seconds}S`, now);
  const limit = parent?.certificate.notAfter;
  const isAsked = input.validity !== undefined || input.notAfter !== undefined;
  return limit && validity.notAfter > limit && !isAsked ? { ...validity, notAfter: limit } : validity;
}

function begun({ row }: Issuer, reuseKey: boolean): EventFields {
  const subject = { kind: 'authority', id: row.id, name: row.slug };
  return { type: 'authority.renewal-begun', realm: row.realmId, subject, detail: { reuseKey } };
}

function ended(
  { row, certificate }: Issuer,
  renewed: { readonly serialNumber: string; readonly sha256Fingerprint: string },
  reuseKey: boolean,
): EventFields {
  return {
    type: 'authority.renewed',
    realm: row.realmId,
    subject: { kind: 'authority', id: row.id, name: row.slug },
    detail: {
      reuseKey,
      serialNumber: renewed.serialNumber,
      fingerprint: renewed.sha256Fingerprint,
      formerSerialNumber: certificate.serialNumber,
    },
  };
}
