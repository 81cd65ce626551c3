import type { Note, TimelineItem } from '@vinculo/customer-file/api/customers';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { usePage, useRefresh, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, Stack, Text, Textarea } from '../../ui/kit.ts';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import type { Customer } from './customer.tsx';
import type { CustomerSearch } from './search.ts';
import { TimelineRow } from './timeline-row.tsx';

type Item = z.infer<typeof TimelineItem>;

const KINDS = ['purchase', 'contact', 'campaign', 'redemption', 'event', 'consent', 'note', 'identity'] as const;

/** Every fact of every channel on one line of time, newest first, under its months. */
export function ActivityTab({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const [words, change] = useWords<CustomerSearch>();
  const kinds = new Set(words.kinds?.split(',').filter(Boolean));
  const page = usePage<Item>(`/customers/${customer.id}/timeline`, { kinds: words.kinds });
  const toggle = (kind: string) => {
    const next = new Set(kinds);
    if (!next.delete(kind)) next.add(kind);
    change({ kinds: [...next].join(',') || undefined }, { replace: true });
  };

  const months = new Map<string, Item[]>();
  for (const item of page.rows) {
    const month = format.month(item.at);
    months.set(month, [...(months.get(month) ?? []), item]);
  }
  return (
    <Stack gap="lg">
      {can('note.write') && <WriteNote customer={customer} focused={words.kinds === 'note'} />}
      <Group gap="xs" role="group" aria-label={t('customers:timeline.filter')}>
        {KINDS.map((kind) => (
          <Button
            key={kind}
            size="compact-sm"
            variant={kinds.has(kind) ? 'filled' : 'default'}
            aria-pressed={kinds.has(kind)}
            onClick={() => toggle(kind)}
          >
            {t(`customers:timeline.kind.${kind}`)}
          </Button>
        ))}
      </Group>
      {page.error ? (
        <ErrorNote error={page.error} retry={page.retry} />
      ) : page.loading ? (
        <RowSkeletons rows={8} height={36} />
      ) : page.rows.length === 0 ? (
        <EmptyState title={t('customers:timeline.empty')}>{t('customers:timeline.emptyText')}</EmptyState>
      ) : (
        [...months].map(([month, items]) => (
          <section key={month} aria-label={month}>
            <Text size="xs" c="dimmed" fw={600} mb="xs" component="h2">
              {month}
            </Text>
            <ol style={{ listStyle: 'none', margin: 0, padding: 0 }}>
              {items.map((item) => (
                <TimelineRow key={item.id} item={item} />
              ))}
            </ol>
          </section>
        ))
      )}
      {page.more && (
        <Button variant="default" loading={page.fetchingMore} onClick={page.fetchMore} style={{ alignSelf: 'center' }}>
          {t('common:more')}
        </Button>
      )}
    </Stack>
  );
}

function WriteNote({ customer, focused }: { customer: Customer; focused: boolean }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const [body, setBody] = useState('');
  const box = useRef<HTMLTextAreaElement>(null);
  // Somebody pressed "Note" in the summary: the cursor goes where they will write.
  useEffect(() => {
    if (focused) box.current?.focus();
  }, [focused]);
  const add = useSend<{ body: string }, z.infer<typeof Note>>((note) => ({ path: `/customers/${customer.id}/notes`, body: note }), {
    onDone: async () => {
      setBody('');
      await refresh(`/customers/${customer.id}`);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (body.trim()) add.mutate({ body: body.trim() });
      }}
    >
      <Group align="flex-end" gap="sm" wrap="nowrap">
        <Textarea
          ref={box}
          style={{ flex: 1 }}
          autosize
          minRows={1}
          maxRows={8}
          label={t('customers:note.label')}
          placeholder={t('customers:note.placeholder')}
          value={body}
          maxLength={10_000}
          onChange={(event) => setBody(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit();
          }}
        />
        <Button type="submit" disabled={!body.trim()} loading={add.isPending}>
          {t('common:save')}
        </Button>
      </Group>
    </form>
  );
}
