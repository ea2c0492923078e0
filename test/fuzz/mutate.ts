/** Changes files: most changes know of elements and keep the lengths around them true, some know of bytes alone. */
import type { Dice } from './dice.ts';
import { hostileValues } from './hostile-values.ts';
import { element, lengthOf, replaceNode, type TlvNode, tlvNodes } from './tlv.ts';

/** Beyond this a mutation is cut: growth is for finding what is not linear, not for filling the disk. */
const maxBytes = 200_000;

interface Place {
  readonly dice: Dice;
  readonly bytes: Uint8Array;
  readonly nodes: readonly TlvNode[];
  readonly index: number;
  readonly node: TlvNode;
  /** Another file, for splicing. */
  readonly other: Uint8Array;
}

type NodeChange = (place: Place) => Uint8Array;

const whole = ({ bytes, node }: Place) => bytes.subarray(node.start, node.end);
const content = ({ bytes, node }: Place) => bytes.subarray(node.contentStart, node.end);
const replaced = (place: Place, by: Uint8Array) => replaceNode(place.bytes, place.nodes, place.index, by);

const tagsToTry = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x13, 0x16, 0x17, 0x18, 0x1e, 0x1c, 0x30, 0x31, 0x24, 0x80,
  0x82, 0x86, 0x87, 0xa0, 0xa1, 0xa3, 0xa4, 0x1f, 0x3f, 0xbf,
];

const nodeChanges: Readonly<Record<string, NodeChange>> = {
  remove: (place) => replaced(place, new Uint8Array()),
  duplicate: (place) => replaced(place, Buffer.concat([whole(place), whole(place)])),
  repeat(place) {
    const one = whole(place);
    const times = Math.min(1 + place.dice.below(2000), Math.floor(50_000 / Math.max(one.length, 1)));
    return replaced(place, Buffer.concat(Array.from({ length: Math.max(times, 1) }, () => one)));
  },
  tag: (place) => replaced(place, element(place.dice.pick(tagsToTry), content(place))),
  empty: (place) => replaced(place, Uint8Array.of(place.node.tag, 0)),
  value: (place) => replaced(place, element(place.node.tag, place.dice.pick(hostileValues(place.node.tag)))),
  noise: (place) => replaced(place, element(place.node.tag, place.dice.bytes(place.dice.below(40)))),
  nest(place) {
    let piece = whole(place);
    const tag = place.dice.pick([0x30, 0x31, 0xa0, 0x24]);
    for (let level = 1 + place.dice.below(40); level > 0; level--) piece = element(tag, piece);
    return replaced(place, piece);
  },
  swap(place) {
    const other = place.dice.pick(place.nodes);
    return replaced(place, place.bytes.subarray(other.start, other.end));
  },
  splice(place) {
    const nodes = tlvNodes(place.other);
    if (nodes.length === 0) return replaced(place, place.other.subarray(0, 100));
    const { start, end } = place.dice.pick(nodes);
    return replaced(place, place.other.subarray(start, end));
  },
  length(place) {
    const { dice, node } = place;
    const length = node.end - node.contentStart;
    const wrong = dice.pick([
      () => Buffer.of(0x80),
      () => Buffer.of(0x84, 0xff, 0xff, 0xff, 0xff),
      () => Buffer.of(0x84, 0x7f, 0xff, 0xff, 0xff),
      () => Buffer.of(0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1),
      () => Buffer.of(0x82, length >> 8, length & 0xff),
      () => lengthOf(length + 1 + dice.below(4)),
      () => lengthOf(Math.max(0, length - 1 - dice.below(4))),
    ])();
    return replaced(place, Buffer.concat([Buffer.of(node.tag), wrong, content(place)]));
  },
  bit(place) {
    const changed = Uint8Array.from(content(place));
    const at = place.dice.below(Math.max(changed.length, 1));
    changed[at] = (changed[at] ?? 0) ^ (1 << place.dice.below(8));
    return replaced(place, element(place.node.tag, changed));
  },
};

type ByteChange = (bytes: Uint8Array, dice: Dice, other: Uint8Array) => Uint8Array;

const byteChanges: Readonly<Record<string, ByteChange>> = {
  'flip bit'(bytes, dice) {
    const at = dice.below(bytes.length);
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] as number) ^ (1 << dice.below(8));
    return changed;
  },
  'set byte'(bytes, dice) {
    const changed = Uint8Array.from(bytes);
    changed[dice.below(bytes.length)] = dice.pick([0, 1, 0x7f, 0x80, 0xff, 0x0a, dice.below(256)]);
    return changed;
  },
  truncate: (bytes, dice) => bytes.subarray(0, dice.below(bytes.length)),
  cut(bytes, dice) {
    const at = dice.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + dice.below(20))]);
  },
  double(bytes, dice) {
    const at = dice.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at + 1 + dice.below(20)), bytes.subarray(at)]);
  },
  append: (bytes, dice) => Buffer.concat([bytes, dice.bytes(1 + dice.below(8))]),
  join: (bytes, dice, other) =>
    Buffer.concat([bytes.subarray(0, dice.below(bytes.length)), other.subarray(dice.below(other.length))]),
};

const nodeChangeNames = Object.keys(nodeChanges);
const byteChangeNames = Object.keys(byteChanges);

/** The bytes after up to four changes, and the changes' names; a few stay as they are, to be read. */
export function mutate(
  original: Uint8Array,
  other: Uint8Array,
  dice: Dice,
): { bytes: Uint8Array; trail: string[] } {
  let bytes = original;
  const trail: string[] = [];
  const most = dice.onceIn(40) ? 0 : dice.pick([1, 1, 1, 1, 2, 2, 3, 4]);
  for (let changes = most; changes > 0 && bytes.length > 0; changes--) {
    const nodes = dice.below(4) > 0 ? tlvNodes(bytes) : [];
    const name = dice.pick(nodes.length > 0 ? nodeChangeNames : byteChangeNames);
    const change = nodeChanges[name];
    if (change !== undefined) {
      const index = dice.below(nodes.length);
      const node = nodes[index] as TlvNode;
      bytes = change({ dice, bytes, nodes, index, node, other });
      trail.push(`${name} at ${node.start}`);
    } else {
      bytes = byteChanges[name]?.(bytes, dice, other) ?? bytes;
      trail.push(name);
    }
    if (bytes.length > maxBytes) bytes = bytes.subarray(0, maxBytes);
  }
  return { bytes: Uint8Array.from(bytes), trail };
}
