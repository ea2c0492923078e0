/** The ASN.1 tree with the bytes beside it; choosing an element marks its bytes, and the other way round. */
import { Skeleton, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import styles from './asn1.module.css';
import { Asn1Tree } from './asn1-tree.tsx';
import { HexDump } from './hex-dump.tsx';
import { type Asn1Element, useAsn1 } from './use-asn1.ts';

export function Asn1View({ content, item }: { readonly content: string; readonly item: number }) {
  const { t } = useTranslation();
  const { visible, toggle, locate, error, isCut, problem, size, bytesBase64 } = useAsn1(content, item);
  const [chosen, setChosen] = useState<Asn1Element | null>(null);
  const bytes = useMemo(
    () => Uint8Array.from(atob(bytesBase64 ?? ''), (char) => char.charCodeAt(0)),
    [bytesBase64],
  );
  if (error !== null) return <ProblemNotice error={error} />;
  if (bytesBase64 === undefined) return <Skeleton height={320} />;
  return (
    <div>
      <div className={styles.sides}>
        <Asn1Tree
          elements={visible}
          chosen={chosen}
          onChoose={setChosen}
          onToggle={(node, open) => void toggle(node, open)}
        />
        <HexDump
          bytes={bytes}
          chosen={chosen}
          onChoose={(at) => void locate(at).then((found) => setChosen(found ?? null))}
        />
      </div>
      {problem === undefined ? null : (
        <Text size="sm" c="var(--ch-bad)" mt="xs">
          {problem}
        </Text>
      )}
      {isCut ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t('viewer.cut')}
        </Text>
      ) : null}
      {bytes.length < size ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t('viewer.bytesCut', { shown: bytes.length, size })}
        </Text>
      ) : null}
    </div>
  );
}
