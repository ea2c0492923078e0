import { FileContent, TextStream } from '../../shared/model/basics.ts';

/** Whether the output is a file by its schema, so that callers may ask for the bare bytes. */
export function isFileSchema(schema: unknown): boolean {
  return schema === FileContent;
}

/** Whether the output is a text that is told piece by piece. */
export function isStreamSchema(schema: unknown): boolean {
  return schema === TextStream;
}

/** The bare text of it, sent as it comes. */
export function streamAnswer({ fileName, mediaType, chunks }: TextStream): Response {
  const headers = {
    'content-type': mediaType,
    'content-disposition': contentDisposition(fileName),
    'cache-control': 'no-store',
  };
  const encoder = new TextEncoder();
  const iterator = chunks[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await iterator.return?.()),
  });
  return new Response(body, { headers });
}

/** Whether Accept names the file's media type, or bytes in general; a wildcard is not enough, JSON is the usual answer. */
export function wantsBytes(accept: string | null, mediaType: string): boolean {
  const types = (accept ?? '')
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';')[0]?.trim());
  return types.includes(mediaType.toLowerCase()) || types.includes('application/octet-stream');
}

/** The bytes of the file and their headers; the file is always offered for saving, never shown. */
export function fileParts(file: FileContent): { bytes: Uint8Array<ArrayBuffer>; headers: Headers } {
  const headers = new Headers({
    'content-type': file.mediaType,
    'content-disposition': contentDisposition(file.fileName),
  });
  return { bytes: Uint8Array.from(Buffer.from(file.contentBase64, 'base64')), headers };
}

/** RFC 6266 with an ASCII form and, where that is not the whole name, the RFC 8187 form. */
export function contentDisposition(fileName: string): string {
  const name =
    fileName
      .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, '_')
      .replace(/^\.+/, '_')
      .slice(0, 150) || 'file';
  const ascii = name.replace(/[^\x20-\x7e]|%/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"${ascii === name ? '' : `; filename*=UTF-8''${encoded}`}`;
}
