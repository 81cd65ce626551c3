import { useTranslation } from 'react-i18next';
import { address } from '../../api/client.ts';
import { type Page as Rows, useGet, usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconDownload, IconInbox, IconMail, IconPlus, IconSearch, IconSettings } from '../../ui/icons.ts';
import {
  ActionIcon,
  Button,
  Group,
  SegmentedControl,
  Select,
  Text,
  TextInput,
  Tooltip,
  useDebouncedCallback,
  useHotkeys,
} from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { usePhone } from '../../ui/screen-size.ts';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { LetterView } from './letter-view.tsx';
import { type Counts, FORMS, KINDS, PICTURE, type Row, senderOf, STATES, topicOf } from './letters.ts';
import classes from './inbox.module.css';
import type { InboxSearch } from './search.ts';
import { useDecide } from './use-decide.ts';
import { KeysHelp } from './whose.tsx';

/** Mails, letters and faxes: those of whom nobody knows whose they are first, one after another by keyboard. */
export default function Inbox() {
  const { t } = useTranslation();
  const phone = usePhone();
  const can = useCan();
  const [{ letter, ...words }, change] = useWords<InboxSearch>();
  const state = words.state ?? 'waiting';
  const rows = usePage<Row>('/letters', { ...words, state, limit: 30 }, { every: 15_000 });
  const current = phone ? undefined : (rows.rows.find(({ id }) => id === letter) ?? rows.rows[0]);
  const open = (id: string | undefined) => change({ letter: id }, { replace: true });
  const beside = (step: number) => {
    const at = rows.rows.findIndex(({ id }) => id === current?.id);
    const next = rows.rows[at + step];
    if (next) open(next.id);
    if (step > 0 && at + 3 > rows.rows.length) rows.fetchMore();
  };
  const deciding = useDecide((id) => {
    // Decided ones leave the list: the one after it comes into its place.
    const at = rows.rows.findIndex((row) => row.id === id);
    open((rows.rows[at + 1] ?? rows.rows[at - 1])?.id);
  });
  useHotkeys([
    ['j', () => beside(1)],
    ['k', () => beside(-1)],
    ['z', deciding.undo],
  ]);
  return (
    <Page title={t('channels:post.title')} actions={<Actions words={{ ...words, state }} />}>
      <Tools words={words} onWords={(next, options) => change({ ...next, letter: undefined }, options)} />
      <ErrorNote error={rows.error} retry={rows.retry} />
      {rows.loading && <RowSkeletons rows={8} />}
      {!rows.loading && !rows.error && rows.rows.length === 0 && <Nothing words={words} onClear={(next) => change(next)} />}
      {rows.rows.length > 0 && (
        <>
          <div className={classes.tray}>
            <List rows={rows} current={current?.id} onOpen={phone ? undefined : open} />
            {current && <LetterView id={current.id} deciding={deciding} />}
          </div>
          {!phone && state === 'waiting' && can('contact.write') && (
            <div style={{ marginTop: 12 }}>
              <KeysHelp />
            </div>
          )}
        </>
      )}
    </Page>
  );
}

function Actions({ words }: { words: InboxSearch }) {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <Group gap="xs">
      {can('customer.export') && (
        <Tooltip label={t('common:export')}>
          <ActionIcon
            component="a"
            href={address('/letters/export', words)}
            download
            variant="default"
            size={32}
            aria-label={t('common:export')}
          >
            <IconDownload size={16} />
          </ActionIcon>
        </Tooltip>
      )}
      {can('connection.read') && (
        <LinkButton to="/mailboxes" variant="default" leftSection={<IconSettings size={16} />}>
          {t('channels:mailbox.title')}
        </LinkButton>
      )}
      {can('contact.write') && (
        <LinkButton to="/inbox/new" leftSection={<IconPlus size={16} />}>
          {t('channels:post.register')}
        </LinkButton>
      )}
    </Group>
  );
}

