/** What came of a delivery, in a sentence for whoever set it up. */
export interface Delivery {
  readonly ok: boolean;
  readonly detail: string;
  /** What is wrong all the same with one that went well. */
  readonly complaint?: string;
}

/** How long one may take, from the first look for the address on. */
export const deliveryMs = 15_000;

/** Long enough for what a server says, without what would break a line. */
const longest = 300;

/** The text of another side, or of a failure on the way there: no control characters, and not too long. */
export function plainText(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** Why a connection failed. */
export function connectionFailure(error: unknown): Delivery {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const text = plainText(typeof message === 'string' && message !== '' ? message : String(code ?? 'unknown'));
  return { ok: false, detail: `The connection failed: ${text}` };
}

export const tookTooLong: Delivery = {
  ok: false,
  detail: `There was no answer within ${deliveryMs / 1000} seconds.`,
};
