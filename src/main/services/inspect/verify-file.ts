import { ChanceryError } from '../../../shared/errors.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { Verification } from '../../../shared/operations/inspect.ts';
import {
  effectiveNameSpace,
  type FileKind,
  type ParsedCertificate,
  type PeerName,
  readPem,
  recognise,
  validateCertificate,
} from '../../x509/index.ts';
import type { Issuer } from '../authorities/authority-directory.ts';
import { type Context, reaches } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { contentBytes } from './content-bytes.ts';

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
    path: result.path.map(shown),
    failures: result.ok ? [] : result.failures.map((failure) => ({ ...failure })),
    nameSpace: nameSpaceOf(result.path.slice(1)),
  };
}

function itemsOf(content: string, kind: FileKind, field: string): Uint8Array[] {
  const found = recognise(contentBytes(content)).items.filter((item) => item.kind === kind);
  if (found.length > 0) return found.map(({ der }) => der);
  const message = `There is no ${kind === 'crl' ? 'CRL' : kind} in it.`;
  throw new ChanceryError({
    code: 'INVALID_CERTIFICATE',
    detail: message,
    violations: [{ path: [field], rule: 'content.kind', message }],
  });
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

function shown(certificate: ParsedCertificate): Verification['path'][number] {
  const { subject, issuer, serialNumber, notBefore, notAfter, sha256Fingerprint } = certificate;
  return {
    subject: subject.text,
    issuer: issuer.text,
    serialNumber,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    sha256Fingerprint,
  };
}

function nameSpaceOf(authorities: readonly ParsedCertificate[]): Verification['nameSpace'] {
  if (authorities.length === 0) return null;
  const { permitted, excluded, pathLength } = effectiveNameSpace(authorities.map(({ der }) => der));
  const copied = (kinds: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(Object.entries(kinds).map(([kind, names]) => [kind, [...names]]));
  return { permitted: copied(permitted), excluded: copied(excluded), pathLength: pathLength ?? null };
}
