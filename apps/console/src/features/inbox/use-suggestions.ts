import type { SearchHit } from '@vinculo/customer-file/api/customers';
import type { LookupAnswer } from '@vinculo/customer-file/api/live';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useGet } from '../../api/queries.ts';
import { useFormat } from '../../ui/format.ts';
import type { Letter } from './letters.ts';

export interface Suggestion {
  id: string;
  name: string;
  city: string | null;
  why: string;
}

/** As many as there are keys that pick one. */
const MOST = 5;
/** Below this it only resembles everybody of that name. */
const LEAST = 0.02;

/** Whose a letter could be: what its address and its conversation say, then whom its sender resembles. */
export function useSuggestions(letter: Letter): Suggestion[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { senderName, senderAddress } = letter;
  const who: { full_name?: string; email?: string; phone?: string } = {
    ...(senderName && !senderName.includes('@') ? { full_name: senderName } : {}),
    ...(senderAddress.includes('@') ? { email: senderAddress } : senderAddress ? { phone: senderAddress } : {}),
  };
  // A help, no more: when it fails one can still search, so nobody is told.
  const { data } = useQuery({
    queryKey: ['/identify/lookup', 'letter', who],
    queryFn: ({ signal }) =>
      call<z.infer<typeof LookupAnswer>>({
        method: 'POST',
        path: '/identify/lookup',
        body: { ...who, kind: 'person', limit: MOST },
        signal,
      }),
    enabled: letter.state !== 'assigned' && !letter.hidden && Object.keys(who).length > 0,
    staleTime: 60_000,
    retry: false,
  });
  // A young file cannot tell yet who resembles whom, but it finds names.
  const named = useGet<{ hits: z.infer<typeof SearchHit>[] }>(
    '/customers/search',
    { q: who.full_name, limit: 3 },
    { enabled: letter.state !== 'assigned' && who.full_name !== undefined, staleTime: 60_000 },
  );
  const known = letter.suggestions.map(({ customerId, name, city, why }) => ({
    id: customerId,
    name,
    city,
    why: t(`channels:post.suggestion.${why}`),
  }));
  const alike = (data?.candidates ?? [])
    .filter(({ probability, customerId }) => probability >= LEAST && !known.some(({ id }) => id === customerId))
    .map(({ customerId, name, city, probability }) => ({
      id: customerId,
      name,
      city,
      why: t('channels:post.suggestion.alike', { share: format.percent(probability, 0) }),
    }));
  const found = (named.data?.hits ?? []).map(({ id, name, detail }) => ({
    id,
    name,
    city: detail || null,
    why: t('channels:post.suggestion.search'),
  }));
  const all = [...known, ...alike, ...found];
  return all.filter(({ id }, n) => all.findIndex((one) => one.id === id) === n).slice(0, MOST);
}
