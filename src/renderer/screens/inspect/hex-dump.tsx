/** Bytes in rows of sixteen; those of the chosen element are marked, its header apart from its content. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './asn1.module.css';
import type { Asn1Element } from './use-asn1.ts';

const rowBytes = 16;
const rowHeightPx = 22;

interface HexDumpProps {
  readonly bytes: Uint8Array;
  readonly chosen: Asn1Element | null;
  readonly onChoose: (at: number) => void;
}

export function HexDump({ bytes, chosen, onChoose }: HexDumpProps) {
  const { t } = useTranslation();
  const scroll = useRef<HTMLElement>(null);
  const rows = useVirtualizer({
    count: Math.ceil(bytes.length / rowBytes),
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeightPx,
    overscan: 8,
  });
  const { scrollToIndex } = rows;
  useEffect(() => {
    if (chosen !== null) scrollToIndex(Math.floor(chosen.offset / rowBytes), { align: 'auto' });
  }, [chosen, scrollToIndex]);
  const choose = (event: MouseEvent): void => {
    const at = (event.target as HTMLElement).dataset.at;
    if (at !== undefined) onChoose(Number(at));
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree beside it reaches every byte by keyboard.
    <section
      ref={scroll}
      className={`${styles.dump} mono`}
      aria-label={t('viewer.bytes')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      onClick={choose}
    >
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ index, start }) => (
          <div key={index} className={styles.row} style={{ transform: `translateY(${start}px)` }}>
            <span className={styles.offset}>{(index * rowBytes).toString(16).padStart(5, '0')}</span>
            {[...bytes.subarray(index * rowBytes, (index + 1) * rowBytes)].map((byte, column) => {
              const at = index * rowBytes + column;
              return (
                <span key={at} data-at={at} className={styles[partOf(at, chosen)] ?? ''}>
                  {byte.toString(16).padStart(2, '0')}
                </span>
              );
            })}
          </div>
        ))}
      </div>
    </section>
  );
}

function partOf(at: number, chosen: Asn1Element | null): 'head' | 'body' | 'other' {
  if (chosen === null || at < chosen.offset) return 'other';
  const content = chosen.offset + chosen.headerLength;
  if (at < content) return 'head';
  return at < content + chosen.length ? 'body' : 'other';
}
