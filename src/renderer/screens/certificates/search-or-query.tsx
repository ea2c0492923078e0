/** What the list is searched by: words, or a query; the button goes from one to the other. */
import { Button, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchField } from '../../components/search-field.tsx';
import type { CertificateSearch } from './certificate-search.ts';
import { QueryField } from './query-field.tsx';
import { useNoteFields } from './use-note-fields.ts';

interface SearchOrQueryProps {
  readonly search: CertificateSearch;
  readonly narrow: (change: { readonly search?: string; readonly query?: string }) => void;
}

export function SearchOrQuery({ search, narrow }: SearchOrQueryProps) {
  const { t } = useTranslation();
  const [isChosen, setIsChosen] = useState(false);
  // The address has the last word: a link or the way back may lead to either.
  const isQuery = search.query !== undefined || (isChosen && search.search === undefined);
  const notes = useNoteFields(isQuery);
  const change = (): void => {
    setIsChosen(!isQuery);
    narrow({ search: '', query: '' });
  };
  return (
    <div style={{ flex: '1 1 100%', display: 'flex', gap: 8 }}>
      <div style={{ flex: '1 1 200px', minWidth: 0 }}>
        {isQuery ? (
          <QueryField
            value={search.query ?? ''}
            notes={notes}
            autoFocus={isChosen}
            onChange={(query) => {
              // Emptied, it is still a query.
              setIsChosen(true);
              narrow({ query });
            }}
          />
        ) : (
          <SearchField
            label={t('certificates.search')}
            value={search.search ?? ''}
            onChange={(text) => narrow({ search: text })}
          />
        )}
      </div>
      <Tooltip label={t('certificates.query.actionText')}>
        <Button variant={isQuery ? 'light' : 'default'} px="sm" aria-pressed={isQuery} onClick={change}>
          {t('certificates.query.action')}
        </Button>
      </Tooltip>
    </div>
  );
}
