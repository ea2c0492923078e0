/** Authorities whose key is here and whose certificate comes from elsewhere: the request goes out as a file. */
import { ChanceryError } from '../../../shared/errors.ts';
import type { FileContent } from '../../../shared/model/basics.ts';
import type { AuthorityRequest } from '../../../shared/operations/authority-lifecycle.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import { newId } from '../../crypto/index.ts';
import type { AuthorityRow, NewAuthority } from '../../store/index.ts';
import {
  assembleSigned,
  buildCertificationRequest,
  encodeName,
  formatName,
  parseCsr,
  subjectKeyIdentifier,
  writePem,
} from '../../x509/index.ts';
import { type Context, reaches } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { chosenSignature } from './create-authority.ts';
import { keptExtensions } from './kept-extensions.ts';

/** Makes the key and the request, and the authority that waits for its certificate. */
export async function requestAuthority(
  rooms: Rooms,
  input: ParsedInput<'authorities.request'>,
  context: Context,
): Promise<AuthorityRequest> {
  const { store, signer, clock } = rooms;
  const realm = await rooms.realms.choose(context.principal, input.realm);
  const now = clock();
  const signatureAlgorithm = chosenSignature(input);
  const key = await signer.generate(newId(now), input.keyAlgorithm);
  const name = input.name ?? input.slug;
  const subjectDer = encodeName({ commonName: name, ...input.subject });
  const row: NewAuthority = {
    id: newId(now),
    realmId: realm.id,
    slug: input.slug,
    name,
    kind: 'intermediate',
    parentId: null,
    keyId: key.keyId,
    signatureAlgorithm: input.signatureAlgorithm ?? null,
    certificateId: null,
    externalChain: '',
    status: 'awaiting',
    publicationUrl: input.publicationUrl ?? null,
    createdAt: now.getTime(),
  };
  const info = buildCertificationRequest({
    subjectDer,
    spki: key.spki,
    extensions: {
      basicConstraints: { ca: true, pathLength: input.pathLength },
      keyUsages: ['digitalSignature', 'keyCertSign', 'cRLSign'],
      subjectKeyIdentifier: subjectKeyIdentifier(key.spki),
    },
  });
  // The key has to be in the store before it can sign; it becomes an authority only with its request.
  const begun = { type: 'authority.request-begun', realm: realm.id, detail: { slug: input.slug } };
  const own = { ...context, idempotency: null };
  await finish(rooms, own, { statements: [store.keys.insert(key, now)], event: begun }, undefined);
  const signature = await signer.sign(key.keyId, info, signatureAlgorithm);
  const der = assembleSigned(info, signatureAlgorithm, signature);
  const duplicate = {
    code: 'ALREADY_EXISTS',
    detail: `There is an authority '${input.slug}' already.`,
  } as const;
  const change = {
    statements: [store.authorities.insert(row, duplicate), store.authorityLine.addRequest(row.id, der)],
    event: {
      type: 'authority.requested',
      realm: realm.id,
      subject: { kind: 'authority', id: row.id, name: row.slug },
      detail: { keyAlgorithm: input.keyAlgorithm, subject: formatName(subjectDer) },
    },
  };
  return finish(rooms, context, change, presentRequest(row, der, realm.slug));
}

/** The authorities that wait, in the realms given. */
export async function listRequests(rooms: Rooms, realmIds: readonly string[]): Promise<AuthorityRequest[]> {
  const slugs = await rooms.realms.slugs();
  const requests: AuthorityRequest[] = [];
  for (const row of await rooms.store.authorities.all(realmIds)) {
    const der = row.status === 'awaiting' ? await rooms.store.authorityLine.request(row.id) : undefined;
    if (der) requests.push(presentRequest(row, der, slugs.get(row.realmId) ?? ''));
  }
  return requests;
}

/** Deletes an authority that waits, and its key. Throws NOT_FOUND, CONFLICT where it does not wait. */
export async function withdrawRequest(
  rooms: Rooms,
  reference: string,
  context: Context,
): Promise<Record<string, never>> {
  const row = await requireOwnKey(rooms, context, reference);
  if (row.status !== 'awaiting') {
    throw new ChanceryError({
      code: 'CONFLICT',
      detail: `The authority ${row.slug} has its certificate already.`,
    });
  }
  const event = {
    type: 'authority.withdrawn',
    realm: row.realmId,
    subject: { kind: 'authority', id: row.id, name: row.slug },
  };
  return finish(rooms, context, { statements: rooms.store.authorityLine.withdraw(row), event }, {});
}

/** The request as a file: the one that was made, or a new one for the certificate that it has. */
export async function authorityCsr(
  rooms: Rooms,
  { id, format }: ParsedInput<'authorities.csr'>,
  context: Context,
): Promise<FileContent> {
  const row = await requireOwnKey(rooms, context, id);
  const der = (await rooms.store.authorityLine.request(row.id)) ?? (await newRequest(rooms, row));
  const content = format === 'der' ? Buffer.from(der) : Buffer.from(writePem('CERTIFICATE REQUEST', der));
  return {
    fileName: `${row.slug}.${format === 'der' ? 'p10' : 'csr.pem'}`,
    mediaType: format === 'der' ? 'application/pkcs10' : 'application/x-pem-file',
    contentBase64: content.toString('base64'),
  };
}

/** An authority whose key is here, whether it has its certificate or waits for it. Throws NOT_FOUND. */
export async function requireOwnKey(
  rooms: Rooms,
  context: Context,
  reference: string,
): Promise<AuthorityRow> {
  const row = await rooms.store.authorities.find(reference);
  if (row && row.status !== 'creating' && reaches(context.principal, row.realmId)) return row;
  throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no authority '${reference}'.` });
}

async function newRequest(rooms: Rooms, row: AuthorityRow): Promise<Uint8Array> {
  const { certificate, signatureAlgorithm, subjectKeyIdentifier } = await rooms.authorities.issuer(row.id);
  const { subject, spki } = certificate;
  const extensions = { ...keptExtensions(certificate), subjectKeyIdentifier };
  const info = buildCertificationRequest({ subjectDer: subject.der, spki, extensions });
  const signature = await rooms.signer.sign(row.keyId, info, signatureAlgorithm);
  return assembleSigned(info, signatureAlgorithm, signature);
}

function presentRequest(
  row: Pick<NewAuthority, 'id' | 'slug' | 'name' | 'createdAt'>,
  der: Uint8Array,
  realm: string,
): AuthorityRequest {
  const { subjectDer, keyAlgorithm } = parseCsr(der);
  if (keyAlgorithm === null) throw new Error(`the key of ${row.slug} is of no known kind`);
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    realm,
    subject: formatName(subjectDer),
    keyAlgorithm,
    createdAt: new Date(row.createdAt).toISOString(),
    csr: writePem('CERTIFICATE REQUEST', der),
  };
}
