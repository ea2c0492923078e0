/** Verifies signatures within the budget, each pair of what is signed and key once. */
import { DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import { writeDer } from '../der/der-writer.ts';
import type { PathCertificate } from './path-certificate.ts';
import { type SignatureRules, verifySigned } from './verify-signed.ts';
import type { WorkBudget } from './work-budget.ts';

export class SignatureChecks {
  readonly #rules: SignatureRules;
  readonly #budget: WorkBudget;
  /** By what is signed, then by key. */
  readonly #known = new Map<Uint8Array, Map<string, boolean>>();

  constructor(rules: SignatureRules, budget: WorkBudget) {
    this.#rules = rules;
    this.#budget = budget;
  }

  /** Whether the certificate is signed with the key; false also when the budget is spent. */
  isSignedBy({ parsed, signatureAlgorithmDer }: PathCertificate, spki: Uint8Array): boolean {
    return this.verify(parsed.tbs, signatureAlgorithmDer, parsed.signature, spki);
  }

  /** Whether `data` is signed with the key; what was verified once is known by its array. */
  verify(data: Uint8Array, algorithmDer: Uint8Array, signature: Uint8Array, spki: Uint8Array): boolean {
    const keyText = Buffer.from(spki.buffer, spki.byteOffset, spki.length).toString('latin1');
    const known = this.#known.get(data) ?? new Map<string, boolean>();
    this.#known.set(data, known);
    const before = known.get(keyText);
    if (before !== undefined) return before;
    if (!this.#budget.takeSignature()) return false;
    const isGood = verifySigned(data, algorithmDer, signature, spki, this.#rules);
    known.set(keyText, isGood);
    return isGood;
  }
}

const format = { code: 'INVALID_INPUT', name: 'public key', maxBytes: 65_536 } as const;
const dsaOid = '1.2.840.10040.4.1';

/**
 * RFC 5280 sections 6.1.4 (d) to (f): a DSA key without parameters has those of its issuer's key; any other key
 * stands as it is.
 */
export function workingPublicKey(spki: Uint8Array, issuerSpki: Uint8Array): Uint8Array {
  const own = readDsaKey(spki);
  const above = own !== undefined && own.parameters.length === 0 ? readDsaKey(issuerSpki) : undefined;
  if (own === undefined || above === undefined || above.parameters.length === 0) return spki;
  return writeDer((writer) =>
    writer.sequence(() => {
      writer.sequence(() => writer.objectIdentifier(dsaOid).raw(above.parameters));
      writer.raw(own.value);
    }),
  );
}

/** Whether the key is a DSA key whose parameters are those of its issuer. */
export function inheritsParameters(spki: Uint8Array): boolean {
  return readDsaKey(spki)?.parameters.length === 0;
}

function readDsaKey(spki: Uint8Array): { parameters: Uint8Array; value: Uint8Array } | undefined {
  const info = DerReader.open(spki, format).enter(tags.sequence, 'public key');
  const algorithm = info.enter(tags.sequence, 'public key algorithm');
  if (algorithm.objectIdentifier('public key algorithm') !== dsaOid) return undefined;
  // NULL is not what RFC 3279 section 2.3.2 wants for inherited parameters, but means the same.
  if (algorithm.peek() === tags.null) algorithm.element('parameters');
  const parameters = algorithm.isEmpty ? new Uint8Array() : algorithm.element('parameters');
  return { parameters, value: info.element('public key value') };
}
