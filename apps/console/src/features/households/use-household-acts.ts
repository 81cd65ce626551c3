import type { HouseholdChanged } from '@vinculo/customer-file/api/households';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useRefresh, useSend } from '../../api/queries.ts';
import { tellUndo } from '../../ui/tell.tsx';

type Changed = z.infer<typeof HouseholdChanged>;

/** What people do to households, each with its undo. */
export function useHouseholdActs(onDone?: (changed: Changed) => void) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const done = (message: string) => ({
    refreshes: ['/households', '/customers'],
    onDone: (changed: Changed) => {
      onDone?.(changed);
      tellUndo(message, async () => {
        await call({ method: 'POST', path: `/household-changes/${changed.changeId}/undo` });
        await refresh('/households', '/customers');
      });
    },
  });
  const putIn = useSend<{ household: string; customerId: string }, Changed>(
    ({ household, customerId }) => ({ path: `/households/${household}/put-in`, body: { customerId } }),
    done(t('households:done.putIn')),
  );
  const takeOut = useSend<{ household: string; customerId: string }, Changed>(
    ({ household, customerId }) => ({ path: `/households/${household}/take-out`, body: { customerId } }),
    done(t('households:done.takenOut')),
  );
  const confirm = useSend<string, Changed>(
    (household) => ({ path: `/households/${household}/confirm`, body: {} }),
    done(t('households:done.confirmed')),
  );
  const make = useSend<string[], Changed>((customers) => ({ path: '/households', body: { customers } }), done(t('households:done.made')));
  return { putIn, takeOut, confirm, make };
}
