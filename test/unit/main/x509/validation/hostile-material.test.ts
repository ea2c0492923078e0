import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  assembleOcspResponse,
  buildOcspRequest,
  buildTbsOcspResponse,
  encodeName,
  readOcspRequest,
  responderKeyHash,
  validateCertificate,
} from '../../../../../src/main/x509/index.ts';
import { certificateIssuer, makeCrl, reason, scope } from '../support/crl-parts.ts';
import {
  caExtensions,
  createAuthority,
  generateKey,
  issue,
  issueCrl,
  selfSigned,
} from '../support/test-authority.ts';

const root = createAuthority('ecdsa-p256');
const rootDer = selfSigned(root);
const serialNumber = Uint8Array.of(0x40, 1, 2, 3, 4, 5, 6, 7);
const leaf = issue(root, {
  subjectDer: encodeName({ commonName: 'leaf' }),
  spki: generateKey('ecdsa-p256').spki,
  serialNumber,
  extensions: {
    ...caExtensions,
    subjectAltNames: [
      { type: 'dns', value: 'a.example' },
      { type: 'email', value: 'a@a.example' },
    ],
    crlDistributionPoints: ['http://a.example/crl'],
  },
});
const indirect = makeCrl(root, {
  extensions: [scope((writer) => void writer.value(0x84, Uint8Array.of(0xff)))],
  entries: [{ serial: serialNumber, extensions: [reason(1), certificateIssuer(root.nameDer)] }],
});
const request = buildOcspRequest([{ issuerNameDer: root.nameDer, issuerSpki: root.spki, serialNumber }]);
const tbs = buildTbsOcspResponse({
  responderKeyHash: responderKeyHash(root.spki),
  producedAt: new Date(),
  statuses: [
    {
      certIdDer: readOcspRequest(request).certIds[0]?.der ?? request,
      status: 'good',
      thisUpdate: new Date(),
    },
  ],
});
const response = assembleOcspResponse(tbs, root.algorithm, new Uint8Array(70), [leaf]);

/** The bytes with up to four of them changed. */
function mutated(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(fc.nat(original.length - 1), fc.integer({ min: 0, max: 255 }));
  return fc.array(change, { maxLength: 4 }).map((changes) => {
    const bytes = Uint8Array.from(original);
    for (const [at, value] of changes) bytes[at] = value;
    return bytes;
  });
}

it('says what is wrong with any certificate and any material, and never throws', () => {
  const material = fc.tuple(
    mutated(leaf),
    mutated(rootDer),
    mutated(issueCrl(root, [])),
    mutated(indirect),
    mutated(response),
  );
  fc.assert(
    fc.property(material, ([certificate, anchor, crl, otherCrl, ocspResponse]) => {
      const result = validateCertificate(
        certificate,
        {
          anchors: [{ certificate: anchor }, { certificate: rootDer }],
          intermediates: [certificate],
          crls: [crl, otherCrl],
          ocspResponses: [ocspResponse],
        },
        { time: new Date(), profile: 'webpki', revocation: 'require' },
      );
      expect(result.ok || result.failures.length > 0).toBe(true);
    }),
    { seed: 20_261_122, numRuns: 1500 },
  );
});
