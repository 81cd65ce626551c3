import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { address, call } from '../../api/client.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage } from '../../ui/board-page.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconCheck,
  IconCopy,
  IconDots,
  IconDownload,
  IconEdit,
  IconMail,
  IconPlus,
  IconShare,
  IconTable,
  IconTrash,
} from '../../ui/icons.ts';
import { ActionIcon, Button, Group, Menu, Modal, Stack, Text, TextInput } from '../../ui/kit.ts';
import { useGo } from '../../ui/link.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tell, tellUndo } from '../../ui/tell.tsx';
import { type Asked, BehindDrawer } from './behind-drawer.tsx';
import { BoardFilterBar } from './board-filters.tsx';
import classes from './boards.module.css';
import { CardEditor } from './card-editor.tsx';
import { CardsGrid } from './cards-grid.tsx';
import { MailDialog } from './mail-dialog.tsx';
import type { BoardSearch } from './search.ts';
import { ShareDialog } from './share-dialog.tsx';
import { type BoardView, type CardView, type Filters, useChange, useResults } from './use-boards.ts';

/** One board: its cards with the filters in the URL, to look at, to look behind, and to arrange. */
export default function BoardScreen() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const { data: board, error, refetch } = useGet<BoardView>(`/boards/${id}`);
  if (error)
    return (
      <BoardPage title={t('boards:title')}>
        <div style={{ gridColumn: '1 / -1' }}>
          <ErrorNote error={error} retry={() => void refetch()} />
        </div>
      </BoardPage>
    );
  if (!board)
    return (
      <BoardPage title={t('boards:title')}>
        <div style={{ gridColumn: '1 / -1' }}>
          <BlockSkeleton height={480} />
        </div>
      </BoardPage>
    );
  return <Shown key={board.id} board={board} />;
}

type Open = 'share' | 'mail' | 'rename' | undefined;

function Shown({ board }: { board: BoardView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const [filters, setFilters, changed] = useBoardFilters(board);
  const results = useResults(board.cards, filters);
  const change = useChange(board);
  const [arranging, setArranging] = useState(false);
  const [edited, setEdited] = useState<CardView | 'new'>();
  const [asked, setAsked] = useState<Asked>();
  const [open, setOpen] = useState<Open>();
  const [full, fullScreen] = useFullScreen();
  const set = (cards: CardView[]) => change.mutate({ cards });
  const save = (card: CardView) => {
    const known = board.cards.some(({ id }) => id === card.id);
    set(known ? board.cards.map((one) => (one.id === card.id ? card : one)) : [...board.cards, card]);
    setEdited(undefined);
  };
  const take = (card: CardView, title: string) => {
    const place = board.cards.indexOf(card);
    set(board.cards.filter((one) => one.id !== card.id));
    tellUndo(`${t('boards:cardRemoved')}: ${title}`, async () => {
      const now = await call<BoardView>({ path: `/boards/${board.id}` });
      await change.mutateAsync({ cards: now.cards.toSpliced(place, 0, card) });
    });
  };
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('boards:addCard')}
    </Button>
  );

  const page = (
    <BoardPage
      title={board.name}
      aside={
        results.data?.asOf && (
          <Text
            size="sm"
            c="dimmed"
            title={results.data.computedAt ? t('boards:computed', { when: format.dateTime(results.data.computedAt) }) : undefined}
          >
            {t('boards:asOf', { date: format.date(results.data.asOf) })}
          </Text>
        )
      }
      actions={
        <Group gap="sm">
          {board.editable && !full && (
            <>
              {arranging && add}
              <Button
                variant={arranging ? 'filled' : 'default'}
                leftSection={arranging ? <IconCheck size={16} /> : <IconEdit size={16} />}
                onClick={() => setArranging(!arranging)}
              >
                {t(arranging ? 'boards:done' : 'boards:arrange')}
              </Button>
            </>
          )}
          <BoardMenu board={board} filters={filters} onOpen={setOpen} onFull={fullScreen} />
          {full && (
            <Button variant="default" leftSection={<IconArrowsMinimize size={16} />} onClick={fullScreen}>
              {t('boards:leaveFullScreen')}
            </Button>
          )}
        </Group>
      }
    >
      <BoardFilterBar
        filters={filters}
        onChange={setFilters}
        changed={changed}
        onSave={board.editable ? () => change.mutate({ filters }, { onSuccess: () => tell(t('boards:saved')) }) : undefined}
      />
      {arranging && <p className={classes.hint}>{t('boards:arranging')}</p>}
      {results.error && (
        <div style={{ gridColumn: '1 / -1' }}>
          <ErrorNote error={results.error} retry={() => void results.refetch()} />
        </div>
      )}
      {board.cards.length === 0 && (
        <div style={{ gridColumn: '1 / -1' }}>
          <EmptyState icon={IconTable} title={t('boards:empty.title')} action={board.editable && add}>
            {t('boards:empty.text')}
          </EmptyState>
        </div>
      )}
      <CardsGrid
        cards={board.cards}
        results={results.data?.cards}
        stale={results.isPlaceholderData}
        arranging={arranging}
        onCards={set}
        onEdit={setEdited}
        onRemove={take}
        onPress={(card, pressed) => can(['value.read', 'customer.read']) && setAsked({ card, filters, ...pressed })}
      />
    </BoardPage>
  );

  return (
    <>
      {full ? <div className={classes.full}>{page}</div> : page}
      {edited && (
        <CardEditor card={edited === 'new' ? undefined : edited} filters={filters} onSave={save} onClose={() => setEdited(undefined)} />
      )}
      {asked && <BehindDrawer asked={asked} onAsk={setAsked} onClose={() => setAsked(undefined)} />}
      {open === 'share' && <ShareDialog board={board} onClose={() => setOpen(undefined)} />}
      {open === 'mail' && <MailDialog board={board} onClose={() => setOpen(undefined)} />}
      {open === 'rename' && <RenameDialog board={board} onClose={() => setOpen(undefined)} />}
    </>
  );
}

