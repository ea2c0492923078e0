import { ChanceryError } from '../../shared/errors.ts';
import { findFault, nestingDepth } from './json-syntax.ts';

export const maxBodyBytes = 1024 * 1024;
export const maxJsonDepth = 32;

/** Made once: to make it takes twenty times as long as to decode a request with it. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The body's bytes. Stops reading and throws BODY_TOO_LARGE as soon as more than the limit is announced or has come. */
export async function readBytes(request: Request, maxBytes = maxBodyBytes): Promise<Uint8Array> {
  const announced = request.headers.get('content-length');
  if (Number(announced ?? 0) > maxBytes) {
    await request.body?.cancel().catch(() => undefined);
    throw tooLarge(maxBytes);
  }
  // HTTP holds the body to its announced length (RFC 9112 section 6.2), so it need not be counted.
  if (announced !== null) return new Uint8Array(await request.arrayBuffer());
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge(maxBytes);
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks, size);
}

/** The body as UTF-8 text, where its media type is the one wanted. Throws UNSUPPORTED_MEDIA_TYPE, MALFORMED_BODY, BODY_TOO_LARGE. */
export async function readText(
  request: Request,
  isWanted: (mediaType: string) => boolean,
  wanted: string,
  maxBytes = maxBodyBytes,
): Promise<string> {
  const bytes = await readBytes(request, maxBytes);
  if (bytes.byteLength === 0) return '';
  if ((request.headers.get('content-encoding') ?? 'identity') !== 'identity') {
    throw new ChanceryError({ code: 'UNSUPPORTED_MEDIA_TYPE', detail: 'A compressed body is not taken.' });
  }
  const [mediaType = '', ...parameters] = (request.headers.get('content-type') ?? '')
    .toLowerCase()
    .split(';');
  const charset = parameters
    .map((one) => /^\s*charset="?([^"\s]+)"?\s*$/.exec(one)?.[1])
    .find((one) => one !== undefined);
  if (!isWanted(mediaType.trim()) || (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8')) {
    throw new ChanceryError({
      code: 'UNSUPPORTED_MEDIA_TYPE',
      detail: `The body must be ${wanted} in UTF-8; the Content-Type says otherwise.`,
      hint: `Send the header Content-Type: ${wanted}.`,
    });
  }
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new ChanceryError({ code: 'MALFORMED_BODY', detail: 'The body is not UTF-8.', cause });
  }
}

/** Any JSON of the body, null where there is none. Throws what readText throws. */
export async function readJson(
  request: Request,
  isWanted: (mediaType: string) => boolean,
  maxBytes = maxBodyBytes,
): Promise<unknown> {
  const text = await readText(request, isWanted, 'application/json', maxBytes);
  return text.trim() === '' ? null : parseJson(text);
}

/** The JSON object of the body, {} where there is none. Throws what readText throws. */
export async function readJsonObject(
  request: Request,
  maxBytes = maxBodyBytes,
): Promise<Record<string, unknown>> {
  const json = 'application/json';
  const text = await readText(request, (type) => type === json, json, maxBytes);
  if (text === '') return {};
  const value = parseJson(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new ChanceryError({ code: 'MALFORMED_BODY', detail: 'The body must be one JSON object.' });
}

function parseJson(text: string): unknown {
  if (nestingDepth(text, maxJsonDepth) > maxJsonDepth) {
    throw new ChanceryError({
      code: 'MALFORMED_BODY',
      detail: `The body is nested deeper than ${maxJsonDepth} levels.`,
    });
  }
  try {
    return JSON.parse(text);
  } catch {
    const { line, column, expected } = findFault(text);
    throw new ChanceryError({
      code: 'MALFORMED_BODY',
      detail: `The body is not JSON: at line ${line}, column ${column}, expected ${expected}.`,
      data: { line, column },
    });
  }
}

function tooLarge(maxBytes: number): ChanceryError {
  return new ChanceryError({
    code: 'BODY_TOO_LARGE',
    detail: `The body is larger than ${maxBytes} bytes.`,
    data: { maxBytes },
  });
}
