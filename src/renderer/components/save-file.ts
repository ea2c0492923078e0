/** The one way in which anything is downloaded: bytes become a blob, the blob is saved. */
import type { FileContent } from '../../shared/model/basics.ts';

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** Saves bytes that the window holds already. */
export function saveBlob(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = fileName;
  anchor.click();
  // The save reads the blob after this turn of the loop.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Saves a file as the service answered it. */
export function saveFile(file: FileContent): void {
  saveBlob(new Blob([bytesOf(file.contentBase64)], { type: file.mediaType }), file.fileName);
}

/** Saves a text that the window holds already. */
export function saveText(text: string, fileName: string, mediaType = 'application/x-pem-file'): void {
  saveBlob(new Blob([text], { type: mediaType }), fileName);
}
