import type { Board, BoardRow } from '@vinculo/insight/api/boards';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { address, call, ApiError } from '../../api/client.ts';
import { problemOf } from '../../api/problem.ts';
import { useGet, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { IconDownload } from '../../ui/icons.ts';
import { Button, Checkbox, Group, Menu, Modal, Select, Stack, Text, Textarea, TextInput } from '../../ui/kit.ts';
import { useGo } from '../../ui/link.tsx';
import { tell, tellError } from '../../ui/tell.tsx';
import type { Asked, QuestionView } from './use-run.ts';

/** The whole answer as a file. */
export function DownloadMenu({ asked }: { asked: Asked }) {
  const { t, i18n } = useTranslation();
  const [busy, setBusy] = useState(false);
  const take = async (format: string) => {
    setBusy(true);
    try {
      const reply = await fetch(address('/questions/file'), {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'content-type': 'application/json', 'accept-language': i18n.language },
        body: JSON.stringify({ ...asked, format }),
      });
      if (!reply.ok) throw await problemOf(reply);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await reply.blob());
      link.download = `vinculo.${format}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (error) {
      if (error instanceof ApiError) tellError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />} loading={busy} disabled={asked.sql.trim() === ''}>
          {t('questions:download')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['csv', 'xlsx', 'parquet', 'json'] as const).map((format) => (
          <Menu.Item key={format} onClick={() => void take(format)}>
            {t(`questions:format.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface KeepProps {
  question: QuestionView | undefined;
  draft: Asked;
  chart: QuestionView['chart'];
  onSaved: (id: string) => void;
}

/** Saving, sharing, and putting on a board. */
export function Keep({ question, draft, chart, onSaved }: KeepProps) {
  const { t } = useTranslation();
  const can = useCan()('board.write');
  const [open, setOpen] = useState<'save' | 'board'>();
  return (
    <>
      {question && can && (
        <Button variant="default" onClick={() => setOpen('board')}>
          {t('questions:toBoard')}
        </Button>
      )}
      <Button variant="default" onClick={() => setOpen('save')} disabled={draft.sql.trim() === ''}>
        {t('questions:save')}
      </Button>
      <Modal
        opened={open === 'save'}
        onClose={() => setOpen(undefined)}
        title={t('questions:saveAs')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <SaveForm
          question={question}
          draft={draft}
          chart={chart}
          onSaved={(id) => {
            setOpen(undefined);
            onSaved(id);
          }}
        />
      </Modal>
      {question && (
        <Modal
          opened={open === 'board'}
          onClose={() => setOpen(undefined)}
          title={t('questions:toBoard')}
          closeButtonProps={{ 'aria-label': t('common:close') }}
        >
          <ToBoard question={question} onDone={() => setOpen(undefined)} />
        </Modal>
      )}
    </>
  );
}

function SaveForm({ question, draft, chart, onSaved }: KeepProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState({ name: question?.name ?? '', about: question?.about ?? '', shared: question?.shared ?? false });
  const done = (saved: QuestionView) => {
    tell(t('questions:savedNow'));
    onSaved(saved.id);
  };
  const body = { ...form, ...draft, chart };
  const add = useSend<void, QuestionView>(() => ({ path: '/questions', body }), { refreshes: ['/questions'], onDone: done });
  const change = useSend<void, QuestionView>(
    () => ({ method: 'PUT', path: `/questions/${question?.id}`, body: { ...body, version: question?.version } }),
    {
      refreshes: ['/questions'],
      onDone: done,
    },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        (question?.editable ? change : add).mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('questions:name')}
          required
          maxLength={120}
          value={form.name}
          onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
          data-autofocus
        />
        <Textarea
          label={t('questions:about')}
          autosize
          minRows={2}
          maxLength={500}
          value={form.about}
          onChange={(event) => setForm({ ...form, about: event.currentTarget.value })}
        />
        <Checkbox
          label={t('questions:share')}
          checked={form.shared}
          onChange={(event) => setForm({ ...form, shared: event.currentTarget.checked })}
        />
        {question && (
          <div>
            <Text size="sm" fw={500}>
              {t('questions:api')}
            </Text>
            <Text size="xs" c="dimmed">
              {t('questions:apiNote')}
            </Text>
            <CopyText text={`${location.origin}/api/v1/questions/${question.id}/run?format=csv`} />
          </div>
        )}
        <Group justify="flex-end">
          {question?.editable && (
            <Button variant="default" onClick={() => add.mutate()} disabled={form.name.trim() === ''}>
              {t('questions:duplicate')}
            </Button>
          )}
          <Button type="submit" loading={add.isPending || change.isPending} disabled={form.name.trim() === ''}>
            {t('questions:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type BoardView = z.infer<typeof Board>;

function ToBoard({ question, onDone }: { question: QuestionView; onDone: () => void }) {
  const { t } = useTranslation();
  const go = useGo();
  const { data } = useGet<{ items: z.infer<typeof BoardRow>[] }>('/boards');
  const [board, setBoard] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const put = async () => {
    setBusy(true);
    try {
      const { cards, version, name } = await call<BoardView>({ path: `/boards/${board}` });
      const card = {
        id: crypto.randomUUID(),
        kind: 'question',
        width: 6,
        question: question.id,
        title: '',
        filters: {},
        comparison: { kind: 'none' },
        top: 10,
      };
      await call({ method: 'PUT', path: `/boards/${board}`, body: { cards: [...cards, card], version } });
      tell(t('questions:toBoardDone', { board: name }));
      onDone();
      void go({ to: '/boards/$id', params: { id: board! } });
    } catch (error) {
      tellError(error as ApiError);
    } finally {
      setBusy(false);
    }
  };
  if (data?.items.length === 0) return <Text size="sm">{t('questions:noBoards')}</Text>;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('questions:toBoardNote')}
      </Text>
      <Select
        label={t('questions:board')}
        value={board}
        data={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setBoard}
        data-autofocus
      />
      <Group justify="flex-end">
        <Button onClick={() => void put()} loading={busy} disabled={board === null}>
          {t('questions:toBoard')}
        </Button>
      </Group>
    </Stack>
  );
}
