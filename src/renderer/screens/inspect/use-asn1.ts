/** The ASN.1 tree of one thing in a file: levels are asked for when they are opened, and kept. */
import { useEffect, useMemo, useState } from 'react';
import type { Output } from '../../../shared/operations/index.ts';
import { call } from '../../client/call.ts';

type Level = Output<'inspect.asn1'>;
export type Asn1Element = Level['nodes'][number];

export interface VisibleElement {
  readonly node: Asn1Element;
  readonly depth: number;
  readonly isOpen: boolean;
}

/** The key of the top level, beside the offsets of the others. */
const top = -1;

const endOf = ({ offset, headerLength, length }: Asn1Element) => offset + headerLength + length;

export function useAsn1(content: string, item: number) {
  const [levels, setLevels] = useState<ReadonlyMap<number, Level>>(new Map());
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [error, setError] = useState<unknown>(null);

  const load = async (offset: number, known = levels): Promise<Level> => {
    const before = known.get(offset);
    if (before !== undefined) return before;
    const level = await call('inspect.asn1', { content, item, ...(offset === top ? {} : { offset }) });
    setLevels((all) => new Map(all).set(offset, level));
    return level;
  };

  useEffect(() => {
    let isGone = false;
    const first = async (): Promise<void> => {
      const level = await call('inspect.asn1', { content, item });
      const found = new Map([[top, level]]);
      const [root] = level.nodes;
      // The outermost element alone says nothing, so it begins open.
      if (root?.hasChildren)
        found.set(root.offset, await call('inspect.asn1', { content, item, offset: root.offset }));
      if (isGone) return;
      setLevels(found);
      setOpen(new Set(root?.hasChildren ? [root.offset] : []));
      setError(null);
    };
    first().catch((thrown: unknown) => {
      if (!isGone) setError(thrown);
    });
    return () => {
      isGone = true;
    };
  }, [content, item]);

  const visible = useMemo(() => visibleOf(levels, open), [levels, open]);
  const toggle = async ({ offset, hasChildren }: Asn1Element, wanted?: boolean): Promise<void> => {
    if (!hasChildren) return;
    const opens = wanted ?? !open.has(offset);
    if (opens) await load(offset).catch(setError);
    setOpen((all) => {
      const next = new Set(all);
      if (opens) next.add(offset);
      else next.delete(offset);
      return next;
    });
  };

  /** Opens the way to the innermost element that holds the byte, and answers it. */
  const locate = async (at: number): Promise<Asn1Element | undefined> => {
    let found: Asn1Element | undefined;
    let key = top;
    const opened = new Set(open);
    for (;;) {
      const { nodes } = await load(key);
      const inner = nodes.find((node) => node.offset <= at && at < endOf(node));
      if (inner === undefined) break;
      found = inner;
      if (!inner.hasChildren || at < inner.offset + inner.headerLength) break;
      opened.add(inner.offset);
      key = inner.offset;
    }
    setOpen(opened);
    return found;
  };

  const first = levels.get(top);
  const isCut = [...levels.values()].some((level) => level.isCut);
  const problem = [...levels.values()].find((level) => level.problem !== undefined)?.problem;
  return {
    visible,
    toggle,
    locate,
    error,
    isCut,
    problem,
    size: first?.size ?? 0,
    bytesBase64: first?.bytesBase64,
  };
}

function visibleOf(levels: ReadonlyMap<number, Level>, open: ReadonlySet<number>): VisibleElement[] {
  const visible: VisibleElement[] = [];
  const walk = (key: number, depth: number): void => {
    for (const node of levels.get(key)?.nodes ?? []) {
      const isOpen = open.has(node.offset) && levels.has(node.offset);
      visible.push({ node, depth, isOpen });
      if (isOpen) walk(node.offset, depth + 1);
    }
  };
  walk(top, 0);
  return visible;
}
