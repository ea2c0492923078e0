/** Looking at files from anywhere: what they are, which rules they break, whether they are to be trusted. */
import { z } from 'zod';
import { bytesFromFile, Slug, Timestamp } from '../model/basics.ts';
import { operation } from './operation.ts';

const Content = z
  .string()
  .min(1)
  .max(1_000_000)
  .describe('Text (PEM, JWK, an SSH key), or the bytes of any file in base64')
  .meta(bytesFromFile);

export const severities = ['error', 'warning', 'notice'] as const;

export const LintFinding = z
  .strictObject({
    item: z.int().describe('Which of the things in the content, from 0'),
    severity: z.enum(severities),
    rule: z.string(),
    source: z.string().describe('Where the rule stands'),
    path: z.array(z.union([z.string(), z.int()])),
    message: z.string(),
    hint: z.string(),
  })
  .meta({ id: 'LintFinding', description: 'A rule that is broken' });
export type LintFinding = z.infer<typeof LintFinding>;

export const ViewSection = z
  .strictObject({
    name: z.string(),
    fields: z.array(
      z.strictObject({ name: z.string(), value: z.string(), critical: z.boolean().optional() }),
    ),
  })
  .meta({ id: 'ViewSection', description: 'Fields in the words of the standards' });
export type ViewSection = z.infer<typeof ViewSection>;

export const InspectedItem = z
  .strictObject({
    kind: z.string().describe('E.g. certificate, csr, crl, public-key, private-key, pkcs12'),
    label: z.string().optional().describe('The label of the PEM block, or the alias in a key store'),
    description: z.string(),
    problem: z.string().optional().describe('Why it cannot be read although its kind is plain'),
    sections: z.array(ViewSection),
    text: z.string().describe('The same as text, laid out as openssl does'),
    findings: z.array(LintFinding),
    asn1: z.string().optional().describe('The ASN.1 tree as text, where it was asked for'),
    fingerprints: z.strictObject({ sha256: z.string(), sha1: z.string() }).optional(),
  })
  .meta({ id: 'InspectedItem' });
export type InspectedItem = z.infer<typeof InspectedItem>;

export const Inspection = z
  .strictObject({
    kind: z.string(),
    encoding: z.string(),
    problem: z.string().optional(),
    items: z.array(InspectedItem),
  })
  .meta({ id: 'Inspection', description: 'What a file is. Nothing of a private key is in it.' });
export type Inspection = z.infer<typeof Inspection>;

export const inspectFile = operation({
  id: 'inspect.file',
  summary: 'Say what a file is and what is in it',
  description: 'Recognised by its content: certificates, requests, CRLs, keys, key stores, OCSP.',
  method: 'POST',
  path: '/inspect',
  input: z
    .strictObject({
      content: Content,
      asn1: z.boolean().optional().describe('Shows the ASN.1 tree too; of private keys never'),
    })
    .meta({ positional: ['content'] }),
  output: Inspection,
  errors: [],
  permission: 'signed-in',
  risk: 'none',
  whileLocked: true,
  command: 'inspect',
  repeats: 'content',
});

export const lintFile = operation({
  id: 'inspect.lint',
  summary: 'Say which rules certificates, requests and CRLs break',
  method: 'POST',
  path: '/lint',
  input: z
    .strictObject({
      content: Content,
      profile: z
        .enum(['rfc5280', 'public-like'])
        .default('rfc5280')
        .describe("public-like adds the CA/Browser Forum's baseline for TLS"),
    })
    .meta({ positional: ['content'] }),
  output: z
    .strictObject({
      ok: z.boolean().describe('Whether no finding is an error'),
      checked: z.int().describe('How many certificates, requests and CRLs there were'),
      findings: z.array(LintFinding),
    })
    .meta({ id: 'LintResult' }),
  errors: ['INVALID_CERTIFICATE'],
  permission: 'signed-in',
  risk: 'none',
  whileLocked: true,
  command: 'lint',
  repeats: 'content',
  isVerdict: true,
});

const Asn1Node = z
  .strictObject({
    offset: z.int().describe('Where the element begins, in bytes'),
    headerLength: z.int(),
    length: z.int().describe('Of the content, in bytes'),
    type: z.string(),
    name: z.string().optional().describe('What an object identifier stands for'),
    value: z.string().describe('In short; empty for what holds other elements'),
    hasChildren: z.boolean(),
  })
  .meta({ id: 'Asn1Node' });
export type Asn1Node = z.infer<typeof Asn1Node>;

