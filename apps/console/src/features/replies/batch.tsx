import type { BatchUndone } from '@vinculo/channels/api/replies';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Alert, Button, Group, Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tell } from '../../ui/tell.tsx';
import { Scan } from './scan.tsx';
import type { Batch } from './shapes.ts';
import { TypeForms } from './type-forms.tsx';

/** A pile of paper and its sheets. */
export default function BatchScreen() {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const { id } = useParams({ strict: false }) as { id: string };
  const [asking, setAsking] = useState(false);
  const { data: batch, error, refetch } = useGet<Batch>(`/reply-batches/${id}`, {}, { every: 5_000 });
  const close = useSend<boolean, Batch>((closed) => ({ path: `/reply-batches/${id}/${closed ? 'close' : 'reopen'}`, body: {} }), {
    refreshes: ['/reply-batches'],
  });
  const undo = useSend<void, z.infer<typeof BatchUndone>>(() => ({ path: `/reply-batches/${id}/undo`, body: {} }), {
    refreshes: ['/reply-batches', '/replies', '/customers'],
    onDone: ({ undone }) => {
      setAsking(false);
      tell(t('channels:replies.batch.undoneTold', { count: undone }));
    },
  });
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!batch)
    return (
      <Page title={t('channels:replies.title')}>
        <BlockSkeleton height={360} />
      </Page>
    );
  const { counts } = batch;
  const figures = [
    `${t('channels:replies.batch.all')}: ${format.number(counts.all)}`,
    `${t('channels:replies.batch.ok')}: ${format.number(counts.ok)}`,
    ...(batch.kind === 'coupons' ? [`${t('channels:replies.batch.used')}: ${format.number(counts.used)}`] : []),
  ];
  return (
    <Page
      title={batch.name}
      aside={
        <Text size="sm" c="dimmed" role="status">
          {[format.date(batch.receivedOn), batch.author, ...figures].join(' · ')}
          {counts.tray > 0 && (
            <>
              {' · '}
              <Link to="/replies" search={{ tab: 'tray' }}>
                {t('channels:replies.batch.tray')}: {format.number(counts.tray)}
              </Link>
            </>
          )}
        </Text>
      }
      actions={
        can('contact.write') &&
        !batch.undone && (
          <Group gap="sm">
            {counts.all > 0 && (
              <Button variant="default" color="red" onClick={() => setAsking(true)}>
                {t('channels:replies.batch.undo')}
              </Button>
            )}
            <Button variant="default" loading={close.isPending} onClick={() => close.mutate(!batch.closed)}>
              {t(batch.closed ? 'channels:replies.batch.reopen' : 'channels:replies.batch.close')}
            </Button>
          </Group>
        )
      }
    >
      <Stack gap="lg">
        {batch.closed && (
          <Alert variant="light">{t(batch.undone ? 'channels:replies.batch.undoneNote' : 'channels:replies.batch.closedNote')}</Alert>
        )}
        {batch.kind === 'coupons' ? <Scan batch={batch} /> : <TypeForms key={batch.id} batch={batch} />}
      </Stack>
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('channels:replies.batch.undoTitle', { name: batch.name })}
        action={t('channels:replies.batch.undo')}
        harmful
        busy={undo.isPending}
        onConfirm={() => undo.mutate()}
      >
        {t('channels:replies.batch.undoText', { count: counts.all })}
      </Confirm>
    </Page>
  );
}
