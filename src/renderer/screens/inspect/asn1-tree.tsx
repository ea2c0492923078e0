/** The tree itself: arrow keys go through it as the ARIA practices for trees say. */
import { IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './asn1.module.css';
import type { Asn1Element, VisibleElement } from './use-asn1.ts';

interface Asn1TreeProps {
  readonly elements: readonly VisibleElement[];
  readonly chosen: Asn1Element | null;
  readonly onChoose: (node: Asn1Element) => void;
  readonly onToggle: (node: Asn1Element, open: boolean) => void;
}

export function Asn1Tree({ elements, chosen, onChoose, onToggle }: Asn1TreeProps) {
  const { t } = useTranslation();
  const tree = useRef<HTMLDivElement>(null);
  const found = elements.findIndex(({ node }) => node.offset === chosen?.offset);
  const current = Math.max(found, 0);
  useEffect(() => {
    if (chosen === null) return;
    tree.current?.querySelector(`[data-offset="${chosen.offset}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const goTo = (index: number): void => {
    const target = elements[Math.min(Math.max(index, 0), elements.length - 1)];
    if (target === undefined) return;
    onChoose(target.node);
    tree.current?.querySelector<HTMLElement>(`[data-offset="${target.node.offset}"]`)?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    const element = elements[current];
    if (element === undefined) return;
    const { node, depth, isOpen } = element;
    const actions: Record<string, () => void> = {
      ArrowDown: () => goTo(current + 1),
      ArrowUp: () => goTo(current - 1),
      Home: () => goTo(0),
      End: () => goTo(elements.length - 1),
      ArrowRight: () => (isOpen ? goTo(current + 1) : onToggle(node, true)),
      ArrowLeft: () => {
        if (isOpen) onToggle(node, false);
        else goTo(elements.findLastIndex((one, index) => index < current && one.depth < depth));
      },
      Enter: () => onToggle(node, !isOpen),
      ' ': () => onChoose(node),
    };
    const act = actions[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <div
      ref={tree}
      role="tree"
      aria-label={t('viewer.treeOf')}
      className={styles.tree}
      onKeyDown={press}
      tabIndex={-1}
    >
      {elements.map(({ node, depth, isOpen }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it takes the keys.
        <div
          key={node.offset}
          role="treeitem"
          data-offset={node.offset}
          aria-level={depth + 1}
          aria-selected={index === found}
          {...(node.hasChildren ? { 'aria-expanded': isOpen } : {})}
          tabIndex={index === current ? 0 : -1}
          className={styles.element}
          style={{ paddingLeft: 8 + depth * 16 }}
          onClick={(event) => {
            onChoose(node);
            if ((event.target as HTMLElement).closest('svg') !== null) onToggle(node, !isOpen);
          }}
          onDoubleClick={() => onToggle(node, !isOpen)}
        >
          {node.hasChildren ? (
            <IconChevronRight size={14} className={isOpen ? styles.opened : undefined} aria-hidden="true" />
          ) : (
            <span className={styles.gap} />
          )}
          <span className={styles.type}>{node.type}</span>
          {node.name === undefined ? null : <span className={styles.name}>{node.name}</span>}
          <span className={styles.value}>{node.value}</span>
          <span className={styles.length}>{node.length}</span>
        </div>
      ))}
    </div>
  );
}
