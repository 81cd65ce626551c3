import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '../../ui/kit.ts';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tellUndo } from '../../ui/tell.tsx';
import type { RunningBulk } from './bulk-progress.tsx';
import { PatternWords } from './pattern-words.tsx';
import classes from './review.module.css';
import type { BulkPreview, Verdict } from './schemas.ts';

interface BulkDialogProps {
  /** A pattern, or the ids of the pairs chosen. */
  which: { pattern: string } | { pairs: string[] };
  onClose: () => void;
  onStarted: (bulk: RunningBulk) => void;
}

const VERDICTS: readonly Verdict[] = ['same', 'different', 'unsure'];

/** Says how many pairs a bulk decision would decide and shows some, before anything happens. */
export function BulkDialog({ which, onClose, onStarted }: BulkDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [verdict, setVerdict] = useState<Verdict>('same');
  const [note, setNote] = useState('');
  // A question, though its words are too many for an address: nothing is changed by it.
  const preview = useQuery<BulkPreview, ApiError>({
    queryKey: ['/review/bulk/preview', which],
    queryFn: () => call({ method: 'POST', path: '/review/bulk/preview', body: { ...which, verdict: 'same' } }),
    staleTime: 0,
  });
  const start = useSend<void, Omit<RunningBulk, 'ends'>>(
    () => ({ path: '/review/bulk', body: { ...which, verdict, ...(note.trim() ? { note: note.trim() } : {}) } }),
    {
      refreshes: ['/review', '/jobs'],
      onDone: (bulk) => {
        tellUndo(t('review:bulk.started'), async () => {
          const undoing = await call<Omit<RunningBulk, 'ends'>>({ method: 'POST', path: `/review/bulk/${bulk.id}/undo` });
          onStarted({ ...undoing, ends: 'undone' });
        });
        onStarted({ ...bulk, ends: 'decided' });
      },
    },
  );
  const { data } = preview;
  const inside = data?.sample[0]?.doubt === 'inside';
  return (
    <Modal opened onClose={onClose} title={t('review:bulk.title')} closeButtonProps={{ 'aria-label': t('common:close') }} size="lg">
      {preview.error && <ErrorNote error={preview.error} retry={() => void preview.refetch()} />}
      {preview.isPending && <RowSkeletons rows={6} />}
      {data && (
        <Stack gap="md">
          {'pattern' in which && (
            <Text size="sm">
              <PatternWords pattern={which.pattern} />
            </Text>
          )}
          <Text size="sm" fw={600}>
            {t('review:bulk.count', { count: data.pairs, shown: format.number(data.pairs), customers: format.number(data.customers) })}
          </Text>
          <section aria-label={t('review:bulk.sample')}>
            <Text size="xs" c="dimmed">
              {t('review:bulk.sample')}
            </Text>
            <ul className={classes.samples}>
              {data.sample.map(({ id, a, b, probability }) => (
                <li key={id}>
                  {a.name} ({a.sourceLabel}) · {b.name} ({b.sourceLabel}) · {format.percent(Math.floor(probability * 100) / 100, 0)}
                </li>
              ))}
            </ul>
          </section>
          <Radio.Group label={t('review:bulk.question')} value={verdict} onChange={(value) => setVerdict(value as Verdict)}>
            <Stack gap="xs" mt="xs">
              {VERDICTS.map((value) => (
                <Radio
                  key={value}
                  value={value}
                  label={t(`review:verdict.${value}`)}
                  description={t(`review:bulk.${effect(value, inside)}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          <TextInput
            label={t('review:note.label')}
            description={t('review:note.help')}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button onClick={() => start.mutate()} loading={start.isPending} disabled={data.pairs === 0}>
              {t('review:bulk.action', { count: data.pairs, shown: format.number(data.pairs) })}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function effect(verdict: Verdict, inside: boolean): 'merge' | 'split' | 'confirm' | 'unsure' {
  if (verdict === 'unsure') return 'unsure';
  if ((verdict === 'same') === inside) return 'confirm';
  return inside ? 'split' : 'merge';
}
