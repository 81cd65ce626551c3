import { useQuery } from '@tanstack/react-query';
import type { Me } from './session.ts';

const BEFORE_SIGN_IN: Me['company'] = { name: '', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, currency: 'EUR', country: 'ES' };

/** The company's name, time zone, currency and country; before sign-in, guesses that no figure depends on. */
export function useCompany(): Me['company'] {
  const { data } = useQuery<Me>({ queryKey: ['/me', {}], enabled: false });
  return data?.company ?? BEFORE_SIGN_IN;
}
