import { describe, expect, it } from 'vitest';
import {
  assembleOcspResponse,
  buildOcspRequest,
  buildTbsOcspResponse,
  type CertificateStatus,
  encodeName,
  parseCertificate,
  readOcspRequest,
  responderKeyHash,
  type ValidationMaterial,
  type ValidationOptions,
  validateCertificate,
} from '../../../../../src/main/x509/index.ts';
import { deltaOf, makeCrl, reason } from '../support/crl-parts.ts';
import {
  caExtensions,
  createAuthority,
  generateKey,
  type Issued,
  issue,
  issueCrl,
  selfSigned,
  signWith,
  type TestAuthority,
} from '../support/test-authority.ts';

const now = new Date();
const hour = 3_600_000;
const serialNumber = Uint8Array.of(0x40, 1, 2, 3, 4, 5, 6, 7);

const root = createAuthority('ecdsa-p256', { commonName: 'Root' });
const issuing = createAuthority('ecdsa-p256', { commonName: 'Issuing' });
const rootDer = selfSigned(root);
const leafKey = generateKey('ecdsa-p256');

function below(authority: TestAuthority, of: TestAuthority, more: Partial<Issued> = {}): Uint8Array {
  return issue(authority, { subjectDer: of.nameDer, spki: of.spki, extensions: caExtensions, ...more });
}

function leafOf(authority: TestAuthority, more: Partial<Issued> = {}): Uint8Array {
  return issue(authority, {
    subjectDer: encodeName({ commonName: 'leaf' }),
    spki: leafKey.spki,
    serialNumber,
    extensions: {
      keyUsages: ['digitalSignature'],
      extendedKeyUsages: ['serverAuth'],
      subjectAltNames: [{ type: 'dns', value: '*.a.example' }],
    },
    ...more,
  });
}

const issuingDer = below(root, issuing);
const leaf = leafOf(issuing);
const material: ValidationMaterial = { anchors: [{ certificate: rootDer }], intermediates: [issuingDer] };

function validate(
  der = leaf,
  more: Partial<ValidationMaterial> = {},
  options: Partial<ValidationOptions> = {},
) {
  return validateCertificate(der, { ...material, ...more }, { time: now, ...options });
}

/** `index rule` of every failure; empty for a valid path. */
function failuresOf(...input: Parameters<typeof validate>): string[] {
  const result = validate(...input);
  return result.ok ? [] : result.failures.map(({ certificateIndex, rule }) => `${certificateIndex} ${rule}`);
}

describe('a path', () => {
  it('leads from the certificate to the anchor', () => {
    const result = validate();
    expect(result.ok && result.path.map(({ subject }) => subject.text)).toEqual([
      'CN=leaf',
      'CN=Issuing',
      'CN=Root',
    ]);
  });

  it('may end at a bare name and key', () => {
    expect(failuresOf(leaf, { anchors: [{ subjectDer: root.nameDer, spki: root.spki }] })).toEqual([]);
  });

  it('is not found without its middle, and says whose certificate is missing', () => {
    const result = validate(leaf, { intermediates: [] });
    expect(result.ok || result.failures[0]).toMatchObject({
      rule: 'trustAnchor.missing',
      certificateIndex: 0,
    });
    expect(result.ok || result.failures[0]?.message).toContain('CN=Issuing');
  });

  it('says that a certificate at hand could not be read when none leads on', () => {
    const broken = issuingDer.subarray(0, 100);
    expect(failuresOf(leaf, { intermediates: [broken] })).toEqual([
      '0 trustAnchor.missing',
      '0 material.unreadable',
    ]);
  });

  it('does not trust another key of the same name, and says so', () => {
    const impostor = createAuthority('ecdsa-p256', { commonName: 'Root' });
    expect(failuresOf(leaf, { anchors: [{ certificate: selfSigned(impostor) }] })).toEqual([
      '1 signature.invalid',
    ]);
  });

  it('gives all that is wrong at once', () => {
    const expired = leafOf(issuing, {
      notBefore: new Date(+now - 2 * hour),
      notAfter: new Date(+now - hour),
    });
    const options = {
      extendedKeyUsages: ['clientAuth'],
      peerNames: [{ type: 'dns', value: 'b.example' }],
    } as const;
    expect(failuresOf(expired, {}, options)).toEqual([
      '0 validity.expired',
      '0 extendedKeyUsage.missing',
      '0 peerName.mismatch',
    ]);
  });

  it('takes the other way where a cross certificate has expired', () => {
    const oldRoot = createAuthority('ecdsa-p256', { commonName: 'Old root' });
    const expired = below(oldRoot, issuing, {
      notBefore: new Date(+now - 2 * hour),
      notAfter: new Date(+now - hour),
    });
    const anchors = [{ certificate: selfSigned(oldRoot) }, { certificate: rootDer }];
    expect(failuresOf(leaf, { anchors, intermediates: [expired, issuingDer] })).toEqual([]);
  });

  it('does not pass one that is no authority', () => {
    const holder = { ...issuing, ...leafKey, nameDer: encodeName({ commonName: 'leaf' }) };
    const bogus = leafOf(holder, { subjectDer: encodeName({ commonName: 'bogus' }) });
    expect(failuresOf(bogus, { intermediates: [issuingDer, leaf] })).toEqual([
      '1 basicConstraints.notCa',
      '1 keyUsage.noCertSign',
    ]);
  });

  it('respects the path length of an authority, and the depth that is wanted', () => {
    const limited = selfSigned(root, { ...caExtensions, basicConstraints: { ca: true, pathLength: 0 } });
    expect(failuresOf(leaf, { anchors: [{ certificate: limited }] })).toEqual(['1 pathLength']);
    expect(failuresOf(leaf, {}, { maxDepth: 0 })).toEqual(['0 trustAnchor.missing']);
  });

  it('says that a certificate cannot be read', () => {
    expect(failuresOf(Uint8Array.of(1, 2, 3))).toEqual(['0 certificate.unreadable']);
  });
});

