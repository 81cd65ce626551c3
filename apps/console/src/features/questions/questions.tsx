import type { QuestionRow, QuestionSchema } from '@vinculo/insight/api/questions';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { BoardPage } from '../../ui/board-page.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { useHeld } from '../../ui/held.ts';
import { IconPlayerPlay, IconPlayerStop, IconPlus } from '../../ui/icons.ts';
import { Button, Group, Kbd, Stack, Text } from '../../ui/kit.ts';
import { tell, tellUndo } from '../../ui/tell.tsx';
import { Unsaved } from '../../ui/unsaved.tsx';
import { AnswerView } from './answer.tsx';
import { DownloadMenu, Keep } from './keep.tsx';
import { ParameterFields } from './parameter-fields.tsx';
import classes from './questions.module.css';
import type { QuestionsSearch } from './search.ts';
import { type Parameter, parametersOf, type QuestionView, useRun } from './use-run.ts';
import { Views } from './views.tsx';

type Schema = z.infer<typeof QuestionSchema>;
type Row = z.infer<typeof QuestionRow>;

/** SQL over the documented views: written, run, seen, kept, put on a board. */
export default function Questions() {
  const { t } = useTranslation();
  const [words, change] = useWords<QuestionsSearch>();
  const saved = useGet<QuestionView>(`/questions/${words.id}`, {}, { enabled: words.id !== undefined });
  return (
    <BoardPage
      title={t('questions:title')}
      aside={
        <Text size="sm" c="dimmed">
          {t('questions:lead')}
        </Text>
      }
      actions={
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => change({ id: undefined })}>
          {t('questions:new')}
        </Button>
      }
    >
      {saved.error && words.id && (
        <div style={{ gridColumn: '1 / -1' }}>
          <ErrorNote error={saved.error} />
        </div>
      )}
      {(words.id === undefined || saved.data) && (
        <Desk
          key={words.id ?? 'new'}
          latest={words.id === undefined ? undefined : saved.data}
          onOpen={(id) => change({ id })}
          onSaved={(id) => change({ id }, { saved: true })}
        />
      )}
    </BoardPage>
  );
}

interface Draft {
  sql: string;
  parameters: Parameter[];
}

interface DeskProps {
  latest: QuestionView | undefined;
  onOpen: (id: string | undefined) => void;
  onSaved: (id: string) => void;
}