/** The filters in the URL, else those saved with the board; whether they differ. */
function useBoardFilters(board: BoardView): [Filters, (filters: Filters) => void, boolean] {
  const [words, change] = useWords<BoardSearch>();
  const saved = JSON.stringify(board.filters);
  // By its text: the board comes anew with every change of it, and its filters stay what they were.
  const text = words.f ?? saved;
  const filters = useMemo((): Filters => {
    try {
      return JSON.parse(text) as Filters;
    } catch {
      return {};
    }
  }, [text]);
  const set = (next: Filters) => {
    const asked = JSON.stringify(next);
    change({ f: asked === saved ? undefined : asked });
  };
  return [filters, set, words.f !== undefined && words.f !== saved];
}

/** The whole screen where the browser lets us; over everything else where it does not. */
function useFullScreen(): [boolean, () => void] {
  const [full, setFull] = useState(false);
  const own = useRef(false);
  useEffect(() => {
    const ended = () => {
      if (!document.fullscreenElement && own.current) {
        own.current = false;
        setFull(false);
      }
    };
    const escape = (event: KeyboardEvent) => event.key === 'Escape' && !document.querySelector('[role=dialog]') && setFull(false);
    document.addEventListener('fullscreenchange', ended);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('fullscreenchange', ended);
      document.removeEventListener('keydown', escape);
    };
  }, []);
  return [
    full,
    () => {
      setFull(!full);
      if (full && document.fullscreenElement) void document.exitFullscreen();
      else if (!full)
        void document.documentElement.requestFullscreen?.().then(
          () => (own.current = true),
          () => undefined,
        );
    },
  ];
}

function BoardMenu({
  board,
  filters,
  onOpen,
  onFull,
}: {
  board: BoardView;
  filters: Filters;
  onOpen: (open: Open) => void;
  onFull: () => void;
}) {
  const { t } = useTranslation();
  const can = useCan();
  const go = useGo();
  const refresh = useRefresh();
  const navigate = useNavigate() as (to: object) => Promise<void>;
  const copy = useSend<void, BoardView>(
    () => ({ path: `/boards/${board.id}/duplicate`, body: { name: t('boards:copyOf', { name: board.name }).slice(0, 120) } }),
    { refreshes: ['/boards'], onDone: ({ id }) => void go({ to: '/boards/$id', params: { id } }) },
  );
  const remove = useSend<void, void>(() => ({ method: 'DELETE', path: `/boards/${board.id}` }), {
    onDone: () => {
      void go({ to: '/boards' });
      tellUndo(`${t('boards:boardRemoved')}: ${board.name}`, async () => {
        await call({ method: 'POST', path: `/boards/${board.id}/restore` });
        await refresh('/boards');
        await navigate({ to: '/boards/$id', params: { id: board.id } });
      });
    },
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t('boards:more')}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {board.editable && (
          <Menu.Item leftSection={<IconShare size={16} />} onClick={() => onOpen('share')}>
            {t('boards:share')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconMail size={16} />} onClick={() => onOpen('mail')}>
          {t('boards:mail')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconDownload size={16} />}
          component="a"
          href={address(`/boards/${board.id}/pdf`, { filters: JSON.stringify(filters) })}
        >
          {t('boards:pdf')}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowsMaximize size={16} />} onClick={onFull}>
          {t('boards:fullScreen')}
        </Menu.Item>
        {can('board.write') && (
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => copy.mutate()}>
            {t('boards:duplicate')}
          </Menu.Item>
        )}
        {board.editable && (
          <>
            <Menu.Item leftSection={<IconEdit size={16} />} onClick={() => onOpen('rename')}>
              {t('boards:rename')}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => remove.mutate()}>
              {t('boards:delete')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function RenameDialog({ board, onClose }: { board: BoardView; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(board.name);
  const change = useChange(board);
  return (
    <Modal opened onClose={onClose} title={t('boards:rename')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ name: name.trim() }, { onSuccess: onClose });
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
          <Group justify="flex-end">
            <Button type="submit" disabled={name.trim() === ''}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