describe('the search', () => {
  it('ends in a maze of authorities that have all signed one another', () => {
    const authorities = Array.from({ length: 12 }, (_, i) =>
      createAuthority('ecdsa-p256', { commonName: `A${i}` }),
    );
    const maze = authorities.flatMap((a) => authorities.filter((b) => b !== a).map((b) => below(a, b)));
    const rules = failuresOf(leafOf(authorities[0] as TestAuthority), { intermediates: maze });
    expect(rules).toContain('0 search.tooLong');
  });

  it('finds the way among many namesakes by the key identifier', () => {
    const namesakes = Array.from({ length: 200 }, () => ({ ...issuing, ...generateKey('ecdsa-p256') }));
    const intermediates = [...namesakes.map((namesake) => below(root, namesake)), issuingDer];
    expect(failuresOf(leaf, { intermediates })).toEqual([]);
  });
});

describe('the name of a peer', () => {
  const isFor = (type: 'dns' | 'ip' | 'email', value: string) =>
    failuresOf(leaf, {}, { peerNames: [{ type, value }] }).length === 0;

  it('matches a wildcard by one whole label', () => {
    expect(isFor('dns', 'www.a.example')).toBe(true);
    expect(isFor('dns', 'WWW.A.example.')).toBe(true);
    expect(isFor('dns', 'a.example')).toBe(false);
    expect(isFor('dns', 'x.www.a.example')).toBe(false);
    expect(isFor('dns', '*.a.example')).toBe(false);
  });

  it('is never the common name', () => {
    expect(isFor('dns', 'leaf')).toBe(false);
  });
});

