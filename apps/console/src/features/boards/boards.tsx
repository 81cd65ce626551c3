import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage } from '../../ui/board-page.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconPlus, IconTable } from '../../ui/icons.ts';
import { Badge, Button, Group, Modal, Select, Stack, Text, TextInput } from '../../ui/kit.ts';
import { Link, useGo } from '../../ui/link.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import classes from './boards.module.css';
import type { BoardsSearch } from './search.ts';
import { TargetsButton } from './targets.tsx';
import type { BoardListed, BoardView } from './use-boards.ts';

/** The boards somebody may see: the ready-made ones, their own, and those others share. */
export default function Boards() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan()('board.write');
  const [words, change] = useWords<BoardsSearch>();
  const { data, error, refetch } = useGet<{ items: BoardListed[] }>('/boards');
  const make = can && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => change({ create: 'yes' })}>
      {t('boards:new')}
    </Button>
  );
  return (
    <BoardPage
      title={t('boards:title')}
      actions={
        <Group gap="sm">
          <TargetsButton />
          {make}
        </Group>
      }
    >
      <div style={{ gridColumn: '1 / -1' }}>
        {error && <ErrorNote error={error} retry={() => void refetch()} />}
        {!data && !error && <RowSkeletons rows={4} height={64} />}
        {data?.items.length === 0 && (
          <EmptyState icon={IconTable} title={t('boards:empty.none')} action={make}>
            {t('boards:empty.noneText')}
          </EmptyState>
        )}
        <ul className={classes.list}>
          {data?.items.map((board) => (
            <li key={board.id}>
              <Link plain to="/boards/$id" params={{ id: board.id }} className={classes.item!}>
                <Text fw={600}>{board.name}</Text>
                <Text size="xs" c="dimmed">
                  {[
                    t('boards:cards', { count: board.cards }),
                    board.template ? t('boards:readyMade') : board.mine ? t('boards:mine') : t('boards:by', { name: board.ownerName }),
                    format.relative(board.changedAt),
                  ].join(' · ')}
                </Text>
                <Badge mt="xs">{t(`boards:visibility.${board.visibility}`)}</Badge>
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <Modal
        opened={can && words.create === 'yes'}
        onClose={() => change({ create: undefined })}
        title={t('boards:new')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <NewBoard boards={data?.items ?? []} />
      </Modal>
    </BoardPage>
  );
}

function NewBoard({ boards }: { boards: BoardListed[] }) {
  const { t } = useTranslation();
  const go = useGo();
  const [name, setName] = useState('');
  const [from, setFrom] = useState('');
  const make = useSend<void, BoardView>(() => ({ path: from ? `/boards/${from}/duplicate` : '/boards', body: { name: name.trim() } }), {
    refreshes: ['/boards'],
    onDone: ({ id }) => void go({ to: '/boards/$id', params: { id } }, { replace: true }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('boards:newName')}
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Select
          label={t('boards:startFrom')}
          value={from}
          data={[{ value: '', label: t('boards:createEmpty') }, ...boards.map((board) => ({ value: board.id, label: board.name }))]}
          onChange={(value) => setFrom(value ?? '')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending} disabled={name.trim() === ''}>
            {t('boards:create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
