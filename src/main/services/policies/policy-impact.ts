import type { Violation } from '../../../shared/errors.ts';
import type { PolicyDefinition } from '../../../shared/model/policy.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { PolicyImpact } from '../../../shared/operations/policies.ts';
import { checkPolicy } from '../../domain/index.ts';
import type { Issuer } from '../authorities/authority-directory.ts';
import type { Context } from '../context.ts';
import { mapInTurns } from '../inspect/map-in-turns.ts';
import type { Rooms } from '../rooms.ts';
import { askedOfCertificate } from './asked-of-certificate.ts';
import { definitionOf, requirePolicy, requireUsable } from './require-policy.ts';

/** So many of the newest certificates are read again, in turns with what others ask. */
const mostChecked = 500;

/** Which profiles and certificates a change of the policy would touch, and which would not be issued any more. */
export async function policyImpact(
  rooms: Rooms,
  input: ParsedInput<'policies.impact'>,
  context: Context,
): Promise<PolicyImpact> {
  const { row, realm } = await requirePolicy(rooms, context, input.id, input.realm);
  requireUsable(input.definition);
  const users = (await rooms.profiles.all([realm.id])).filter(({ policy }) => policy.id === row.id);
  const profiles = users.map((user) => ({ id: user.row.id, slug: user.row.slug, name: user.row.name }));
  if (profiles.length === 0) {
    return { profiles, certificates: 0, certificatesAreCapped: false, checked: 0, refused: [] };
  }
  const page = await rooms.store.certificates.list({
    realmIds: [realm.id],
    profileIds: profiles.map(({ id }) => id),
    status: 'valid',
    sort: { by: 'createdAt', descending: true },
    limit: mostChecked,
    now: rooms.clock().getTime(),
  });
  const former = definitionOf(row);
  const refused: PolicyImpact['refused'] = [];
  const issuers = await rooms.authorities.all();
  const ders = await Promise.all(page.items.map(({ id }) => rooms.store.certificates.der(id)));
  const found = await mapInTurns(page.items, ({ authorityId }, index) => {
    const issuer = authorityId === null ? undefined : issuers.get(authorityId);
    return newViolations(ders[index], issuer, former, input.definition);
  });
  for (const [index, certificate] of page.items.entries()) {
    const violations = found[index] ?? [];
    if (violations.length === 0) continue;
    refused.push({
      id: certificate.id,
      commonName: certificate.commonName,
      profile: profiles.find(({ id }) => id === certificate.profileId)?.slug ?? '',
      notAfter: new Date(certificate.notAfter).toISOString(),
      violations: violations.map(({ path, rule, message }) => ({ path: [...path], rule, message })),
    });
  }
  return {
    profiles,
    certificates: page.total,
    certificatesAreCapped: page.totalIsCapped,
    checked: page.items.length,
    refused,
  };
}

/** What only the changed definition has against a certificate. */
function newViolations(
  der: Uint8Array | undefined,
  issuer: Issuer | undefined,
  former: PolicyDefinition,
  changed: PolicyDefinition,
): Violation[] {
  const asked = der && askedOfCertificate(der);
  if (!asked) return [];
  const whole = { ...asked, signatureAlgorithm: issuer?.signatureAlgorithm };
  const before = new Set(checkPolicy(former, whole).map(({ path, rule }) => JSON.stringify([path, rule])));
  return checkPolicy(changed, whole).filter(({ path, rule }) => !before.has(JSON.stringify([path, rule])));
}
