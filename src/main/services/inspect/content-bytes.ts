/** The bytes that a caller means: base64 decoded where the content is nothing else, text as it stands otherwise. */
export function contentBytes(content: string): Uint8Array {
  const bare = content.replace(/\s+/g, '');
  const isBase64 = bare.length > 0 && bare.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(bare);
  return isBase64 ? Buffer.from(bare, 'base64') : Buffer.from(content, 'utf8');
}
