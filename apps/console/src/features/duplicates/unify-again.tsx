import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconRefresh } from '../../ui/icons.ts';
import { Button } from '../../ui/kit.ts';

interface UnifyAgainProps {
  records: number;
  running: boolean;
  onStarted: (jobId: string) => void;
}

/** Looks at every record again; what people decided stays decided. */
export function UnifyAgain({ records, running, onStarted }: UnifyAgainProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const unify = useSend<void, { jobId: string }>(() => ({ path: '/unifications' }), {
    refreshes: ['/jobs'],
    onDone: ({ jobId }) => {
      setAsking(false);
      onStarted(jobId);
    },
  });
  return (
    <>
      <Button variant="default" leftSection={<IconRefresh size={16} />} disabled={running} onClick={() => setAsking(true)}>
        {t('duplicates:unify.action')}
      </Button>
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('duplicates:unify.title')}
        action={t('duplicates:unify.action')}
        onConfirm={() => unify.mutate()}
        busy={unify.isPending}
      >
        {t('duplicates:unify.text', { count: records, shown: format.number(records) })}
      </Confirm>
    </>
  );
}
