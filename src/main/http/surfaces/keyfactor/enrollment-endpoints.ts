/** Enrolment: with a request, or with a key generated here. */
import { z } from 'zod';
import type { KeyAlgorithm } from '../../../../shared/model/algorithms.ts';
import type { SubjectAltName } from '../../../../shared/model/names.ts';
import { subjectFromText } from '../../../../shared/model/subject-text.ts';
import type { Answer, Output } from '../../../../shared/operations/index.ts';
import { notesOf } from './certificate-endpoints.ts';
import { formatOf } from './file-endpoints.ts';
import { badRequest, type KeyfactorCall, readBody } from './keyfactor-call.ts';
import { base64Of } from './keyfactor-certificate.ts';
import type { KeyfactorEndpoint } from './keyfactor-endpoint.ts';
import { allProfiles } from './template-endpoints.ts';

const tag = 'Enrollment';

const asked = {
  CertificateAuthority: z.string().max(500).optional(),
  Template: z.string().max(200).optional(),
  EnrollmentPatternId: z.int().optional(),
  IncludeChain: z.boolean().default(false),
  SANs: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  Metadata: z.record(z.string(), z.unknown()).optional(),
};
type Asked = z.output<z.ZodObject<typeof asked>>;

const nameTypes: Readonly<Record<string, SubjectAltName['type']>> = {
  ...{ dns: 'dns', dnsname: 'dns', ip: 'ip', ip4: 'ip', ip6: 'ip', ipaddress: 'ip', uri: 'uri' },
  ...{ mail: 'email', email: 'email', rfc822: 'email', upn: 'upn' },
};

/** In the order in which they are given. */
function namesOf(given: Asked['SANs']): SubjectAltName[] | undefined {
  const names = Object.entries(given ?? {}).flatMap(([kind, values]) => {
    const type = nameTypes[kind.toLowerCase()];
    if (type === undefined) throw badRequest(`SANs has no kind '${kind.slice(0, 40)}'.`);
    return [values].flat().map((value) => ({ type, value }));
  });
  return names.length > 0 ? names : undefined;
}

/** The profile that template or pattern name; none for the caller's own. Throws INVALID_INPUT. */
async function profileOf(
  call: KeyfactorCall,
  { Template, EnrollmentPatternId, CertificateAuthority }: Asked,
) {
  if (!Template && !EnrollmentPatternId) return undefined;
  const patternId = EnrollmentPatternId ? await call.numbers.idOf(EnrollmentPatternId) : undefined;
  const wanted = Template?.toLowerCase();
  const found = (await allProfiles(call)).find(
    ({ id, slug, name }) => id === patternId || slug === wanted || name.toLowerCase() === wanted,
  );
  if (!found) throw badRequest(`There is no template '${Template ?? EnrollmentPatternId}' that you may use.`);
  await requireIssuer(call, found, CertificateAuthority);
  return found;
}

/** A profile has its issuer: another one that is asked for could not be had. */
async function requireIssuer(
  { perform }: KeyfactorCall,
  { issuer, slug }: Output<'profiles.show'>,
  given: string | undefined,
): Promise<void> {
  const wanted = given?.slice(given.lastIndexOf('\\') + 1).toLowerCase();
  if (!wanted || issuer === null || wanted === issuer) return;
  const { name } = await perform('authorities.show', { id: issuer });
  if (name.toLowerCase() === wanted) return;
  throw badRequest(`Certificates of the template ${slug} are issued by ${issuer}, not by ${given}.`);
}

