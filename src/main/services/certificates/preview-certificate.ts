/** Says what would be signed, what the policy and the rules say to it, and signs nothing. */
import { ChanceryError } from '../../../shared/errors.ts';
import type { KeyAlgorithm } from '../../../shared/model/algorithms.ts';
import type { PolicyDefinition } from '../../../shared/model/policy.ts';
import type { CertificatePreview } from '../../../shared/operations/certificates.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { Signer } from '../../keys/index.ts';
import { assembleSigned, newSerialNumber, sectionsAsText, viewFields } from '../../x509/index.ts';
import { shardFor } from '../authorities/crl-shard.ts';
import type { Context } from '../context.ts';
import { defaultProfile, type ProfileInUse, requireProfile } from '../policies/profile-in-use.ts';
import type { Rooms } from '../rooms.ts';
import { findingsBeforeSigning } from './lint-before-signing.ts';
import { type PreparedLeaf, prepareLeaf } from './prepare-leaf.ts';
import { leafToBeSigned } from './sign-leaf.ts';

/** Stands where the serial number will be drawn. */
const placeholderSerial = newSerialNumber(Buffer.alloc(16, 0x11));

/** A public key of each algorithm, in place of one that is generated with the certificate; made when asked for. */
const placeholderKeys = new Map<KeyAlgorithm, Promise<Uint8Array>>();

/** Throws NOT_FOUND and CONFLICT as issuing does; what is wrong with the certificate itself is the answer. */
export async function previewCertificate(
  rooms: Rooms,
  input: ParsedInput<'certificates.preview'>,
  context: Context,
): Promise<CertificatePreview> {
  const profile =
    input.profile === undefined
      ? await defaultProfile(rooms, context)
      : await requireProfile(rooms, context, input.profile, input.realm);
  try {
    return await lookAt(rooms, profile, await prepareLeaf(rooms, profile, input, rooms.clock()));
  } catch (error) {
    if (!(error instanceof ChanceryError) || error.violations === undefined) throw error;
    return refused(error.violations);
  }
}

async function lookAt(
  rooms: Rooms,
  { definition, row }: ProfileInUse,
  { issuer, request, commonName, violations }: PreparedLeaf,
): Promise<CertificatePreview> {
  if (commonName === undefined) return refused(violations);
  const { asked } = request;
  const spki = request.spki ?? (await placeholderKey(rooms.signer, asked.keyAlgorithm));
  const { tbs, signatureAlgorithm } = leafToBeSigned(issuer, asked, spki, placeholderSerial, {
    extensions: definition.extensions,
    nameConstraints: definition.nameConstraints,
  });
  const findings = findingsBeforeSigning(tbs, {
    profile: row.lint,
    isBlacklisted: await rooms.weakKeys.lookup(),
  }).filter(({ path }) => path[0] !== 'serialNumber');
  const drawnLater = fieldsDrawnLater(issuer, definition, request.spki !== null);
  const sections = viewFields(assembleSigned(tbs, signatureAlgorithm, new Uint8Array()))
    .filter(({ name }) => name !== 'signature' && name !== 'fingerprints')
    .map(({ name, fields }) => ({
      name,
      fields: fields
        .filter(({ name }) => !drawnLater.has(name))
        .map(({ critical, ...field }) => ({ ...field, ...(critical !== undefined && { critical }) })),
    }));
  return {
    ok: violations.length === 0 && findings.every(({ severity }) => severity !== 'error'),
    violations: copied(violations),
    findings: findings.map((finding) => ({ ...finding, item: 0, path: [...finding.path] })),
    sections,
    text: sectionsAsText(sections),
  };
}

/** What cannot even be written down. */
function refused(violations: PreparedLeaf['violations']): CertificatePreview {
  return { ok: false, violations: copied(violations), findings: [], sections: [], text: '' };
}

/** What is not known before it is signed: its number, the key that is generated with it, and what follows from them. */
function fieldsDrawnLater(
  issuer: PreparedLeaf['issuer'],
  { extensions }: PolicyDefinition,
  hasKey: boolean,
): ReadonlySet<string> {
  const isInShard = issuer !== null && shardFor(issuer.row, placeholderSerial) > 0;
  return new Set([
    'serialNumber',
    ...(hasKey ? [] : ['encoded', 'subjectKeyIdentifier']),
    ...(issuer === null ? ['authorityKeyIdentifier'] : []),
    ...(isInShard && !extensions?.crlDistributionPoints ? ['cRLDistributionPoints'] : []),
  ]);
}

async function placeholderKey(signer: Signer, algorithm: KeyAlgorithm): Promise<Uint8Array> {
  const made =
    placeholderKeys.get(algorithm) ?? signer.generate('preview', algorithm).then(({ spki }) => spki);
  placeholderKeys.set(algorithm, made);
  try {
    return await made;
  } catch (error) {
    placeholderKeys.delete(algorithm);
    throw error;
  }
}

function copied(violations: PreparedLeaf['violations']): CertificatePreview['violations'] {
  return violations.map(({ path, rule, message }) => ({ path: [...path], rule, message }));
}
