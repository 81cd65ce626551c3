import type { Me } from '@vinculo/access/api';
import { useQuery } from '@tanstack/react-query';
import { ApiError, call } from '../api/client.ts';
import { forgetJobs } from '../api/jobs.ts';
import { queryClient } from '../api/queries.ts';

export type { Me } from '@vinculo/access/api';

const reading = { queryKey: ['/me', {}], queryFn: () => call<Me>({ path: '/me' }), staleTime: 60_000 };

/** Who is signed in; `null` when nobody is. */
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
  const { data } = useQuery(reading);
  if (!data) throw new Error('No one is signed in here.');
  return data;
}

/** Whether the person may: `const can = useCan(); can('customer.export')`. With several permissions, all of them. */
export function useCan(): (permission: string | readonly string[] | undefined) => boolean {
  const { data } = useQuery({ ...reading, enabled: false });
  return (permission) => allowed(data?.permissions ?? [], permission);
}

export function allowed(held: readonly string[], permission: string | readonly string[] | undefined): boolean {
  return lacking(held, permission).length === 0;
}

/** Of what is needed, what is not held. */
export function lacking(held: readonly string[], permission: string | readonly string[] | undefined): readonly string[] {
  if (permission === undefined) return [];
  return (typeof permission === 'string' ? [permission] : permission).filter((one) => !held.includes(one));
}

/** Reads the person again, after signing in or a change of theirs. */
export async function refreshMe(): Promise<Me> {
  return queryClient.fetchQuery({ ...reading, staleTime: 0 });
}

/** Ends the session on the server. Then leave the frame, then {@link forgetSession}: a frame without a person has nothing to draw. */
export async function signOut(): Promise<void> {
  await call({ method: 'POST', path: '/api/auth/sign-out', body: {} });
}

/** Forgets everything read in the session. */
export function forgetSession(): void {
  forgetJobs();
  queryClient.clear();
}
