import type { IdentityChanged } from '@vinculo/customer-file/api/customers';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useRefresh, useSend } from '../../api/queries.ts';
import { tellUndo } from '../../ui/tell.tsx';
import { MergeResult } from '../cluster/merge-result.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { ReasonDialog } from './reason-dialog.tsx';

type Changed = z.infer<typeof IdentityChanged>;

interface SplitAndMergeProps {
  customer: { id: string; name: string };
  /** Records that would become a customer of their own. */
  chosen: string[];
  asking: 'split' | 'merge' | null;
  onClose: () => void;
  /** The customer that is left may have another id. */
  onDone: (customerId: string) => void;
}

/** Splitting off and merging by hand, wherever the records of a customer are shown: what is asked, what is sent, and taking it back. */
export function SplitAndMerge({ customer, chosen, asking, onClose, onDone }: SplitAndMergeProps) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const done =
    (words: string) =>
    ({ changeId, customerId }: Changed) => {
      onClose();
      onDone(customerId);
      tellUndo(words, async () => {
        await call({ method: 'POST', path: `/identity-changes/${changeId}/undo` });
        await refresh('/customers');
      });
    };
  const split = useSend<{ records: string[]; reason: string }, Changed>((body) => ({ path: `/customers/${customer.id}/split`, body }), {
    refreshes: ['/customers'],
    onDone: done(t('customers:identity.splitDone')),
  });
  const merge = useSend<{ from: string; reason: string }, Changed>(
    ({ from, reason }) => ({ path: '/customers/merge', body: { into: customer.id, from, reason } }),
    { refreshes: ['/customers'], onDone: done(t('customers:identity.mergeDone')) },
  );
  return (
    <>
      <ReasonDialog
        opened={asking === 'split'}
        title={t('customers:identity.splitTitle', { count: chosen.length })}
        action={t('customers:identity.split', { count: chosen.length })}
        busy={split.isPending}
        onClose={onClose}
        onReason={(reason) => split.mutate({ records: chosen, reason })}
      />
      <MergeDialog
        opened={asking === 'merge'}
        customer={customer}
        busy={merge.isPending}
        onClose={onClose}
        onMerge={(from, reason) => merge.mutate({ from, reason })}
        preview={(from) => <MergeResult into={customer.id} from={from} />}
      />
    </>
  );
}
