import { ChanceryError } from '../../../shared/errors.ts';
import { keyAlgorithmFacts, type SignatureAlgorithm } from '../../../shared/model/algorithms.ts';
import type { Authority } from '../../../shared/operations/authorities.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import { newId } from '../../crypto/index.ts';
import type { NewAuthority } from '../../store/index.ts';
import { encodeName } from '../../x509/index.ts';
import { type Context, reaches } from '../context.ts';
import { auditEvent, finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { authorityExtensions, authorityValidity, pathLengthBelow, requireRoom } from './authority-content.ts';
import type { Issuer } from './authority-directory.ts';
import { serialTaken } from './build-authority.ts';
import { presentAuthority } from './present-authority.ts';
import { signAuthority, signedBy, signedByItself } from './sign-authority.ts';

const defaultValidity = { root: 'P10Y', intermediate: 'P5Y' } as const;

/** Creates a root, or an authority below another. */
export async function createAuthority(
  rooms: Rooms,
  input: ParsedInput<'authorities.create'>,
  context: Context,
): Promise<Authority> {
  const { store, signer, clock } = rooms;
  const realm = await rooms.realms.choose(context.principal, input.realm);
  const parent =
    input.parent === undefined ? undefined : await findParent(rooms, context, input.parent, realm.id);
  const now = clock();
  const kind = parent ? 'intermediate' : 'root';
  const validity = authorityValidity(input, defaultValidity[kind], now);
  const name = input.name ?? input.slug;
  const pathLength = input.pathLength ?? (parent ? pathLengthBelow(parent) : undefined);
  if (parent) requireRoom(parent, validity, pathLength);

  const signatureAlgorithm = chosenSignature(input);

  const authorityId = newId(now);
  const key = await signer.generate(newId(now), input.keyAlgorithm);
  const row: NewAuthority = {
    id: authorityId,
    realmId: realm.id,
    slug: input.slug,
    name,
    kind,
    parentId: parent?.row.id ?? null,
    keyId: key.keyId,
    signatureAlgorithm: input.signatureAlgorithm ?? null,
    certificateId: null,
    externalChain: '',
    status: 'creating',
    publicationUrl: input.publicationUrl ?? null,
    createdAt: now.getTime(),
  };
  const subject = { kind: 'authority', id: authorityId, name: input.slug };
  const certificate = await signAuthority(
    rooms,
    context,
    parent ? signedBy(parent) : signedByItself(authorityId, key.keyId, signatureAlgorithm),
    {
      subjectDer: encodeName({ commonName: name, ...input.subject }),
      spki: key.spki,
      ...validity,
      extensions: authorityExtensions(input, pathLength),
    },
    realm.id,
    {
      statements: [
        store.keys.insert(key, now),
        store.authorities.insert(row, {
          code: 'ALREADY_EXISTS',
          detail: `There is an authority '${input.slug}' already.`,
        }),
        ...(parent ? [store.authorities.mustBeActive(parent.row)] : []),
      ],
      event: {
        type: 'authority.creation-begun',
        realm: realm.id,
        subject,
        detail: { kind, keyAlgorithm: input.keyAlgorithm },
      },
    },
  );
  const change = {
    statements: [
      ...store.certificates.insert(certificate, serialTaken),
      store.authorities.activate(authorityId, certificate.id),
    ],
    event: {
      type: 'authority.created',
      realm: realm.id,
      subject,
      detail: { kind, serialNumber: certificate.serialNumber, fingerprint: certificate.sha256Fingerprint },
    },
  };
  await finish(rooms, { ...context, idempotency: null }, change, undefined);
  rooms.authorities.refresh();
  await rooms.crls.publish(authorityId, context);
  return presentAuthority(rooms, authorityId);
}

/** What was asked for, if the key can do it, or what such keys usually do. */
export function chosenSignature({
  keyAlgorithm,
  signatureAlgorithm,
}: Pick<ParsedInput<'authorities.create'>, 'keyAlgorithm' | 'signatureAlgorithm'>): SignatureAlgorithm {
  const { label, signatureAlgorithms } = keyAlgorithmFacts[keyAlgorithm];
  if (signatureAlgorithm === undefined) return signatureAlgorithms[0];
  if (signatureAlgorithms.includes(signatureAlgorithm)) return signatureAlgorithm;
  const message = `A key of ${label} signs with ${signatureAlgorithms.join(', ')}.`;
  throw new ChanceryError({
    code: 'INVALID_INPUT',
    detail: message,
    violations: [{ path: ['signatureAlgorithm'], rule: 'authority.signatureAlgorithm', message }],
  });
}

async function findParent(
  rooms: Rooms,
  context: Context,
  reference: string,
  realmId: string,
): Promise<Issuer> {
  const row = await rooms.store.authorities.find(reference);
  if (!row || !reaches(context.principal, row.realmId) || row.realmId !== realmId) {
    throw new ChanceryError({
      code: 'NOT_FOUND',
      detail: `There is no authority '${reference}' in this realm.`,
    });
  }
  return rooms.authorities.issuer(row.id);
}

/** Takes back what a crash left between intention and certificate; the serial number stays in the record. */
export async function abandonUnfinished(rooms: Rooms, context: Context): Promise<void> {
  const { store } = rooms;
  for (const row of await store.authorities.all(null)) {
    if (row.status !== 'creating') continue;
    const event = auditEvent(rooms, context, {
      type: 'authority.creation-abandoned',
      realm: row.realmId,
      subject: { kind: 'authority', id: row.id, name: row.slug },
    });
    await store.commit({ statements: store.authorities.abandon(row), events: [event] });
  }
}