function Desk({ latest, onOpen, onSaved }: DeskProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const schema = useGet<Schema>('/questions/schema', {}, { staleTime: 300_000 });
  const [question, hold] = useHeld(latest);
  // What is kept is shown, also when somebody else keeps it anew, until something is written.
  const kept: Draft = { sql: question?.sql ?? '', parameters: question?.parameters ?? [] };
  const [typed, setTyped] = useState<Draft>();
  const draft = typed ?? kept;
  // What somebody saved is shown again once nothing else is typed.
  if (typed !== undefined && same(typed, kept)) setTyped(undefined);
  const setDraft = (next: Draft) => {
    setTyped(next);
    hold(!same(next, kept));
  };
  const example = schema.data?.examples.some(({ sql }) => sql === draft.sql) === true;
  // Values are given anew each time a question is asked: only its text is work that would be lost.
  const changed = draft.sql !== kept.sql && draft.sql.trim() !== '' && !example;
  const [wanted, setWanted] = useState<Draft>();
  const [chart, setChart] = useState<QuestionView['chart']>(question?.chart ?? { kind: 'table' });
  const editor = useRef<HTMLTextAreaElement>(null);
  const { answer, error, since, run, cancel, clear } = useRun();
  const write = (sql: string, parameters = draft.parameters) => setDraft({ sql, parameters: parametersOf(sql, parameters) });
  const go = () => draft.sql.trim() !== '' && void run(draft);
  const insert = (text: string) => {
    const at = editor.current;
    if (!at) return;
    const { selectionStart: from, selectionEnd: to, value } = at;
    write(value.slice(0, from) + text + value.slice(to));
    requestAnimationFrame(() => {
      at.focus();
      at.setSelectionRange(from + text.length, from + text.length);
    });
  };
  const saveDone = (id: string) => {
    hold(false);
    onSaved(id);
  };
  const begin = (next: Draft) => {
    setWanted(undefined);
    write(next.sql, next.parameters);
    clear();
    void run(next);
  };
  return (
    <div className={classes.whole}>
      <Unsaved when={changed} word="id" />
      <Confirm
        opened={wanted !== undefined}
        onClose={() => setWanted(undefined)}
        title={t('common:unsaved.title')}
        action={t('questions:replace')}
        harmful
        onConfirm={() => wanted && begin(wanted)}
      >
        {t('questions:replaceText')}
      </Confirm>
      <div className={classes.side}>
        <SavedList current={question?.id} onOpen={onOpen} />
        {schema.data && (
          <section className={classes.panel} aria-label={t('questions:examples')}>
            <h2>{t('questions:examples')}</h2>
            <ul className={classes.list}>
              {schema.data.examples.map(({ name, sql, parameters }) => (
                <li key={name}>
                  <button type="button" className={classes.row} onClick={() => (changed ? setWanted : begin)({ sql, parameters })}>
                    {name}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
        {schema.data && <Views views={schema.data.views} onInsert={insert} />}
      </div>
      <Stack gap="md" miw={0}>
        <section className={classes.panel}>
          <textarea
            ref={editor}
            className={classes.editor}
            aria-label={t('questions:editor')}
            placeholder={t('questions:empty')}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            value={draft.sql}
            onChange={(event) => write(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                event.preventDefault();
                go();
              }
            }}
          />
          <ParameterFields parameters={draft.parameters} onChange={(parameters) => setDraft({ ...draft, parameters })} />
          <Group mt="sm" justify="space-between">
            <Group gap="sm">
              {since === undefined ? (
                <Button leftSection={<IconPlayerPlay size={16} />} onClick={go} disabled={draft.sql.trim() === ''}>
                  {t('questions:run')}
                </Button>
              ) : (
                <Button
                  color="red.9"
                  leftSection={<IconPlayerStop size={16} />}
                  onClick={() => {
                    cancel();
                    tell(t('questions:cancelled'));
                  }}
                >
                  {t('questions:cancel')}
                </Button>
              )}
              {since === undefined ? (
                <Kbd size="xs" visibleFrom="sm">
                  {t('questions:runHint')}
                </Kbd>
              ) : (
                <Running since={since} />
              )}
            </Group>
            <Group gap="sm">
              <DownloadMenu asked={draft} />
              <Keep question={question} draft={draft} chart={chart} onSaved={saveDone} />
            </Group>
          </Group>
          {schema.data && (
            <Text size="xs" c="dimmed" mt="xs">
              {t('questions:limits', { seconds: schema.data.limits.seconds, rows: format.number(schema.data.limits.rows) })}
            </Text>
          )}
        </section>
        {error && <ErrorNote error={error} />}
        {answer && <AnswerView answer={answer} chart={chart} onChart={setChart} />}
      </Stack>
    </div>
  );
}

const same = (a: Draft, b: Draft): boolean => a.sql === b.sql && JSON.stringify(a.parameters) === JSON.stringify(b.parameters);

function Running({ since }: { since: number }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(since);
  useEffect(() => {
    const clock = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(clock);
  }, []);
  return (
    <Text size="sm" c="dimmed" role="status">
      {t('questions:running', { seconds: Math.max(0, Math.round((now - since) / 1000)) })}
    </Text>
  );
}

function SavedList({ current, onOpen }: { current: string | undefined; onOpen: (id: string | undefined) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const refresh = useRefresh();
  const { data } = useGet<{ items: Row[] }>('/questions');
  const remove = useSend<Row>(({ id }) => ({ method: 'DELETE', path: `/questions/${id}` }), {
    refreshes: ['/questions'],
    onDone: (_, { id, name }) => {
      onOpen(undefined);
      tellUndo(`${t('questions:removed')}: ${name}`, async () => {
        await call({ method: 'POST', path: `/questions/${id}/restore` });
        await refresh('/questions');
      });
    },
  });
  const open = data?.items.find(({ id }) => id === current);
  return (
    <section className={classes.panel} aria-label={t('questions:saved')}>
      <h2>{t('questions:saved')}</h2>
      {data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('questions:savedEmpty')}
        </Text>
      )}
      <ul className={classes.list}>
        {data?.items.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={classes.row}
              aria-current={row.id === current ? 'true' : undefined}
              title={row.about}
              onClick={() => onOpen(row.id)}
            >
              {row.name}
              <Text size="xs" c="dimmed">
                {[row.shared ? t('questions:shared') : undefined, row.mine ? undefined : row.ownerName, format.relative(row.changedAt)]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </button>
          </li>
        ))}
      </ul>
      {open?.mine && (
        <Button mt="xs" size="xs" variant="subtle" color="red" onClick={() => remove.mutate(open)}>
          {t('questions:delete')}: {open.name}
        </Button>
      )}
    </section>
  );
}
