/** A loose view of DER for mutation: what looks like an element is one, also inside of octet and bit strings. */

export interface TlvNode {
  readonly tag: number;
  /** Of the tag, of the content, and behind the content. */
  readonly start: number;
  readonly contentStart: number;
  readonly end: number;
  /** Index of the element that holds this one; -1 at the top. */
  readonly parent: number;
}

const maxNodes = 50_000;
const maxDepth = 64;
const holders = new Set([0x03, 0x04]);

/** All elements in the order of their begin; none where the bytes do not look like DER. Never throws. */
export function tlvNodes(bytes: Uint8Array): TlvNode[] {
  const nodes: TlvNode[] = [];
  collect(bytes, [0, bytes.length], -1, 0, nodes);
  return nodes;
}

function collect(
  bytes: Uint8Array,
  [start, end]: readonly [number, number],
  parent: number,
  depth: number,
  nodes: TlvNode[],
): void {
  let at = start;
  while (at < end && nodes.length < maxNodes && depth < maxDepth) {
    const header = headerAt(bytes, at, end);
    if (header === undefined) return;
    const { tag, contentStart, contentEnd } = header;
    const index = nodes.push({ tag, start: at, contentStart, end: contentEnd, parent }) - 1;
    if ((tag & 0x20) !== 0) collect(bytes, [contentStart, contentEnd], index, depth + 1, nodes);
    else if (holders.has(tag)) {
      const inner = contentStart + (tag === 0x03 ? 1 : 0);
      if (isOneElement(bytes, inner, contentEnd))
        collect(bytes, [inner, contentEnd], index, depth + 1, nodes);
    }
    at = contentEnd;
  }
}

function headerAt(bytes: Uint8Array, at: number, end: number) {
  const tag = bytes[at] as number;
  let length = bytes[at + 1];
  if (length === undefined || at + 2 > end) return undefined;
  let contentStart = at + 2;
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4 || contentStart + count > end) return undefined;
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[contentStart++] as number);
  }
  if (length > end - contentStart) return undefined;
  return { tag, contentStart, contentEnd: contentStart + length };
}

function isOneElement(bytes: Uint8Array, start: number, end: number): boolean {
  return start + 2 <= end && headerAt(bytes, start, end)?.contentEnd === end;
}

/** An element with its length in the shortest form. */
export function element(tag: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
}

export function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const count = length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
  const bytes = Buffer.alloc(1 + count, 0x80 | count);
  bytes.writeUIntBE(length, 1, count);
  return bytes;
}

/** The bytes with an element replaced (by nothing, or by several), and the lengths around it made true again. */
export function replaceNode(
  bytes: Uint8Array,
  nodes: readonly TlvNode[],
  index: number,
  replacement: Uint8Array,
): Uint8Array {
  let node = nodes[index];
  let piece: Uint8Array = replacement;
  while (node !== undefined) {
    const holder: TlvNode | undefined = nodes[node.parent];
    const before = bytes.subarray(holder?.contentStart ?? 0, node.start);
    const after = bytes.subarray(node.end, holder?.end ?? bytes.length);
    const content = Buffer.concat([before, piece, after]);
    piece = holder === undefined ? content : element(holder.tag, content);
    node = holder;
  }
  return piece;
}
