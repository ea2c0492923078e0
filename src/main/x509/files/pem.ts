/** PEM, RFC 7468. */
import { ChanceryError, type ErrorCode } from '../../../shared/errors.ts';

export interface PemBlock {
  readonly label: string;
  readonly der: Uint8Array;
}

const maxCharacters = 32 * 1024 * 1024;
const begin = '-----BEGIN ';

/** All blocks of a text, with whatever stands around them ignored; throws INVALID_INPUT for a broken block. */
export function readPem(text: string): PemBlock[] {
  return readPemAs(text, 'INVALID_INPUT');
}

/** Like readPem, with the error code of the caller's subject. */
export function readPemAs(text: string, code: ErrorCode): PemBlock[] {
  const fail = (detail: string): never => {
    throw new ChanceryError({ code, detail });
  };
  if (text.length > maxCharacters) fail('The PEM text is too long.');
  const blocks: PemBlock[] = [];
  let at = text.indexOf(begin);
  while (at !== -1) {
    const labelStart = at + begin.length;
    const label = /^[\x21-\x2c\x2e-\x7e](?:[- ]?[\x21-\x2c\x2e-\x7e]){0,63}(?=-----)/.exec(
      text.slice(labelStart, labelStart + 140),
    )?.[0];
    if (label === undefined) return fail(`The PEM block ${blocks.length + 1} has no readable label.`);
    const bodyStart = labelStart + label.length + 5;
    const ending = `-----END ${label}-----`;
    const bodyEnd = text.indexOf(ending, bodyStart);
    if (bodyEnd === -1) return fail(`The PEM block ${blocks.length + 1} (${label}) has no end.`);
    const der = decodeBase64(text.slice(bodyStart, bodyEnd));
    if (der === undefined) return fail(`The PEM block ${blocks.length + 1} (${label}) is not valid base64.`);
    blocks.push({ label, der });
    at = text.indexOf(begin, bodyEnd + ending.length);
  }
  return blocks;
}

/** The bytes of base64 with line breaks, or undefined when a character, the padding or a last bit is wrong. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const compact = text.replace(/[\r\n\t ]+/g, '');
  if (compact === '') return undefined;
  const bytes = Buffer.from(compact, 'base64');
  return bytes.toString('base64') === compact ? new Uint8Array(bytes) : undefined;
}

/** What a line of 64 characters holds. */
const lineBytes = 48;

/** One block with lines of 64 characters and a final newline. */
export function writePem(label: string, der: Uint8Array): string {
  const bytes = Buffer.from(der.buffer, der.byteOffset, der.length);
  let body = '';
  for (let at = 0; at < bytes.length; at += lineBytes) {
    body += `${bytes.toString('base64', at, at + lineBytes)}\n`;
  }
  return `-----BEGIN ${label}-----\n${body}-----END ${label}-----\n`;
}
