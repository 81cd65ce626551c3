import type { Segment } from '@vinculo/segments/api';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, useSend } from '../../../api/queries.ts';
import { ErrorNote } from '../../../ui/error-note.tsx';
import { IconArrowBackUp, IconArrowForwardUp } from '../../../ui/icons.ts';
import { ActionIcon, Button, Group, Paper, Stack, Text, TextInput, Tooltip, useHotkeys } from '../../../ui/kit.ts';
import { LinkButton } from '../../../ui/link-button.tsx';
import { useGo } from '../../../ui/link.tsx';
import { Page } from '../../../ui/page.tsx';
import { BlockSkeleton } from '../../../ui/skeletons.tsx';
import { tell } from '../../../ui/tell.tsx';
import { Unsaved } from '../../../ui/unsaved.tsx';
import { emptyRule, type Rule } from '../rule-shapes.ts';
import { ruleSentence, type Words } from '../sentence.ts';
import { useWordsOf } from '../use-words.ts';
import classes from './builder.module.css';
import { begin, change, finished, redo, undo } from './edit-rule.ts';
import { GroupBox } from './group-box.tsx';
import { IdeaList } from './idea-list.tsx';
import { JsonPanel } from './json-panel.tsx';
import { LivePanel } from './live-panel.tsx';

type Seg = z.infer<typeof Segment>;

/** A new segment, or the rule of one there is: the same screen. */
export default function Builder() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id?: string };
  const { data: segment, error, refetch } = useGet<Seg>(`/segments/${id}`, {}, { enabled: id !== undefined });
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (id && !segment)
    return (
      <Page title="">
        <BlockSkeleton height={480} />
      </Page>
    );
  const title = segment ? t('segments:builder.editTitle', { name: segment.name }) : t('segments:builder.newTitle');
  // Another version of it is another draft.
  return <Draft key={segment?.id ?? 'new'} segment={segment} title={title} />;
}

function Draft({ segment, title }: { segment: Seg | undefined; title: string }) {
  const { t } = useTranslation();
  const go = useGo();
  const [name, setName] = useState(segment?.name ?? '');
  const [history, setHistory] = useState(() => begin((segment?.rule as Rule | null) ?? emptyRule()));
  const rule = history.now;
  const words = useWordsOf([rule]);
  const edit = (next: Rule) => setHistory((before) => change(before, next));
  useHotkeys(
    [
      ['mod+Z', () => setHistory(undo)],
      ['mod+shift+Z', () => setHistory(redo)],
      ['mod+Y', () => setHistory(redo)],
    ],
    ['TEXTAREA'],
  );
  const { rule: ready, left } = words ? finished(rule, words.catalogue) : { rule, left: 0 };
  const save = useSend<void, Seg>(
    () =>
      segment
        ? { method: 'PATCH', path: `/segments/${segment.id}`, body: { version: segment.version, name: name.trim(), rule: ready } }
        : { path: '/segments', body: { kind: 'rule', name: name.trim(), rule: ready } },
    {
      refreshes: ['/segments'],
      onDone: (saved) => {
        tell(t(segment ? 'segments:savedTold' : 'segments:created', { name: saved.name }));
        void go({ to: '/segments/$id', params: { id: saved.id } }, { saved: true });
      },
    },
  );
  const changed = history.past.length > 0 || name.trim() !== (segment?.name ?? '');
  const lacks = name.trim() === '' ? 'name' : left > 0 ? 'values' : ready.where.of.length === 0 ? 'conditions' : undefined;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (lacks === undefined) save.mutate();
  };
  return (
    <Page
      title={title}
      actions={
        <Group gap="xs" wrap="nowrap">
          <Steps history={history} onUndo={() => setHistory(undo)} onRedo={() => setHistory(redo)} />
          {segment ? (
            <LinkButton to="/segments/$id" params={{ id: segment.id }} variant="default">
              {t('common:cancel')}
            </LinkButton>
          ) : (
            <LinkButton to="/segments" variant="default">
              {t('common:cancel')}
            </LinkButton>
          )}
        </Group>
      }
    >
      <Unsaved when={changed} />
      {/* All of it or none: who goes by Tab must not find a form that is still missing its middle. */}
      {!words && <BlockSkeleton height={480} />}
      {words && (
        <form onSubmit={send} className={classes.page}>
          <Stack gap="lg" style={{ minWidth: 0 }}>
            <TextInput
              label={t('segments:builder.named')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              maxLength={120}
              maw={460}
              required
              withAsterisk={false}
            />
            <Sentence rule={rule} words={words} />
            <Paper withBorder p="md">
              <GroupBox rule={rule} group={rule.where} path={[]} words={words} own={segment?.id} onChange={edit} />
            </Paper>
            {!segment && rule.where.of.length === 0 && (
              <IdeaList
                words={words}
                onPick={(idea, title) => {
                  edit(idea.rule);
                  if (name.trim() === '') setName(title);
                }}
              />
            )}
            <Text size="xs" c="dimmed">
              {t('segments:builder.help')}
            </Text>
            <JsonPanel rule={rule} onApply={edit} />
          </Stack>
          <Stack gap="md" className={classes.aside!}>
            <LivePanel rule={ready} own={segment?.id} left={left} />
            <Button type="submit" loading={save.isPending} disabled={lacks !== undefined} aria-describedby={lacks && 'lacks'}>
              {t('segments:builder.save')}
            </Button>
            {lacks && (
              <Text size="xs" c="dimmed" id="lacks" role="status">
                {t(`segments:builder.lacks.${lacks}`)}
              </Text>
            )}
          </Stack>
        </form>
      )}
    </Page>
  );
}

function Sentence({ rule, words }: { rule: Rule; words: Words }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('segments:builder.sentence')} aria-live="polite">
      <Text className={classes.sentence!}>{ruleSentence(rule, words)}</Text>
    </section>
  );
}

function Steps({ history, onUndo, onRedo }: { history: { past: Rule[]; future: Rule[] }; onUndo: () => void; onRedo: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Tooltip label={t('segments:builder.undo')}>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('segments:builder.undo')}
          disabled={history.past.length === 0}
          onClick={onUndo}
        >
          <IconArrowBackUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('segments:builder.redo')}>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('segments:builder.redo')}
          disabled={history.future.length === 0}
          onClick={onRedo}
        >
          <IconArrowForwardUp size={16} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