function Tools({ words, onWords }: { words: InboxSearch; onWords: (next: Partial<InboxSearch>, options?: { replace?: boolean }) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const { data: counts } = useGet<Counts>('/letters/counts', {}, { every: 15_000 });
  const search = useDebouncedCallback((text: string) => onWords({ search: text.trim() || undefined }, { replace: true }), 200);
  const state = words.state ?? 'waiting';
  const states = STATES.map((value) => ({
    value,
    label:
      counts && counts[value] > 0
        ? `${t(`channels:post.state.${value}`)} ${format.number(counts[value])}`
        : t(`channels:post.state.${value}`),
  }));
  const choose = (next: string | null) => onWords({ state: next === 'waiting' || !next ? undefined : (next as InboxSearch['state']) });
  return (
    <>
      <div className={classes.tools}>
        {phone ? (
          <Select aria-label={t('channels:post.column.state')} value={state} data={states} onChange={choose} style={{ flex: '1 1 100%' }} />
        ) : (
          <SegmentedControl aria-label={t('channels:post.column.state')} value={state} onChange={choose} data={states} />
        )}
        <TextInput
          className={classes.search!}
          type="search"
          defaultValue={words.search ?? ''}
          placeholder={t('channels:post.searchPlaceholder')}
          aria-label={t('channels:post.searchPlaceholder')}
          leftSection={<IconSearch size={16} />}
          onChange={(event) => search(event.currentTarget.value)}
        />
        <Choice word="kind" values={KINDS} words={words} onWords={onWords} />
        <Choice word="form" values={FORMS} words={words} onWords={onWords} />
        <Choice word="direction" values={['in', 'out']} words={words} onWords={onWords} />
      </div>
      <Text size="sm" c="dimmed" mb="xs">
        {t(`channels:post.stateHelp.${state}`)}
      </Text>
    </>
  );
}

interface ChoiceProps {
  word: 'kind' | 'form' | 'direction';
  values: readonly string[];
  words: InboxSearch;
  onWords: (next: Partial<InboxSearch>) => void;
}

function Choice({ word, values, words, onWords }: ChoiceProps) {
  const { t } = useTranslation();
  return (
    <Select
      size="xs"
      w={130}
      clearable
      clearButtonProps={{ 'aria-label': t('common:clear') }}
      aria-label={t(`channels:post.filter.${word}`)}
      placeholder={t(`channels:post.filter.${word}`)}
      value={words[word] ?? null}
      data={values.map((value) => ({ value, label: t(`channels:post.${word}.${value}`) }))}
      onChange={(next) => onWords({ [word]: next ?? undefined })}
    />
  );
}

function List({ rows, current, onOpen }: { rows: Rows<Row>; current: string | undefined; onOpen: ((id: string) => void) | undefined }) {
  const { t } = useTranslation();
  return (
    <div>
      <ul className={classes.list} aria-label={t('channels:post.list')}>
        {rows.rows.map((row) => (
          <li key={row.id}>
            {onOpen ? (
              <button type="button" className={classes.item} aria-current={row.id === current || undefined} onClick={() => onOpen(row.id)}>
                <Item row={row} />
              </button>
            ) : (
              <Link plain to="/inbox/$id" params={{ id: row.id }} className={classes.item!}>
                <Item row={row} />
              </Link>
            )}
          </li>
        ))}
      </ul>
      {rows.more && (
        <Group justify="center" mt="xs">
          <Button size="xs" variant="subtle" loading={rows.fetchingMore} onClick={rows.fetchMore}>
            {t('common:more')}
          </Button>
        </Group>
      )}
    </div>
  );
}

function Item({ row }: { row: Row }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Picture = PICTURE[row.kind];
  return (
    <>
      <Picture size={16} role="img" aria-label={t(`channels:post.kind.${row.kind}`)} />
      <span style={{ minWidth: 0 }}>
        <span className={classes.line}>
          <span className={row.opened ? undefined : classes.fresh}>{senderOf(t, row)}</span>
          <time dateTime={row.receivedAt}>{format.relative(row.receivedAt)}</time>
        </span>
        <span className={classes.line}>
          <span>{topicOf(t, row)}</span>
        </span>
        <span className={classes.excerpt}>
          {[
            row.customer?.name,
            row.number,
            row.why && t(`channels:post.why.${row.why}`),
            row.documents > 0 && t('channels:post.attachments', { count: row.documents }),
            row.excerpt,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
    </>
  );
}

function Nothing({ words, onClear }: { words: InboxSearch; onClear: (next: Partial<InboxSearch>) => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const { data: counts } = useGet<Counts>('/letters/counts');
  const { state, ...asked } = words;
  if (Object.values(asked).some(Boolean)) {
    return (
      <EmptyState
        icon={IconSearch}
        title={t('shell:list.noMatch')}
        action={
          <Button variant="subtle" onClick={() => onClear({ search: undefined, kind: undefined, form: undefined, direction: undefined })}>
            {t('common:clear')}
          </Button>
        }
      />
    );
  }
  if (counts && Object.values(counts).every((count) => count === 0)) {
    return (
      <EmptyState
        icon={IconMail}
        title={t('channels:post.empty.none')}
        action={
          can('connection.write') ? (
            <LinkButton to="/mailboxes" search={{ create: 'yes' }} leftSection={<IconPlus size={16} />}>
              {t('channels:mailbox.add')}
            </LinkButton>
          ) : undefined
        }
      >
        {t('channels:post.empty.noneText')}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconInbox} title={t(state ? 'channels:post.empty.state' : 'channels:post.empty.waiting')}>
      {t(state ? `channels:post.stateHelp.${state}` : 'channels:post.empty.waitingText')}
    </EmptyState>
  );
}
