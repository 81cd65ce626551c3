import type { ContactChoice, ContactChoices, ContactRow } from '@vinculo/channels/api/contacts';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';

export type Contact = z.infer<typeof ContactRow>;
export type Choice = z.infer<typeof ContactChoice>;
export type Kind = 'call' | 'visit';

/** The company's own words for calls and visits, and who has written something down. */
export function useChoices() {
  const { data, error, refetch } = useGet<z.infer<typeof ContactChoices>>('/contacts/choices', {}, { staleTime: 60_000 });
  const of = (kind: Kind, list: Choice['list'], archived = false): Choice[] =>
    (data?.items ?? []).filter((one) => one.kind === kind && one.list === list && one.archived === archived);
  return { all: data?.items ?? [], authors: data?.authors ?? [], of, loaded: data !== undefined, error, refetch };
}
