/** Certificates: listed, fetched, revoked, noted on, imported. */
import { z } from 'zod';
import { ChanceryError } from '../../../../shared/errors.ts';
import type { TextStream } from '../../../../shared/model/basics.ts';
import type { Input } from '../../../../shared/operations/index.ts';
import { fingerprint } from '../../../crypto/index.ts';
import { streamAnswer } from '../../file-answer.ts';
import { findCertificate } from './find-certificate.ts';
import { badRequest, type KeyfactorCall, pageOf, readBody, requireNumber } from './keyfactor-call.ts';
import { certificatePresenter } from './keyfactor-certificate.ts';
import type { KeyfactorEndpoint } from './keyfactor-endpoint.ts';
import { keyfactorError } from './keyfactor-error.ts';
import { ListAnswer } from './list-answer.ts';

const tag = 'Certificate';
const pageLimit = 500;

/** Orders by the names of their fields, and what clients call them besides. */
const sorts: Readonly<Record<string, NonNullable<Input<'certificates.list'>['sort']>>> = {
  ...{ id: 'createdAt', certid: 'createdAt', importdate: 'createdAt' },
  ...{ notbefore: 'notBefore', issueddate: 'notBefore', effectivedate: 'notBefore' },
  ...{ notafter: 'notAfter', expirationdate: 'notAfter' },
  ...{ issuedcn: 'commonName', cn: 'commonName', commonname: 'commonName' },
};

/** What narrows and orders a list. Throws INVALID_INPUT for an order that there is not. */
async function listInput({ query, numbers }: Pick<KeyfactorCall, 'query' | 'numbers'>) {
  const field = query.text('SortField');
  const by = field === undefined ? 'createdAt' : sorts[field.toLowerCase()];
  if (by === undefined)
    throw keyfactorError('0xA011004A', `Invalid sort field: ${(field ?? '').slice(0, 60)}.`);
  const isDescending = /^(?:1|false)$/i.test(query.text('SortAscending') ?? '');
  const collection = query.number('CollectionId', 0, 1_000_000_000);
  const exclude = [
    ...(query.flag('IncludeRevoked') ? [] : (['revoked', 'held'] as const)),
    ...(query.flag('IncludeExpired') ? [] : (['expired'] as const)),
  ];
  return {
    query: query.text('QueryString'),
    ...(collection > 0 && { collection: (await numbers.idOf(collection)) ?? '' }),
    exclude: [...exclude],
    sort: `${isDescending ? '-' : ''}${by}` as NonNullable<Input<'certificates.list'>['sort']>,
  };
}

const inclusions = (query: KeyfactorCall['query']) => ({
  includeMetadata: query.flag('IncludeMetadata'),
  includeHasPrivateKey: query.flag('IncludeHasPrivateKey'),
});

const list: KeyfactorEndpoint = {
  method: 'GET',
  path: '/Certificates',
  tag,
  summary: 'Returns all certificates that match the query',
  parameters: [
    {
      name: 'QueryString',
      description:
        'Conditions as field, operator and value, joined by AND, OR and parentheses, e.g. CN -contains "appsrvr" AND ExpirationDate -le "%TODAY+7%"',
    },
    { name: 'PageReturned', type: 'integer', description: 'From 1' },
    { name: 'ReturnLimit', type: 'integer', description: '50 where it is absent' },
    { name: 'SortField' },
    { name: 'SortAscending', type: 'integer', description: '0 for ascending, 1 for descending' },
    { name: 'CollectionId', type: 'integer' },
    { name: 'IncludeRevoked', type: 'boolean' },
    { name: 'IncludeExpired', type: 'boolean' },
    { name: 'IncludeMetadata', type: 'boolean' },
    { name: 'IncludeHasPrivateKey', type: 'boolean' },
    { name: 'IncludeLocations', type: 'boolean', description: 'Always empty' },
    { name: 'Verbose', type: 'integer' },
  ],
  run: async (call) => {
    const { offset, limit } = pageOf(call.query);
    const input = await listInput(call);
    const ids: string[] = [];
    let total = 0;
    for (let cursor: string | undefined; ; ) {
      const page = await call.perform('certificates.list', {
        ...input,
        limit: Math.min(pageLimit, limit - ids.length),
        ...(cursor === undefined ? { offset, countAll: true } : { cursor }),
      });
      if (cursor === undefined) total = page.total;
      ids.push(...page.items.map(({ id }) => id));
      if (page.nextCursor === null || ids.length >= limit) break;
      cursor = page.nextCursor;
    }
    const details = [];
    for (const id of ids) details.push(await call.perform('certificates.show', { id }));
    return new ListAnswer(await certificatePresenter(call, details, inclusions(call.query)), total);
  },
};

const csv: KeyfactorEndpoint = {
  method: 'GET',
  path: '/Certificates/CSV',
  tag,
  summary: 'Returns the certificates that match the query as CSV, as they come',
  parameters: [{ name: 'QueryString' }, { name: 'SortField' }, { name: 'CollectionId', type: 'integer' }],
  run: async (call) =>
    streamAnswer((await call.perform('certificates.export-csv', await listInput(call))) as TextStream),
};

async function byNumber(call: KeyfactorCall) {
  const { id } = await findCertificate(call, { CertID: requireNumber(call.path.id, 'certificate') });
  return call.perform('certificates.show', { id });
}

