import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { Verification } from '../../../shared/operations/inspect.ts';
import {
  effectiveNameSpace,
  type ParsedCertificate,
  type PeerName,
  readPem,
  validateCertificate,
} from '../../x509/index.ts';
import type { Issuer } from '../authorities/authority-directory.ts';
import { type Context, reaches } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { itemsOf } from './items-of.ts';

/** Builds and validates the path of the first certificate. Throws INVALID_CERTIFICATE where there is none. */
export async function verifyFile(
  rooms: Rooms,
  input: ParsedInput<'inspect.verify'>,
  { principal }: Context,
): Promise<Verification> {
  const [target, ...others] = itemsOf(input.content, 'certificate', 'content');
  const time = input.at === undefined ? rooms.clock() : new Date(input.at);
  const own = [...(await rooms.authorities.all()).values()].filter(({ row }) =>
    reaches(principal, row.realmId),
  );
  const anchors = input.trust === undefined ? own.map(topOf) : itemsOf(input.trust, 'certificate', 'trust');
  const known = (await rooms.store.authorityLine.certificates())
    .filter(({ authorityId }) => own.some(({ row }) => row.id === authorityId))
    .map(({ der }) => der);
  const crls = input.crls === undefined ? currentCrls(rooms, own, time) : itemsOf(input.crls, 'crl', 'crls');
  const result = validateCertificate(
    target as Uint8Array,
    {
      anchors: anchors.map((certificate) => ({ certificate })),
      intermediates: [...others, ...own.map(({ certificate }) => certificate.der), ...known],
      crls,
    },
    { time, ...(input.peerName !== undefined && { peerNames: [peerNameOf(input.peerName)] }) },
  );
  return {
    ok: result.ok,
    path: shownPath(rooms, result.path, own, anchors),
    failures: result.ok ? [] : result.failures.map((failure) => ({ ...failure })),
    nameSpace: nameSpaceOf(result.path.slice(1)),
  };
}

/** The root of an authority of ours, or what comes next to it of a chain that does not reach its root. */
function topOf({ chain, certificate }: Issuer): Uint8Array {
  return readPem(chain.at(-1) ?? '')[0]?.der ?? certificate.der;
}

/** Those of our own that are in force at the time; one that has lapsed says nothing of then or now. */
function currentCrls({ store }: Rooms, own: readonly Issuer[], time: Date): Uint8Array[] {
  return own
    .map(({ row }) => store.crls.find(row.id))
    .filter((crl) => crl !== undefined)
    .filter(({ thisUpdate, nextUpdate }) => thisUpdate <= time.getTime() && time.getTime() <= nextUpdate)
    .map((crl) => Buffer.concat(store.crls.bytes(crl)));
}

function peerNameOf(value: string): PeerName {
  if (value.includes('@')) return { type: 'email', value };
  return { type: /^[0-9.]+$|:/.test(value) ? 'ip' : 'dns', value };
}

/** The certificates of the path with what our own records know of them. */
function shownPath(
  { store, clock }: Rooms,
  path: readonly ParsedCertificate[],
  own: readonly Issuer[],
  anchors: readonly Uint8Array[],
): Verification['path'] {
  const now = clock().getTime();
  const ownOf = (sought: ParsedCertificate | undefined) =>
    own.find(({ certificate }) => certificate.sha256Fingerprint === sought?.sha256Fingerprint);
  return path.map((certificate, index) => {
    const isAnchor = anchors.some((der) => Buffer.compare(der, certificate.der) === 0);
    const issuer = isAnchor ? undefined : ownOf(path[index + 1])?.row;
    const issued = issuer && store.certificates.issuedStatus(issuer.id, certificate.serialNumber);
    const crl = issuer && store.crls.find(issuer.id);
    const { subject, notBefore, notAfter, serialNumber, sha256Fingerprint } = certificate;
    return {
      subject: subject.text,
      issuer: certificate.issuer.text,
      serialNumber,
      notBefore: notBefore.toISOString(),
      notAfter: notAfter.toISOString(),
      sha256Fingerprint,
      keyAlgorithm: certificate.keyAlgorithm ?? certificate.keyDescription,
      authority: ownOf(certificate)?.row.slug ?? null,
      revocation: isAnchor ? 'anchor' : revocationOf(issued),
      crl:
        crl === undefined
          ? null
          : {
              number: crl.number,
              nextUpdate: new Date(crl.nextUpdate).toISOString(),
              isCurrent: crl.thisUpdate <= now && now <= crl.nextUpdate,
            },
    };
  });
}

function revocationOf(
  issued: { readonly revokedAt: number | null; readonly revocationReason: string | null } | undefined,
): Verification['path'][number]['revocation'] {
  if (issued === undefined) return 'unknown';
  if (issued.revokedAt === null) return 'good';
  return issued.revocationReason === 'certificateHold' ? 'held' : 'revoked';
}

function nameSpaceOf(authorities: readonly ParsedCertificate[]): Verification['nameSpace'] {
  if (authorities.length === 0) return null;
  const { permitted, excluded, pathLength } = effectiveNameSpace(authorities.map(({ der }) => der));
  const copied = (kinds: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(Object.entries(kinds).map(([kind, names]) => [kind, [...names]]));
  return { permitted: copied(permitted), excluded: copied(excluded), pathLength: pathLength ?? null };
}
