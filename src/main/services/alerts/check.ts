import type { CheckFinding } from '../../../shared/operations/alerts.ts';
import type { Output, ParsedInput } from '../../../shared/operations/index.ts';
import { addDuration, parseDuration } from '../../domain/index.ts';
import type { Issuer } from '../authorities/authority-directory.ts';
import { dueAt } from '../authorities/crl-parts.ts';
import { crlSettingsOf } from '../authorities/crl-settings.ts';
import type { Context } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { alertText } from './alert-texts.ts';

const mostListed = 100;

type Found = Pick<CheckFinding, 'kind' | 'id' | 'name'> & { readonly at: number };

/** What ends within the spans and nobody has renewed, as of now: it asks the certificates and not the alerts. */
export async function check(
  rooms: Rooms,
  input: ParsedInput<'system.check'>,
  { principal }: Context,
): Promise<Output<'system.check'>> {
  const realmIds = await rooms.realms.scope(principal, input.realm);
  const now = rooms.clock();
  const spanMs = addDuration(now, parseDuration(input.expiring)).getTime() - now.getTime();
  const ending = { realmIds, from: now.getTime() - spanMs, to: now.getTime() + spanMs };
  const { rows, total } = await rooms.store.certificates.ending(ending, mostListed);
  const certificates = rows.map(({ id, commonName, notAfter }): Found => {
    const kind = notAfter < now.getTime() ? 'certificate.expired' : 'certificate.expiring';
    return { kind, id, name: commonName, at: notAfter };
  });
  const issuers = [...(await rooms.authorities.all()).values()].filter(
    ({ row }) => row.status === 'active' && realmIds.includes(row.realmId),
  );
  const authorities = issuers.filter(
    ({ row, certificate }) => row.successorId === null && certificate.notAfter.getTime() < ending.to,
  );
  const found: Found[] = [
    ...authorities.map(({ row, certificate }): Found => {
      return { kind: 'authority.expiring', id: row.id, name: row.slug, at: certificate.notAfter.getTime() };
    }),
    ...(await endingCrls(rooms, issuers, now, addDuration(now, parseDuration(input.crl)).getTime())),
    ...certificates,
  ];
  const findings = found.map((one) => ({
    ...one,
    at: new Date(one.at).toISOString(),
    message: alertText(one.kind, one),
  }));
  return { ok: found.length === 0, findings, total: total + found.length - certificates.length };
}

/** What is replaced in time is no finding, however short it lasts. */
async function endingCrls(
  { store }: Rooms,
  issuers: readonly Issuer[],
  now: Date,
  to: number,
): Promise<Found[]> {
  const byId = new Map(issuers.map((issuer) => [issuer.row.id, issuer.row]));
  return (await store.crls.summaries()).flatMap((crl): Found[] => {
    const row = byId.get(crl.authorityId);
    if (!row || crl.nextUpdate >= to || now.getTime() < dueAt(crl, crlSettingsOf(row))) return [];
    return [{ kind: 'crl.overdue', id: row.id, name: row.slug, at: crl.nextUpdate }];
  });
}