export const readAsn1 = operation({
  id: 'inspect.asn1',
  summary: 'Show a level of the ASN.1 tree of a file',
  description:
    'The elements at the top, or those inside of the one that begins at the offset. The bytes come with the top. Private keys are not shown.',
  method: 'POST',
  path: '/inspect/asn1',
  input: z
    .strictObject({
      content: Content,
      item: z.int().min(0).default(0).describe('Which of the things in the content, from 0'),
      offset: z.int().min(0).optional().describe('Of the element whose children are wanted'),
    })
    .meta({ positional: ['content'] }),
  output: z
    .strictObject({
      size: z.int().describe('Of the whole, in bytes'),
      nodes: z.array(Asn1Node),
      isCut: z.boolean().describe('Whether there are more elements than these'),
      problem: z.string().optional().describe('What is wrong behind the last element'),
      bytesBase64: z.string().optional().describe('The first 64 KiB, where the top was asked for'),
    })
    .meta({ id: 'Asn1Level' }),
  errors: ['INVALID_INPUT', 'FORBIDDEN', 'NOT_FOUND'],
  permission: 'signed-in',
  risk: 'none',
  whileLocked: true,
});

export const compareFiles = operation({
  id: 'inspect.compare',
  summary: 'Say in which fields two certificates differ',
  method: 'POST',
  path: '/compare',
  input: z.strictObject({ first: Content, second: Content }).meta({ positional: ['first', 'second'] }),
  output: z
    .strictObject({
      ok: z.boolean().describe('Whether they are the same, byte for byte'),
      sameKey: z.boolean(),
      sharedFactor: z
        .boolean()
        .describe('Whether two RSA keys have a prime in common, so that both are broken'),
      differences: z.array(
        z.strictObject({
          section: z.string(),
          name: z.string(),
          first: z.string().nullable(),
          second: z.string().nullable(),
        }),
      ),
    })
    .meta({ id: 'Comparison' }),
  errors: ['INVALID_CERTIFICATE'],
  permission: 'signed-in',
  risk: 'none',
  whileLocked: true,
  command: 'compare',
  isVerdict: true,
});

const NamesByKind = z.record(z.string(), z.array(z.string()));

export const Verification = z
  .strictObject({
    ok: z.boolean(),
    path: z
      .array(
        z.strictObject({
          subject: z.string(),
          issuer: z.string(),
          serialNumber: z.string(),
          notBefore: Timestamp,
          notAfter: Timestamp,
          sha256Fingerprint: z.string(),
          keyAlgorithm: z.string(),
          authority: Slug.nullable().describe('Of ours that has this certificate'),
          revocation: z
            .enum(['good', 'revoked', 'held', 'unknown', 'anchor'])
            .describe(
              'As our own records have it; unknown for what others issued, anchor for a trusted root',
            ),
          crl: z
            .strictObject({ number: z.int(), nextUpdate: Timestamp, isCurrent: z.boolean() })
            .nullable()
            .describe('The newest of the authority of ours that issued it'),
        }),
      )
      .describe('From the certificate to the trust anchor, or the best path as far as it goes'),
    failures: z.array(
      z.strictObject({
        certificateIndex: z.int().describe('Place in the path'),
        subject: z.string(),
        rule: z.string(),
        section: z.string().describe('Where the rule stands'),
        message: z.string(),
      }),
    ),
    nameSpace: z
      .strictObject({ permitted: NamesByKind, excluded: NamesByKind, pathLength: z.int().nullable() })
      .nullable()
      .describe('What the authorities of the path may issue; null where it has none'),
  })
  .meta({ id: 'Verification' });
export type Verification = z.infer<typeof Verification>;

export const verifyFile = operation({
  id: 'inspect.verify',
  summary: 'Verify a certificate up to a root (RFC 5280 section 6)',
  description:
    'The first certificate of the content is verified; the others and our own authorities help to build the path. Trusted are the roots given, else our own. Revocation counts where a CRL is given or our own is current.',
  method: 'POST',
  path: '/verify',
  input: z
    .strictObject({
      content: Content,
      at: z
        .union([z.iso.datetime(), z.iso.date()])
        .optional()
        .describe('The time for which it is verified; now where it is absent'),
      peerName: z
        .string()
        .min(1)
        .max(255)
        .optional()
        .meta({ flag: 'host' })
        .describe('A host name, address or e-mail address that it must have (RFC 9525)'),
      trust: Content.optional().describe('Roots to trust instead of our own'),
      crls: Content.optional()
        .meta({ ...bytesFromFile, flag: 'crl' })
        .describe('CRLs to look into'),
    })
    .meta({ positional: ['content'] }),
  output: Verification,
  errors: ['INVALID_CERTIFICATE'],
  permission: 'signed-in',
  risk: 'none',
  whileLocked: true,
  command: 'verify',
  isVerdict: true,
});

export const inspectOperations = [inspectFile, readAsn1, compareFiles, lintFile, verifyFile] as const;
