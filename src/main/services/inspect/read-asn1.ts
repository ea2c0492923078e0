import { ChanceryError } from '../../../shared/errors.ts';
import type { Output, ParsedInput } from '../../../shared/operations/index.ts';
import { asn1Tree, recognise } from '../../x509/index.ts';
import { contentBytes } from './content-bytes.ts';
import { secretKinds } from './inspect-file.ts';

/** Bytes that come with the top of the tree; who wants more of a large file has the file. */
const shownBytes = 64 * 1024;

/** A level of the tree. Throws NOT_FOUND for an item that is not there, FORBIDDEN for a private key, INVALID_INPUT. */
export function readAsn1({ content, item, offset }: ParsedInput<'inspect.asn1'>): Output<'inspect.asn1'> {
  const bytes = contentBytes(content);
  const { kind, encoding, items } = recognise(bytes);
  const found = items[item];
  if (!found) {
    const detail =
      kind === 'unknown'
        ? 'It is nothing that is known here.'
        : `There is no item ${item} in it (${kind}, ${encoding}).`;
    throw new ChanceryError({ code: 'NOT_FOUND', detail });
  }
  if (secretKinds.has(found.kind)) {
    throw new ChanceryError({ code: 'FORBIDDEN', detail: 'Nothing of a private key is shown.' });
  }
  const { nodes, isCut, problem } = asn1Tree(found.der, offset);
  return {
    size: found.der.length,
    nodes: nodes.map((node) => ({
      offset: node.offset,
      headerLength: node.headerLength,
      length: node.length,
      type: node.type,
      ...(node.name !== undefined && { name: node.name }),
      value: node.valuePreview,
      hasChildren: node.hasChildren,
    })),
    isCut,
    ...(problem !== undefined && { problem }),
    ...(offset === undefined && {
      bytesBase64: Buffer.from(found.der.subarray(0, shownBytes)).toString('base64'),
    }),
  };
}