describe('revocation by CRL', () => {
  const require = { revocation: 'require' } as const;
  const rootCrl = issueCrl(root, []);
  const revoked = { serialNumber, revokedAt: new Date(+now - hour), reason: 'keyCompromise' } as const;

  it('is required of every certificate where it is required', () => {
    expect(failuresOf(leaf, { crls: [rootCrl] }, require)).toEqual(['0 revocation.undetermined']);
    expect(failuresOf(leaf, { crls: [rootCrl, issueCrl(issuing, [])] }, require)).toEqual([]);
  });

  it('counts where a CRL is at hand, and not where it is to be ignored', () => {
    const crls = [issueCrl(issuing, [revoked])];
    expect(failuresOf(leaf, { crls })).toEqual(['0 revocation.revoked']);
    expect(failuresOf(leaf, { crls }, { revocation: 'ignore' })).toEqual([]);
  });

  it('does not believe a CRL of another key, nor one that is overdue', () => {
    const forged = issueCrl({ ...issuing, ...generateKey('ecdsa-p256') }, [revoked]);
    expect(failuresOf(leaf, { crls: [forged] })).toEqual(['0 revocation.undetermined']);
    const overdue = makeCrl(issuing, { nextUpdate: new Date(+now - 1000) });
    expect(failuresOf(leaf, { crls: [overdue] })).toEqual(['0 revocation.undetermined']);
  });

  it('does not believe a CRL of an authority that may not sign it', () => {
    const silent = below(root, issuing, { extensions: { ...caExtensions, keyUsages: ['keyCertSign'] } });
    const crls = [issueCrl(issuing, [])];
    expect(failuresOf(leaf, { intermediates: [silent], crls })).toEqual(['0 revocation.undetermined']);
  });

  it('follows the delta CRL, also where it takes an entry back', () => {
    const aki = issueCrl(issuing, [], 1);
    const base = issueCrl(issuing, [revoked], 1);
    const taken = (code: number, authority = issuing) =>
      makeCrl(authority, {
        entries: [{ serial: serialNumber, extensions: [reason(code)] }],
        extensions: [
          {
            oid: '2.5.29.35',
            value: (writer) => void writer.sequence(() => writer.value(0x80, issuing.keyIdentifier)),
          },
          { oid: '2.5.29.20', value: (writer) => void writer.integer(2) },
          deltaOf(1),
        ],
      });
    expect(failuresOf(leaf, { crls: [aki, taken(1)] })).toEqual(['0 revocation.revoked']);
    expect(failuresOf(leaf, { crls: [base, taken(8)] })).toEqual([]);
  });
});

describe('revocation by OCSP', () => {
  const fields = {
    issuerNameDer: issuing.nameDer,
    issuerSpki: issuing.spki,
    serialNumber,
  };
  const certIdDer = readOcspRequest(buildOcspRequest([fields])).certIds[0]?.der ?? new Uint8Array();

  function answer(
    status: CertificateStatus['status'],
    signer: TestAuthority = issuing,
    certificates: Uint8Array[] = [],
    thisUpdate = new Date(+now - 1000),
  ): Uint8Array {
    const tbs = buildTbsOcspResponse({
      responderKeyHash: responderKeyHash(signer.spki),
      producedAt: thisUpdate,
      statuses: [{ certIdDer, status, thisUpdate, nextUpdate: new Date(+thisUpdate + hour) }],
    });
    return assembleOcspResponse(
      tbs,
      signer.algorithm,
      signWith(signer.algorithm, tbs, signer.privateKey),
      certificates,
    );
  }

  it('believes the issuer', () => {
    expect(failuresOf(leaf, { ocspResponses: [answer('good')] })).toEqual([]);
    expect(failuresOf(leaf, { ocspResponses: [answer({ revokedAt: now, reason: 'superseded' })] })).toEqual([
      '0 revocation.revoked',
    ]);
    expect(failuresOf(leaf, { ocspResponses: [answer('unknown')] })).toEqual(['0 revocation.undetermined']);
  });

  it('believes whom the issuer has delegated, and nobody else', () => {
    const responder = createAuthority('ecdsa-p256', { commonName: 'Responder' });
    const certificate = (by: TestAuthority, purpose: string) =>
      issue(by, {
        subjectDer: responder.nameDer,
        spki: responder.spki,
        extensions: { extendedKeyUsages: [purpose] },
      });
    const by = (der: Uint8Array) => failuresOf(leaf, { ocspResponses: [answer('good', responder, [der])] });
    expect(by(certificate(issuing, 'OCSPSigning'))).toEqual([]);
    expect(by(certificate(issuing, 'serverAuth'))).toEqual(['0 revocation.undetermined']);
    expect(by(certificate(root, 'OCSPSigning'))).toEqual(['0 revocation.undetermined']);
  });

  it('does not believe old answers', () => {
    const old = answer('good', issuing, [], new Date(+now - 2 * hour));
    expect(failuresOf(leaf, { ocspResponses: [old] })).toEqual(['0 revocation.undetermined']);
  });

  it('takes revoked for revoked, whoever says good', () => {
    const crls = [issueCrl(issuing, [{ serialNumber, revokedAt: now }])];
    expect(failuresOf(leaf, { crls, ocspResponses: [answer('good')] })).toEqual(['0 revocation.revoked']);
  });
});

it('the test issues what it means to', () => {
  expect(parseCertificate(leaf).serialNumber).toBe('4001020304050607');
});
