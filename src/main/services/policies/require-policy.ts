import { ChanceryError } from '../../../shared/errors.ts';
import { PolicyDefinition } from '../../../shared/model/policy.ts';
import type { Policy } from '../../../shared/operations/policies.ts';
import { checkPolicyDefinition } from '../../domain/index.ts';
import type { PolicyRow, RealmRow } from '../../store/index.ts';
import { CertificateTemplate, encodeName } from '../../x509/index.ts';
import { fixedExtensions } from '../certificates/leaf-template.ts';
import type { Context } from '../context.ts';
import type { Rooms } from '../rooms.ts';

export interface PolicyInRealm {
  readonly row: PolicyRow;
  readonly realm: RealmRow;
}

/** The policy of that slug or id in the realm named, or in one that the caller reaches. Throws NOT_FOUND. */
export async function requirePolicy(
  rooms: Rooms,
  { principal }: Context,
  reference: string,
  realmReference: string | undefined,
): Promise<PolicyInRealm> {
  const realmIds = await rooms.realms.scope(principal, realmReference);
  const rows = await rooms.store.policies.policies(realmIds);
  const found = rows.filter(({ id, slug }) => id === reference || slug === reference);
  const [first] = found;
  if (!first)
    throw new ChanceryError({
      code: 'NOT_FOUND',
      detail: `There is no policy '${reference}'.`,
      ...(rows.length > 0 && {
        hint: `Policies that are there: ${rows.map(({ slug }) => slug).join(', ')}.`,
      }),
    });
  const realm =
    found.length === 1
      ? await rooms.realms.require(principal, first.realmId)
      : await rooms.realms.choose(principal, realmReference);
  return { row: found.find(({ realmId }) => realmId === realm.id) ?? first, realm };
}

/** The definition in a row. */
export function definitionOf({ definition }: Pick<PolicyRow, 'definition'>): PolicyDefinition {
  return PolicyDefinition.parse(JSON.parse(definition));
}

/** As callers see it. */
export function presentPolicy(row: PolicyRow, realm: string): Policy {
  const { id, slug, name, version } = row;
  const createdAt = new Date(row.createdAt).toISOString();
  return { id, slug, name, realm, version, definition: definitionOf(row), createdAt };
}

/** Throws INVALID_INPUT for what no certificate could keep or have: better now than at every issuance. */
export function requireUsable(definition: PolicyDefinition): void {
  const violations = checkPolicyDefinition(definition);
  if (violations.length > 0) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: `The policy cannot be kept: ${violations[0]?.message}`,
      violations: violations.map((one) => ({ ...one, path: ['definition', ...one.path] })),
    });
  }
  const { extensions, nameConstraints } = definition;
  if (!extensions && !nameConstraints) return;
  new CertificateTemplate({
    signatureAlgorithm: 'ecdsa-sha256',
    issuerDer: encodeName({ commonName: 'any' }),
    extensions: { ...(extensions && fixedExtensions(extensions)), nameConstraints },
  });
}
