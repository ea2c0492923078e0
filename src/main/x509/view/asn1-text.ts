/** The ASN.1 tree as text, an element a line: where it is, how deep, how long, what it is. */
import { type Asn1Node, asn1Tree } from './asn1-tree.ts';

/** Elements that are shown; a person looks at a CRL's million entries otherwise. */
const maxLines = 5000;
const maxDepth = 40;

/** The whole tree, cut at five thousand elements; what is broken is said in its place. */
export function asn1Text(der: Uint8Array): string {
  const lines: string[] = [];
  const walk = (depth: number, offset?: number): void => {
    const { nodes, isCut, problem } = asn1Tree(der, offset);
    for (const node of nodes) {
      if (lines.length >= maxLines) return;
      lines.push(lineOf(node, depth));
      if (node.hasChildren && depth < maxDepth) walk(depth + 1, node.offset);
    }
    const indent = '  '.repeat(depth);
    if (isCut && lines.length < maxLines) lines.push(`        ${indent}... and more`);
    if (problem !== undefined) lines.push(`        ${indent}broken: ${problem}`);
  };
  walk(0);
  return `${(lines.length >= maxLines ? [...lines, '... and more'] : lines).join('\n')}\n`;
}

function lineOf({ offset, length, type, name, valuePreview }: Asn1Node, depth: number): string {
  const value = [name, valuePreview].filter(Boolean).join(' ');
  return `${String(offset).padStart(6)}  ${'  '.repeat(depth)}${type} (${length})${value === '' ? '' : `  ${value}`}`;
}