function pemOf(csr: string): string {
  const text = csr.trim();
  if (text.startsWith('-----'))
    return text.replace(/(BEGIN|END) NEW CERTIFICATE REQUEST/g, '$1 CERTIFICATE REQUEST');
  const lines = text.replace(/\s/g, '').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines.join('\n')}\n-----END CERTIFICATE REQUEST-----\n`;
}

/** What both ways answer of the certificate, or of the request that waits. */
async function informationOf(call: KeyfactorCall, answer: Answer<'certificates.issue'>) {
  if ('requestId' in answer) {
    const numberOf = await call.numbers.of([answer.requestId]);
    return {
      ...{ SerialNumber: null, IssuerDN: null, Thumbprint: null, id: 0 },
      KeyfactorRequestId: numberOf(answer.requestId) ?? 0,
      RequestDisposition: 'PENDING',
      DispositionMessage: 'The request waits for an approval.',
    };
  }
  const { serialNumber, issuer, sha1Fingerprint, number } = await call.perform('certificates.show', {
    id: answer.id,
  });
  return {
    ...{ SerialNumber: serialNumber, IssuerDN: issuer, Thumbprint: sha1Fingerprint, id: number },
    KeyfactorRequestId: 0,
    RequestDisposition: 'ISSUED',
    DispositionMessage: 'The certificate was issued.',
  };
}

const byCsr: KeyfactorEndpoint = {
  method: 'POST',
  path: '/Enrollment/CSR',
  tag,
  summary: 'Issues a certificate for the key of a request (PKCS#10)',
  parameters: [{ name: 'x-certificateformat', in: 'header', description: 'PEM or DER' }],
  example: { CSR: '-----BEGIN CERTIFICATE REQUEST-----...', Template: 'tls-server', IncludeChain: true },
  run: async (call) => {
    const body = readBody(z.object({ ...asked, CSR: z.string().min(1).max(100_000) }), call.body);
    const profile = await profileOf(call, body);
    const metadata = notesOf(body.Metadata);
    const answer = await call.perform('certificates.issue', {
      ...{ profile: profile?.id, csr: pemOf(body.CSR), subjectAltNames: namesOf(body.SANs) },
      ...(Object.keys(metadata).length > 0 && { metadata }),
    });
    const { id, ...information } = await informationOf(call, answer);
    const pems =
      'requestId' in answer ? [] : [answer.certificate, ...(body.IncludeChain ? answer.chain : [])];
    const Certificates = formatOf(call, 'PEM') === 'DER' ? pems.map(base64Of) : pems;
    return {
      CertificateInformation: { ...information, KeyfactorID: id, Certificates, EnrollmentContext: null },
      Metadata: metadata,
    };
  },
};

const Pfx = z.object({
  ...asked,
  Subject: z.string().max(1000).optional(),
  Password: z.string().min(8).max(1024).optional(),
  CustomFriendlyName: z.string().min(1).max(255).optional(),
  KeyType: z.string().max(20).optional(),
  KeyLength: z.int().optional(),
  Curve: z.string().max(60).optional(),
});

const curves: Readonly<Record<string, KeyAlgorithm>> = {
  ...{ '256': 'ecdsa-p256', '384': 'ecdsa-p384', '521': 'ecdsa-p521' },
  ...{ '1.2.840.10045.3.1.7': 'ecdsa-p256', '1.3.132.0.34': 'ecdsa-p384', '1.3.132.0.35': 'ecdsa-p521' },
};

/** Undefined where nothing is said of the key, for the one of the profile. */
function keyAlgorithmOf({ KeyType, KeyLength, Curve }: z.output<typeof Pfx>): KeyAlgorithm | undefined {
  const type = KeyType?.toLowerCase();
  if (type === undefined) return undefined;
  if (type === 'ed25519' || type === 'ed448') return type;
  const found =
    type === 'rsa'
      ? ([2048, 3072, 4096] as const).find((bits) => bits === (KeyLength ?? 2048))
      : curves[Curve ?? String(KeyLength ?? 256)];
  if (found === undefined) throw badRequest('No key of that KeyType, KeyLength and Curve can be made here.');
  return typeof found === 'number' ? `rsa-${found}` : found;
}

const byPfx: KeyfactorEndpoint = {
  method: 'POST',
  path: '/Enrollment/PFX',
  tag,
  summary: 'Issues a certificate with a key generated here, and returns both as PKCS#12',
  example: {
    ...{ Subject: 'CN=appsrvr.keyexample.com', Password: 'at least 8 characters', Template: 'tls-server' },
    SANs: { dns: ['appsrvr.keyexample.com'] },
  },
  run: async (call) => {
    const body = readBody(Pfx, call.body);
    const profile = await profileOf(call, body);
    if (profile && profile.keyRetention !== 'sealed')
      throw badRequest(
        `Keys under the template ${profile.slug} are not kept, so that no PKCS#12 can be made.`,
      );
    if (body.Password === undefined) throw badRequest('Password is missing: it has at least 8 characters.');
    const metadata = notesOf(body.Metadata);
    const answer = await call.perform('certificates.issue', {
      ...{ profile: profile?.id, subject: body.Subject ? subjectFromText(body.Subject) : undefined },
      ...{ subjectAltNames: namesOf(body.SANs), keyAlgorithm: keyAlgorithmOf(body) },
      ...(Object.keys(metadata).length > 0 && { metadata }),
    });
    const { id, ...information } = await informationOf(call, answer);
    const file =
      'requestId' in answer
        ? null
        : await call.perform('certificates.private-key', {
            ...{ id: answer.id, passphrase: body.Password, friendlyName: body.CustomFriendlyName },
            reason: 'enrolled by KeyfactorAPI',
          });
    return {
      CertificateInformation: {
        ...{ ...information, KeyfactorId: id, KeyfactorID: id },
        ...{ Pkcs12Blob: file?.contentBase64 ?? null, Password: null, EnrollmentContext: null },
      },
      Metadata: metadata,
    };
  },
};

export const enrollmentEndpoints: readonly KeyfactorEndpoint[] = [byCsr, byPfx];
