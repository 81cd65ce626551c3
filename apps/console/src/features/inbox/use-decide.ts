import type { Decided } from '@vinculo/channels/api/letters';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useRefresh, useSend } from '../../api/queries.ts';
import { tell, tellUndo } from '../../ui/tell.tsx';
import { LETTERS } from './letters.ts';

type Done = z.infer<typeof Decided>;
export type Scope = 'once' | 'address' | 'domain';

interface Assignment {
  id: string;
  customer: { id: string; name: string };
  remember: boolean;
}

export interface Deciding {
  assign: (assignment: Assignment) => void;
  stranger: (letter: { id: string; scope: Scope }) => void;
  /** Asks again whose it is. */
  giveBack: (id: string) => void;
  /** Takes back what was decided last here. */
  undo: () => void;
  busy: boolean;
}

/** Whose a letter is, said with one key, and taken back with another. */
export function useDecide(onDecided: (id: string) => void): Deciding {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const last = useRef<string>(undefined);
  const takeBack = async (id: string) => {
    last.current = undefined;
    await call<Done>({ method: 'POST', path: `/letters/${id}/return` });
    await refresh(...LETTERS);
  };
  const done = (id: string, said: string) => {
    last.current = id;
    onDecided(id);
    tellUndo(said, () => takeBack(id));
  };
  const assign = useSend<Assignment, Done>(
    ({ id, customer, remember }) => ({ path: `/letters/${id}/assign`, body: { customerId: customer.id, remember } }),
    {
      refreshes: LETTERS,
      onDone: ({ letters }, { id, customer }) => done(id, t('channels:post.assigned', { count: letters, name: customer.name })),
    },
  );
  const stranger = useSend<{ id: string; scope: Scope }, Done>(({ id, scope }) => ({ path: `/letters/${id}/stranger`, body: { scope } }), {
    refreshes: LETTERS,
    onDone: ({ letters }, { id }) => done(id, t('channels:post.strange', { count: letters })),
  });
  const back = useSend<string, Done>((id) => ({ path: `/letters/${id}/return` }), {
    refreshes: LETTERS,
    onDone: () => tell(t('channels:post.returned')),
  });
  const busy = assign.isPending || stranger.isPending || back.isPending;
  return {
    assign: (one) => !busy && assign.mutate(one),
    stranger: (one) => !busy && stranger.mutate(one),
    giveBack: (id) => !busy && back.mutate(id),
    undo: () => last.current !== undefined && !busy && back.mutate(last.current),
    busy,
  };
}
