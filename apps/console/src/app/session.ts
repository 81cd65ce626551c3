import type { Language } from './language.ts';
import { queryClient } from '../api/queries.ts';
import { ApiError, call } from '../api/client.ts';
import { useQuery } from '@tanstack/react-query';

/** Who is signed in, as `/me` says it. */
export interface Me {
  id: string;
  name: string;
  email: string;
  role: string;
  permissions: string[];
  language: Language | null;
  twoFactorEnabled: boolean;
  company: { name: string; timeZone: string; currency: string; country: string };
}

const reading = { queryKey: ['/me', {}], queryFn: () => call<Me>({ path: '/me' }), staleTime: 60_000 };

/** `null` when nobody is signed in. */
export async function loadMe(): Promise<Me | null> {
  try {
    return await queryClient.ensureQueryData(reading);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

/** The person signed in. Only under the frame, where there is always one. */
export function useMe(): Me {
  const { data } = useQuery({ ...reading, enabled: false });
  if (!data) throw new Error('No one is signed in here.');
  return data;
}

/** Whether the person may: `const can = useCan(); can('customer.export')`. With several permissions, all of them. */
export function useCan(): (permission: string | readonly string[] | undefined) => boolean {
  const { data } = useQuery({ ...reading, enabled: false });
  return (permission) => allowed(data?.permissions ?? [], permission);
}

export function allowed(held: readonly string[], permission: string | readonly string[] | undefined): boolean {
  if (permission === undefined) return true;
  return (typeof permission === 'string' ? [permission] : permission).every((one) => held.includes(one));
}

/** Reads the person again, after a change of theirs. */
export const refreshMe = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['/me'] }).then(() => queryClient.fetchQuery(reading)).then(() => undefined);