const get: KeyfactorEndpoint = {
  method: 'GET',
  path: '/Certificates/{id}',
  tag,
  summary: 'Returns a certificate',
  parameters: [
    { name: 'IncludeMetadata', type: 'boolean' },
    { name: 'IncludeLocations', type: 'boolean', description: 'Always empty' },
    { name: 'CollectionId', type: 'integer' },
  ],
  run: async (call) => {
    const shown = { ...inclusions(call.query), includeHasPrivateKey: true };
    const [one = {}] = await certificatePresenter(call, [await byNumber(call)], shown);
    return one;
  },
};

const history: KeyfactorEndpoint = {
  method: 'GET',
  path: '/Certificates/{id}/History',
  tag,
  summary: 'Returns what happened to a certificate',
  run: async (call) => {
    const one = await byNumber(call);
    const event = (at: string, user: string, action: string, comment: string) => ({
      ...{ OperationStart: at, OperationEnd: at, Username: user, Comment: comment, Action: action },
    });
    const issued = event(
      one.createdAt,
      one.requestedBy,
      one.importedFrom === null ? 'Issued' : 'Imported',
      '',
    );
    const revoked =
      one.revokedAt === null ? [] : [event(one.revokedAt, '', 'Revoked', one.revocationComment ?? '')];
    const events = [issued, ...revoked].map((one, index) => ({ Id: index + 1, ...one }));
    return ListAnswer.pageOf(events, pageOf(call.query));
  },
};

const Revoke = z.object({
  CertificateIds: z.array(z.int().min(1)).min(1).max(1000),
  Reason: z.int().min(-1).max(7).default(0),
  Comment: z.string().trim().min(1).max(1000),
  EffectiveDate: z.string().optional(),
  CollectionId: z.int().optional(),
});

const reasons = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'unspecified',
] as const;

const revoke: KeyfactorEndpoint = {
  method: 'POST',
  path: '/Certificates/Revoke',
  tag,
  summary: 'Revokes certificates; reason 6 is a hold, which -1 lifts',
  example: { CertificateIds: [1], Reason: 4, Comment: 'Replaced', EffectiveDate: '2026-01-31T00:00:00Z' },
  run: async (call) => {
    const { CertificateIds, Reason, Comment: comment } = readBody(Revoke, call.body);
    const chosen = [];
    // All are there before the first is revoked.
    for (const CertID of new Set(CertificateIds)) chosen.push(await findCertificate(call, { CertID }));
    for (const { id } of chosen) {
      if (Reason === -1) await call.perform('certificates.release', { id, comment });
      else
        await call.perform('certificates.revoke', { id, reason: reasons[Reason] ?? 'unspecified', comment });
    }
    const ids = chosen.map(({ number }) => number);
    return { RevokedIds: Reason === 6 ? [] : ids, SuspendedCerts: Reason === 6 ? ids : [] };
  },
};

const Notes = z.object({
  Id: z.int().min(1),
  Metadata: z.record(z.string().min(1).max(100), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** Texts; what is empty or null is to be cleared. */
export function notesOf(given: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === null || value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  );
}

const metadata: KeyfactorEndpoint = {
  method: 'PUT',
  path: '/Certificates/Metadata',
  tag,
  summary: 'Notes something about a certificate; fields that are not named stay as they are',
  example: { Id: 1, Metadata: { Owner: 'Web team' } },
  run: async (call) => {
    const { Id: CertID, Metadata: given } = readBody(Notes, call.body);
    const { id, metadata: before } = await findCertificate(call, { CertID });
    const kept = Object.entries(before).filter(([name]) => !Object.hasOwn(given, name));
    const notes = { ...Object.fromEntries(kept), ...notesOf(given) };
    await call.perform('certificates.metadata', { id, metadata: notes });
    return undefined;
  },
};

const Import = z.object({
  Certificate: z.string().min(1).max(1_000_000),
  Password: z.string().max(1024).optional(),
  Metadata: z.record(z.string(), z.unknown()).optional(),
});

const importOne: KeyfactorEndpoint = {
  method: 'POST',
  path: '/Certificates/Import',
  tag,
  summary: 'Imports a certificate from elsewhere, to watch over it; a private key stays out',
  example: { Certificate: 'MII...' },
  run: async (call) => {
    const { Certificate, Password, Metadata } = readBody(Import, call.body);
    const bytes = bytesOf(Certificate);
    const contentBase64 = bytes.toString('base64');
    const { refused } = await call.perform('certificates.import', {
      files: [{ name: 'KeyfactorAPI', contentBase64 }],
      realm: call.realm,
      ...(Password !== undefined && { passphrase: Password }),
    });
    if (refused[0]) throw badRequest(refused[0].reason);
    const thumbprint = fingerprint('sha1', bytes);
    const notes = notesOf(Metadata);
    if (Object.keys(notes).length > 0) {
      const { id } = await findCertificate(call, { Thumbprint: thumbprint });
      await call.perform('certificates.metadata', { id, metadata: notes });
    }
    return { ImportStatus: 0, JobStatus: 0, InvalidKeystores: [], Thumbprint: thumbprint };
  },
};

/** DER, from base64 of it or from PEM in one layer more. */
function bytesOf(text: string): Buffer {
  const pem = (some: string) => /-----BEGIN [^-]+-----([^-]+)-----END/.exec(some)?.[1];
  const outer = Buffer.from(pem(text) ?? text, 'base64');
  const inner = pem(outer.toString('latin1'));
  if (outer.length > 0) return inner === undefined ? outer : Buffer.from(inner, 'base64');
  throw new ChanceryError({
    code: 'INVALID_CERTIFICATE',
    detail: 'Certificate is not base64 of a certificate.',
  });
}

export const certificateEndpoints: readonly KeyfactorEndpoint[] = [
  list,
  csv,
  revoke,
  metadata,
  importOne,
  get,
  history,
];
