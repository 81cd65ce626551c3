import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet, useRefresh } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Text } from '../../ui/kit.ts';
import type { Bulk } from './schemas.ts';

const LOOK_AGAIN_MS = 1_000;

export interface RunningBulk {
  id: string;
  jobId: string;
  /** What it is when it is over. */
  ends: 'decided' | 'undone';
}

/** A bulk decision, or its undoing, while it runs; what it changed is read again when it is over. */
export function BulkProgress({ bulk, onOver }: { bulk: RunningBulk; onOver: () => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const refresh = useRefresh();
  // Not everybody who decides may look at jobs; the bulk itself says when it is done.
  const { data } = useGet<{ items: Bulk[] }>('/review/bulk', {}, { every: LOOK_AGAIN_MS });
  const state = data?.items.find(({ id }) => id === bulk.id)?.state;
  const [begun, setBegun] = useState(false);
  const underWay = state === 'deciding' || state === 'undoing';
  if (underWay && !begun) setBegun(true);
  // One that was cancelled ends elsewhere than it meant to.
  const over = state === bulk.ends || (begun && state !== undefined && !underWay);
  useEffect(() => {
    if (!over) return;
    void refresh('/review', '/customers', '/duplicates');
    onOver();
  }, [over, refresh, onOver]);
  return can('job.read') ? <JobProgress jobId={bulk.jobId} /> : <Text size="sm">{t('review:bulk.started')}</Text>;
}
