/**
 * What RFC 5280 section 4 asks of whoever issues certificates. Validators need not look at it (section 6 does
 * not), so these rules count in the stricter profiles only.
 */
import { extensionOids } from '../extensions/extension-oids.ts';
import { criticalityOf, type PathCertificate } from './path-certificate.ts';
import type { Report } from './path-failure.ts';
import type { ValidationProfile } from './validation-options.ts';
import { webPkiRules } from './web-pki-form.ts';

export interface FormRule {
  readonly rule: string;
  readonly section: string;
  readonly message: string;
  /** Left out where the other profile takes it easier. */
  readonly only?: ValidationProfile;
  readonly isBroken: (certificate: PathCertificate, place: CertificatePlace) => boolean;
}

export interface CertificatePlace {
  readonly isTarget: boolean;
  readonly isAnchor: boolean;
}

/** The criticality that section 4.2 demands where the standard says MUST. */
function criticality(name: keyof typeof extensionOids, critical: boolean, section: string): FormRule {
  return {
    rule: `${name}.criticality`,
    section: `RFC 5280 section ${section}`,
    message: `Its ${name} is ${critical ? 'not ' : ''}critical, but must ${critical ? '' : 'not '}be.`,
    isBroken: (certificate) => criticalityOf(certificate, extensionOids[name]) === !critical,
  };
}

const rules: readonly FormRule[] = [
  criticality('authorityKeyIdentifier', false, '4.2.1.1'),
  criticality('subjectKeyIdentifier', false, '4.2.1.2'),
  criticality('subjectDirectoryAttributes', false, '4.2.1.8'),
  { ...criticality('nameConstraints', true, '4.2.1.10'), only: 'rfc5280' },
  criticality('policyConstraints', true, '4.2.1.11'),
  criticality('inhibitAnyPolicy', true, '4.2.1.14'),
  criticality('freshestCRL', false, '4.2.1.15'),
  criticality('authorityInfoAccess', false, '4.2.2.1'),
  criticality('subjectInfoAccess', false, '4.2.2.2'),
  {
    rule: 'authorityKeyIdentifier.missing',
    section: 'RFC 5280 section 4.2.1.1',
    message: 'It does not name the key of its issuer (authorityKeyIdentifier).',
    // An anchor's issuer is of no interest: its trust comes from elsewhere (section 6.1.1 (d)).
    isBroken: ({ parsed }, { isAnchor }) => parsed.authorityKeyIdentifier === undefined && !isAnchor,
  },
  {
    rule: 'subjectKeyIdentifier.missing',
    section: 'RFC 5280 section 4.2.1.2',
    message: 'It is of an authority but does not name its key (subjectKeyIdentifier).',
    isBroken: ({ parsed }) => parsed.isCa && parsed.subjectKeyIdentifier === undefined,
  },
  {
    rule: 'subject.empty',
    section: 'RFC 5280 section 4.1.2.6',
    message: 'It is of an authority but has no subject.',
    isBroken: ({ parsed, subject }) => parsed.isCa && subject.parts.length === 0,
  },
  {
    rule: 'issuer.empty',
    section: 'RFC 5280 section 4.1.2.4',
    message: 'It has no issuer.',
    isBroken: ({ issuer }) => issuer.parts.length === 0,
  },
  {
    rule: 'subjectAltName.criticality',
    section: 'RFC 5280 section 4.2.1.6',
    message: 'It has no subject, and its subjectAltName is not critical as it must be then.',
    isBroken: (certificate) =>
      certificate.subject.parts.length === 0 &&
      criticalityOf(certificate, extensionOids.subjectAltName) === false,
  },
  {
    rule: 'serialNumber.notPositive',
    section: 'RFC 5280 section 4.1.2.2',
    message: 'Its serial number is not positive.',
    // Old roots have 0, and nothing refers to a root by its number.
    isBroken: ({ serialNumber }, { isAnchor }) => !isAnchor && !isPositive(serialNumber),
  },
  {
    rule: 'basicConstraints.criticality',
    section: 'RFC 5280 section 4.2.1.9',
    message: 'It is of an authority, and its basicConstraints are not critical as they must be.',
    isBroken: (certificate) =>
      certificate.parsed.isCa && criticalityOf(certificate, extensionOids.basicConstraints) === false,
  },
  {
    rule: 'keyUsage.certSignWithoutCa',
    section: 'RFC 5280 section 4.2.1.9',
    message: 'Its key usage has keyCertSign, but it is not of an authority.',
    isBroken: ({ parsed }) => parsed.keyUsages.includes('keyCertSign') && !parsed.isCa,
  },
  {
    rule: 'pathLength.withoutCertSign',
    section: 'RFC 5280 section 4.2.1.9',
    message: 'It limits the path length, but is not of an authority that may sign certificates.',
    isBroken: (certificate) =>
      certificate.parsed.pathLength !== undefined &&
      (!certificate.parsed.isCa ||
        (criticalityOf(certificate, extensionOids.keyUsage) !== undefined &&
          !certificate.parsed.keyUsages.includes('keyCertSign'))),
  },
  {
    rule: 'nameConstraints.withoutCa',
    section: 'RFC 5280 section 4.2.1.10',
    message: 'It has name constraints, but is not of an authority.',
    isBroken: ({ parsed, nameConstraints }) => nameConstraints !== undefined && !parsed.isCa,
  },
];

function isPositive(integer: Uint8Array): boolean {
  return (integer[0] as number) < 0x80 && integer.some((byte) => byte !== 0);
}

/** Reports what is wrong with the form of a certificate, as far as the profile asks for it. */
export function reportForm(
  certificate: PathCertificate,
  index: number,
  profile: ValidationProfile,
  report: Report,
  isAnchor = false,
): void {
  if (profile === 'path') return;
  const place: CertificatePlace = { isTarget: index === 0 && !isAnchor, isAnchor };
  for (const { rule, section, message, only, isBroken } of profile === 'webpki'
    ? [...rules, ...webPkiRules]
    : rules) {
    if (only !== undefined && only !== profile) continue;
    if (isBroken(certificate, place)) report(index, rule, section, message);
  }
}
