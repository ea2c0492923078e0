/** Names and values in two columns; serials and fingerprints are monospace and can be copied. */
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './copy-button.tsx';
import styles from './field-list.module.css';

export interface Field {
  readonly label: string;
  readonly value: ReactNode;
  /** The text that the copy button takes; without it there is none. */
  readonly copy?: string;
  readonly mono?: boolean;
}

/** Fields that are undefined are left out, so that callers can write conditions in line. */
export function FieldList({ fields }: { readonly fields: readonly (Field | undefined)[] }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.list}>
      {fields.map((field) =>
        field === undefined ? null : (
          <Fragment key={field.label}>
            <dt>{field.label}</dt>
            <dd>
              <div className={styles.value}>
                <span className={field.mono === true ? 'mono' : undefined}>{field.value}</span>
                {field.copy === undefined ? null : (
                  <CopyButton
                    iconOnly
                    value={field.copy}
                    label={t('action.copyWhat', { what: field.label })}
                  />
                )}
              </div>
            </dd>
          </Fragment>
        ),
      )}
    </dl>
  );
}
