import { skipToken, useQuery } from '@tanstack/react-query';
import type { Me } from '@vinculo/access/api';
import { currentLanguage } from './language.ts';

const beforeSignIn = (): Me['company'] => ({
  name: '',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  currency: 'EUR',
  country: 'ES',
  language: currentLanguage(),
});

/** The company's name, time zone, currency and country; before sign-in, guesses that no figure depends on. */
export function useCompany(): Me['company'] {
  const { data } = useQuery<Me>({ queryKey: ['/me', {}], queryFn: skipToken });
  return data?.company ?? beforeSignIn();
}
