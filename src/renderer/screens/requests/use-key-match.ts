/** Whether what was pasted holds the certificate for a request's key, before it is taken in. */
import { useQuery } from '@tanstack/react-query';
import type { InspectedItem } from '../../../shared/operations/inspect.ts';
import { call } from '../../client/call.ts';

export interface KeyMatch {
  readonly isFound: boolean;
  /** What the certificate is, or the first of those that it is not. */
  readonly description: string;
}

async function fingerprintOf({ sections }: InspectedItem): Promise<string | null> {
  const key = sections.find(({ name }) => name === 'subjectPublicKeyInfo');
  const hex = key?.fields.find(({ name }) => name === 'encoded')?.value.replaceAll(/[^0-9a-f]/gi, '') ?? '';
  if (hex === '') return null;
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `fingerprint` is SHA-256 of the SubjectPublicKeyInfo, hex; null where nothing was pasted that is a certificate. */
export function useKeyMatch(text: string, fingerprint: string): KeyMatch | null {
  const content = text.trim();
  const { data } = useQuery({
    queryKey: ['inspect.file', content, fingerprint],
    enabled: content !== '',
    queryFn: async ({ signal }): Promise<KeyMatch | null> => {
      const { items } = await call('inspect.file', { content }, { signal });
      const certificates = items.filter(({ kind }) => kind === 'certificate');
      for (const item of certificates)
        if ((await fingerprintOf(item)) === fingerprint)
          return { isFound: true, description: item.description };
      const [first] = certificates;
      return first === undefined ? null : { isFound: false, description: first.description };
    },
  });
  return data ?? null;
}
