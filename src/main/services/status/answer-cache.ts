/** A certificate that something is kept about. */
export interface AboutCertificate {
  readonly authorityId: string;
  /** Upper-case hex, as the store has it. */
  readonly serialNumber: string;
}

/** A signed answer about one certificate. */
export interface KeptAnswer extends AboutCertificate {
  readonly der: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly tag: string;
}

/**
 * What is known of certificates, by the bytes that it was asked with, the least recently used forgotten first. Its
 * invariant: what was forgotten for a certificate does not come back, even from a signing that was under way.
 */
export class AnswerCache<Kept extends AboutCertificate = KeptAnswer> {
  readonly #limit: number;
  readonly #answers = new Map<string, Kept>();
  /** Ids by certificate: clients write the same question in several ways. */
  readonly #idsOf = new Map<string, Set<string>>();
  #generation = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Rises with every forgetting; taken before a status is read, and given back with the answer. */
  get generation(): number {
    return this.#generation;
  }

  get size(): number {
    return this.#answers.size;
  }

  find(id: string): Kept | undefined {
    const answer = this.#answers.get(id);
    if (!answer) return undefined;
    this.#answers.delete(id);
    this.#answers.set(id, answer);
    return answer;
  }

  /** Keeps the answer, unless something was forgotten since the generation. */
  keep(id: string, answer: Kept, generation: number): void {
    if (generation !== this.#generation) return;
    this.#remove(id);
    this.#answers.set(id, answer);
    const key = certificateKey(answer);
    this.#idsOf.set(key, (this.#idsOf.get(key) ?? new Set()).add(id));
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > this.#limit && oldest !== undefined) this.#remove(oldest);
  }

  /** Forgets all answers about the certificate. */
  forget(authorityId: string, serialNumber: string): void {
    this.#generation += 1;
    const ids = this.#idsOf.get(certificateKey({ authorityId, serialNumber })) ?? [];
    for (const id of [...ids]) this.#remove(id);
  }

  /** The ids of the answers for which the rule holds. */
  idsWhere(holds: (answer: Kept) => boolean): string[] {
    return [...this.#answers].filter(([, answer]) => holds(answer)).map(([id]) => id);
  }

  #remove(id: string): void {
    const answer = this.#answers.get(id);
    if (!answer) return;
    this.#answers.delete(id);
    const key = certificateKey(answer);
    const ids = this.#idsOf.get(key);
    ids?.delete(id);
    if (ids?.size === 0) this.#idsOf.delete(key);
  }
}

/** Whether a new answer is due, long before nobody believes this one any more. */
export function isHalfThrough(
  { thisUpdate, nextUpdate }: Pick<KeptAnswer, 'thisUpdate' | 'nextUpdate'>,
  now: Date,
): boolean {
  return now.getTime() > (thisUpdate.getTime() + nextUpdate.getTime()) / 2;
}

function certificateKey({ authorityId, serialNumber }: AboutCertificate) {
  return `${authorityId} ${serialNumber}`;
}
