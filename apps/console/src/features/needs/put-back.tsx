import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { useFormat } from '../../ui/format.ts';
import { Button, Stack, Text } from '../../ui/kit.ts';
import type { Overview } from './needs-words.ts';

interface PutBackProps {
  undo: NonNullable<Overview['undo']>;
  onBegun: (jobId: string) => void;
}

/** The way back to the groups that were in use before. */
export function PutBack({ undo: { id, foundAt }, onBegun }: PutBackProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useCan()('segment.write');
  const undo = useSend<void, { jobId: string }>(() => ({ path: `/needs-findings/${id}/undo` }), {
    refreshes: ['/needs-groups'],
    onDone: ({ jobId }) => onBegun(jobId),
  });
  if (!may) return null;
  return (
    <Stack gap={4} align="flex-start">
      <Button variant="default" size="xs" loading={undo.isPending} onClick={() => undo.mutate()}>
        {t('needs:proposal.undo')}
      </Button>
      <Text size="xs" c="dimmed">
        {t('needs:proposal.undoLead', { when: format.relative(foundAt) })}
      </Text>
    </Stack>
  );
}
