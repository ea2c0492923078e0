import { ChanceryError } from '../../../shared/errors.ts';
import type { InspectedItem, Inspection } from '../../../shared/operations/inspect.ts';
import { fingerprint } from '../../crypto/index.ts';
import type { LintOptions } from '../../lint/index.ts';
import { asn1Text, type RecognisedItem, recognise, viewAsText, viewFields } from '../../x509/index.ts';
import { contentBytes } from './content-bytes.ts';
import { lintItem } from './lint-item.ts';
import { mapInTurns } from './map-in-turns.ts';

/** What there are fields for; of private keys, of what kind they are and nothing more. */
const viewable: ReadonlySet<string> = new Set([
  'certificate',
  'csr',
  'crl',
  'public-key',
  'private-key',
  'encrypted-private-key',
  'pkcs7',
  'pkcs12',
  'ocsp-request',
  'ocsp-response',
]);

/** Whose bytes are a secret; an OpenSSH key is one too, although it is not in DER. */
export const secretKinds: ReadonlySet<string> = new Set(['private-key', 'unknown']);

/** Says what the content is. Never throws for what is wrong with it. */
export async function inspectFile(
  content: string,
  isBlacklisted: LintOptions['isBlacklisted'],
  withAsn1 = false,
): Promise<Inspection> {
  const { kind, encoding, problem, items } = recognise(contentBytes(content));
  const inspected = await mapInTurns(items, (item, index) =>
    inspectItem(item, index, withAsn1, { profile: 'rfc5280', isBlacklisted }),
  );
  return { kind, encoding, ...(problem !== undefined && { problem }), items: inspected };
}

function inspectItem(
  item: RecognisedItem,
  index: number,
  withAsn1: boolean,
  options: LintOptions,
): InspectedItem {
  const { kind, der, label, description } = item;
  const { problem = item.problem, sections, text } = view(item);
  return {
    kind,
    description,
    ...(label !== undefined && { label }),
    ...(problem !== undefined && { problem }),
    sections,
    text,
    ...(withAsn1 && !secretKinds.has(kind) && { asn1: asn1Text(der) }),
    findings: lintItem(item, index, options) ?? [],
    ...(kind === 'certificate' && {
      fingerprints: { sha256: fingerprint('sha256', der), sha1: fingerprint('sha1', der) },
    }),
  };
}

function view({ kind, der, problem }: RecognisedItem): Pick<InspectedItem, 'sections' | 'text' | 'problem'> {
  const nothing = { sections: [], text: '' };
  if (problem !== undefined || !viewable.has(kind)) return nothing;
  try {
    const sections = viewFields(der).map(({ name, fields }) => ({
      name,
      fields: fields.map(({ name, value, critical }) => ({
        name,
        value,
        ...(critical !== undefined && { critical }),
      })),
    }));
    return { sections, text: viewAsText(der) };
  } catch (error) {
    if (error instanceof ChanceryError) return { ...nothing, problem: error.detail };
    throw error;
  }
}
