import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CrlSettings } from '../../../shared/model/crl-settings.ts';
import type { Signer } from '../../keys/index.ts';
import type { AuthorityRow, CrlRow, CrlSummary, Store } from '../../store/index.ts';
import type { CertListFields } from '../../x509/index.ts';
import { type Context, systemContext } from '../context.ts';
import { auditEvent } from '../finish.ts';
import type { Clock } from '../rooms.ts';
import type { AuthorityDirectory, Issuer } from './authority-directory.ts';
import { type CrlEntries, collectCrlEntries, encodeChanges, isConflict } from './crl-entries.ts';
import { type DeltaBase, deltaBase, deltaPart, shardsBehind, wholePart } from './crl-parts.ts';
import { crlSettingsOf } from './crl-settings.ts';
import { lintCrl, lintCrlEntries } from './lint-crl.ts';
import { crlUrls } from './publication-urls.ts';
import { signDelta, signSegments } from './sign-crl.ts';

const hourMs = 3_600_000;
/** Each conflict means that an entry has changed between reading it and keeping it. */
const mostConflicts = 50;

export interface CrlIssuing {
  readonly store: Store;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly authorities: AuthorityDirectory;
}

/** What all the CRLs that are issued at one moment share. */
interface Round {
  readonly issuer: Issuer;
  readonly settings: CrlSettings;
  readonly fields: CertListFields;
  readonly entries: CrlEntries;
  readonly delta: { readonly base: DeltaBase; readonly der: Uint8Array; readonly count: number } | undefined;
  readonly shards: readonly number[];
}

/**
 * Numbers that were taken durably and not used yet, by authority: each CRL takes the number of the next one as it
 * is stored, so that one flush of the disk is enough for both.
 */
export type TakenNumbers = Map<string, number>;

/** Issues and stores an authority's CRLs, all with one number, and gives back the whole list. Throws LOCKED, LINT_FAILED. */
export async function issueCrls(
  parts: CrlIssuing,
  taken: TakenNumbers,
  authorityId: string,
  context: Context = systemContext,
): Promise<CrlRow> {
  const { store } = parts;
  for (let conflicts = 0; ; conflicts += 1) {
    const number = await takenNumber(store, taken, authorityId);
    const round = await beginRound(parts, authorityId, number);
    const rows = await signRound(parts, round);
    const [whole] = rows;
    if (!whole) throw new Error('a CRL was asked for and none was signed');
    const dropped = round.settings.deltas ? [] : [store.crls.remove(authorityId, deltaPart)];
    const statements = [
      ...round.entries.keeping,
      ...dropped,
      ...store.crls.store(authorityId, rows),
      store.authorities.takeCrlNumber(authorityId, number),
    ];
    try {
      await store.commit({ statements, events: [issuedEvent(parts, context, round, whole)] });
      taken.set(authorityId, number + 1);
      return whole;
    } catch (error) {
      if (!isConflict(error) || conflicts >= mostConflicts) throw error;
      await nextTurn();
    }
  }
}

/** A number that nobody else has, durably; it is used up by this call, whatever comes of it. */
async function takenNumber(store: Store, taken: TakenNumbers, authorityId: string): Promise<number> {
  const kept = taken.get(authorityId);
  taken.delete(authorityId);
  if (kept !== undefined) return kept;
  const row = await requireRow(store, authorityId);
  await store.commit({
    statements: [store.authorities.takeCrlNumber(authorityId, row.crlNumber)],
    events: [],
  });
  return row.crlNumber + 1;
}

/** Collects what there is to say, and checks it, before anything is signed. */
async function beginRound(parts: CrlIssuing, authorityId: string, number: number): Promise<Round> {
  const { store, clock, authorities } = parts;
  const issuer = await authorities.issuer(authorityId);
  const row = await requireRow(store, authorityId);
  const settings = crlSettingsOf(row);
  const issued = new Map<string, CrlSummary>();
  for (const crl of await store.crls.summaries())
    if (crl.authorityId === authorityId) issued.set(crl.part, crl);
  const fields = fieldsOf(issuer, settings, number, clock());
  const now = fields.thisUpdate.getTime();
  const entries = await collectCrlEntries(store, authorityId, (fresh) => lintCrlEntries(fields, fresh));
  const base = deltaBase(issued, settings, now);
  // In the same turn as the entries, so that the delta says what the whole list says.
  const changed = base && store.crlSegments.changedSince(authorityId, base.revision);
  const delta = base &&
    changed && { base, der: encodeChanges(changed, fields.thisUpdate), count: changed.length };
  const shards = urlsOf(issuer) ? shardsBehind(issued, entries.segments, settings, now) : [];
  return { issuer, settings, fields, entries, delta, shards };
}

/** The whole list first. */
async function signRound({ store, signer }: CrlIssuing, round: Round): Promise<CrlRow[]> {
  const { issuer, settings, fields, entries, delta, shards } = round;
  const { id, keyId } = issuer.row;
  const urls = urlsOf(issuer);
  const revoked = {
    revision: entries.revision,
    segments: entries.segments,
    read: function* (numbers: readonly number[]) {
      for (const number of numbers) {
        const added = entries.added.get(number);
        if (added) yield added;
        else yield* store.crls.segments(id, [number]);
      }
    },
  };
  const as = { signer, keyId, authorityId: id };
  const sign = (part: string, more: Partial<CertListFields>, shard?: number) => {
    const own =
      shard === undefined ? revoked.segments : revoked.segments.filter((one) => one.shard === shard);
    const all = { ...fields, ...more };
    lintCrl(all);
    return signSegments(as, part, all, { ...revoked, segments: own });
  };
  const rows = [await sign(wholePart, { freshestCrl: settings.deltas ? urls?.delta : undefined })];
  if (delta) {
    const all = { ...fields, baseCrlNumber: delta.base.number };
    lintCrl(all);
    rows.push(await signDelta(as, all, delta, entries.revision));
  }
  for (const shard of shards) {
    rows.push(await sign(String(shard), { distributionPoint: urls?.shard(shard) }, shard));
  }
  return rows;
}

function urlsOf({ publishedAs, row: { publicationUrl } }: Issuer) {
  return crlUrls({ publishedAs, publicationUrl });
}

function fieldsOf(issuer: Issuer, settings: CrlSettings, crlNumber: number, now: Date): CertListFields {
  // Whole seconds are all that a CRL can say.
  const thisUpdate = new Date(Math.floor(now.getTime() / 1000) * 1000);
  return {
    signatureAlgorithm: issuer.signatureAlgorithm,
    issuerDer: issuer.certificate.subject.der,
    thisUpdate,
    nextUpdate: new Date(thisUpdate.getTime() + settings.validityHours * hourMs),
    crlNumber,
    authorityKeyIdentifier: issuer.subjectKeyIdentifier,
  };
}

function issuedEvent(
  { clock }: CrlIssuing,
  context: Context,
  { issuer, delta, shards }: Round,
  whole: CrlRow,
): string {
  const { id, realmId, slug } = issuer.row;
  return auditEvent({ clock }, context, {
    type: 'crl.issued',
    realm: realmId,
    subject: { kind: 'authority', id, name: slug },
    detail: {
      number: whole.number,
      entries: whole.entries,
      nextUpdate: new Date(whole.nextUpdate).toISOString(),
      ...(delta && { delta: { base: delta.base.number, entries: delta.count } }),
      ...(shards.length > 0 && { shards }),
    },
  });
}

async function requireRow(store: Store, authorityId: string): Promise<AuthorityRow> {
  const row = await store.authorities.findById(authorityId);
  if (!row) throw new Error(`authority ${authorityId} is gone`);
  return row;
}
