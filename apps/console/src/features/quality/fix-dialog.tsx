import type { z } from 'zod';
import type { Correction, CorrectionPreview, NewCorrection } from '@vinculo/customer-file/api/quality';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';
import { useRefresh, useSend } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '../../ui/kit.ts';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tellUndo } from '../../ui/tell.tsx';
import type { Problem } from './quality-figures.ts';
import classes from './quality.module.css';

interface FixDialogProps {
  problem: Problem;
  title: string;
  onClose: () => void;
}

/** Whatever is not valid, in place of a value. */
const INVALID = '!';

/** Shows what a correction would do before it is made. */
export function FixDialog({ problem, title, onClose }: FixDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const refresh = useRefresh();
  const { kind, field, sourceId, value } = problem;
  const [replace, setReplace] = useState(problem.right !== null);
  const [right, setRight] = useState(problem.right ?? '');
  const body: z.input<typeof NewCorrection> = {
    field,
    value: kind === 'invalid' ? INVALID : (value ?? ''),
    right: replace ? right : '',
    ...(sourceId ? { source: sourceId } : {}),
  };
  // A question, though it is asked with a body: nothing is changed by it.
  const preview = useQuery<z.infer<typeof CorrectionPreview>, ApiError>({
    queryKey: ['/quality/corrections/preview', body],
    queryFn: () => call({ method: 'POST', path: '/quality/corrections/preview', body }),
    staleTime: 0,
  });
  const make = useSend<void, z.infer<typeof Correction>>(() => ({ path: '/quality/corrections', body }), {
    refreshes: ['/quality', '/jobs'],
    onDone: ({ id }) => {
      tellUndo(t('quality:fix.made'), async () => {
        await call({ method: 'POST', path: `/quality/corrections/${id}/undo` });
        await refresh('/quality', '/jobs');
      });
      onClose();
    },
  });
  const { data, error } = preview;
  return (
    <Modal opened onClose={onClose} title={t('quality:fix.title')} size="lg" closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Stack gap="md">
        <Text size="sm" fw={600}>
          {title}
        </Text>
        {kind === 'invalid' ? (
          <Text size="sm">{t('quality:fix.invalidOnly')}</Text>
        ) : (
          <Radio.Group
            aria-label={t('quality:fix.title')}
            value={replace ? 'replace' : 'forget'}
            onChange={(choice) => setReplace(choice === 'replace')}
          >
            <Stack gap="xs">
              <Radio value="forget" label={t('quality:fix.forget')} />
              <Radio value="replace" label={t('quality:fix.replace')} />
            </Stack>
          </Radio.Group>
        )}
        {replace && (
          <TextInput
            label={t('quality:fix.right')}
            value={right}
            maxLength={200}
            onChange={(event) => setRight(event.currentTarget.value)}
          />
        )}
        {error && <ErrorNote error={error} retry={() => void preview.refetch()} />}
        {preview.isPending && <RowSkeletons rows={4} />}
        {data && (
          <>
            <Text size="sm">{t('quality:fix.affected', { count: data.records, shown: format.number(data.records) })}</Text>
            {data.sample.length > 0 && (
              <section aria-label={t('quality:fix.sample')}>
                <Text size="xs" c="dimmed">
                  {t('quality:fix.sample')}
                </Text>
                <ul className={classes.samples}>
                  {data.sample.map(({ recordId, name, before, after }) => (
                    <li key={recordId}>
                      {name}: <del>{before}</del> → <ins>{after || t('quality:fix.nothing')}</ins>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
        <Text size="xs" c="dimmed">
          {t('quality:fix.kept')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            onClick={() => make.mutate()}
            loading={make.isPending}
            disabled={!data || data.records === 0 || (replace && right.trim() === '')}
          >
            {t('quality:fix.action')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
