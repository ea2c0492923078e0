import { ChanceryError } from '../../../shared/errors.ts';
import type { Input, Output, ParsedInput } from '../../../shared/operations/index.ts';
import { newId, randomBytes } from '../../crypto/index.ts';
import { type AlertAddress, alertAddressViolations } from '../../domain/index.ts';
import { readCertificates } from '../../x509/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import {
  destinationPresenter,
  type KnownDestination,
  knownDestination,
  noSuchDestination,
  requireDestination,
} from './present-destination.ts';

type Given = Input<'alert-destinations.update'>;

const nowhere: AlertAddress = {
  url: null,
  host: null,
  port: null,
  security: null,
  username: null,
  sender: null,
  recipients: null,
  trust: null,
};
/** Of 256 bits, behind the prefix by which libraries of Standard Webhooks know it. */
const secretPrefix = 'whsec_';
/** Who changes one of these could have the password sent to himself. */
const boundToPassword = ['host', 'port', 'security', 'username', 'trust'] as const;

/** What the password or the signing secret of a destination is sealed for. */
export const destinationPurpose = (id: string) => `alert-destination:${id}`;

/** The signing secret of a webhook, sealed, and as it is shown once. */
export function newSigningSecret({ vault }: Rooms, id: string) {
  const secret = randomBytes(32);
  const sealed = vault.seal(destinationPurpose(id), secret);
  const signingSecret = secretPrefix + secret.toString('base64');
  secret.fill(0);
  return { sealed, signingSecret };
}

/** Throws INVALID_INPUT with all that is wrong with the address, NOT_FOUND for a realm. */
export async function createDestination(
  rooms: Rooms,
  input: ParsedInput<'alert-destinations.create'>,
  context: Context,
): Promise<Output<'alert-destinations.create'>> {
  const { kind, name, notices, password, enabled = true, realms = null } = input;
  const address = addressOf(nowhere, input);
  requireGood(kind, address, password !== undefined);
  const realmIds = await realmIdsOf(rooms, context, realms);
  const now = rooms.clock();
  const id = newId(now);
  const webhook = kind === 'webhook' ? newSigningSecret(rooms, id) : null;
  const row = {
    id,
    name,
    kind,
    kinds: JSON.stringify([...new Set(notices)]),
    realms: realmIds && JSON.stringify(realmIds),
    enabled: Number(enabled),
    settings: JSON.stringify(address),
    sealed: webhook?.sealed ?? sealedPassword(rooms, id, password) ?? null,
    createdAt: now.getTime(),
  };
  const fresh = { failures: 0, lost: 0, lastError: null, nextAttemptAt: 0, lastDeliveredAt: null };
  const sealed = row.sealed && Buffer.from(row.sealed);
  const known = knownDestination({ ...row, ...fresh, sealed });
  const present = await destinationPresenter(rooms);
  return finish(
    rooms,
    context,
    {
      statements: [rooms.store.alertDestinations.insert(row)],
      event: eventOf('alert-destination.created', known),
    },
    { ...present(known), ...(webhook && { signingSecret: webhook.signingSecret }) },
  );
}

/** What is absent stays; one that is switched off is told nothing, and what waits for it is let go. */
export async function updateDestination(
  rooms: Rooms,
  input: ParsedInput<'alert-destinations.update'>,
  context: Context,
): Promise<Output<'alert-destinations.update'>> {
  const former = await requireDestination(rooms, context, input.id);
  const { row } = former;
  const address = addressOf(former.address, input);
  const sealed = row.kind === 'webhook' ? row.sealed : passwordOf(rooms, former, address, input.password);
  const hasPassword = row.kind === 'webhook' ? input.password !== undefined : sealed !== null;
  requireGood(row.kind, address, hasPassword);
  const realmIds =
    input.realms === undefined ? former.realmIds : await realmIdsOf(rooms, context, input.realms);
  const change = {
    name: input.name ?? row.name,
    kinds: input.notices ? JSON.stringify([...new Set(input.notices)]) : row.kinds,
    realms: realmIds && JSON.stringify(realmIds),
    enabled: Number(input.enabled ?? row.enabled === 1),
    settings: JSON.stringify(address),
    sealed,
  };
  const { alertDestinations } = rooms.store;
  const known = knownDestination({
    ...row,
    ...change,
    sealed: sealed && Buffer.from(sealed),
    nextAttemptAt: 0,
  });
  const present = await destinationPresenter(rooms);
  return finish(
    rooms,
    context,
    {
      statements: [
        alertDestinations.update(row.id, change, noSuchDestination(row.id)),
        ...(change.enabled === 1 ? [] : [alertDestinations.forget(row.id)]),
      ],
      event: eventOf('alert-destination.updated', known),
    },
    present(known),
  );
}

/** For the audit; of an address its host alone, since what is behind it may be a secret. */
export function eventOf(type: string, { row, address, kinds, realmIds }: KnownDestination) {
  const host = address.url === null ? address.host : new URL(address.url).host;
  return {
    type,
    subject: { kind: 'alert-destination', id: row.id, name: row.name },
    detail: { kind: row.kind, host, kinds, realms: realmIds, enabled: row.enabled === 1 },
  };
}

function addressOf(former: AlertAddress, given: Omit<Given, 'id'>): AlertAddress {
  const names = Object.keys(nowhere) as (keyof AlertAddress)[];
  const fields = names.map((name) => [name, given[name] === undefined ? former[name] : given[name]]);
  return Object.fromEntries(fields) as unknown as AlertAddress;
}

function requireGood(kind: 'webhook' | 'smtp', address: AlertAddress, hasPassword: boolean): void {
  const violations = alertAddressViolations(kind, address, hasPassword);
  if (address.trust !== null && readCertificates(address.trust).length === 0)
    violations.push({ path: ['trust'], rule: 'pem', message: 'there is no certificate in it' });
  if (violations.length === 0) return;
  throw new ChanceryError({
    code: 'INVALID_INPUT',
    detail: 'The destination cannot be reached as it is described.',
    violations,
  });
}

/** Of the realms named, each of which the caller reaches; null for all, where the caller reaches those. */
async function realmIdsOf(
  rooms: Rooms,
  { principal }: Context,
  references: readonly string[] | null,
): Promise<string[] | null> {
  if (references !== null) {
    const realms = await Promise.all(references.map((one) => rooms.realms.require(principal, one)));
    return [...new Set(realms.map(({ id }) => id))];
  }
  if (principal.realms === 'all') return null;
  const message = 'Name the realms: only who acts in all of them can mean all.';
  throw new ChanceryError({
    code: 'INVALID_INPUT',
    detail: message,
    violations: [{ path: ['realms'], rule: 'required', message }],
  });
}

/** The one given; else the one there is, unless it would go to somebody else by now. */
function passwordOf(
  rooms: Rooms,
  { row, address: former }: KnownDestination,
  address: AlertAddress,
  given: string | undefined,
): Uint8Array | null {
  const isElsewhere = boundToPassword.some((field) => address[field] !== former[field]);
  return sealedPassword(rooms, row.id, given) ?? (isElsewhere ? null : row.sealed);
}

function sealedPassword({ vault }: Rooms, id: string, password: string | undefined): Uint8Array | undefined {
  return password === undefined ? undefined : vault.seal(destinationPurpose(id), Buffer.from(password));
}
