import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePage, useRefresh, useSend } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { IconAlertTriangle, IconCheck, IconTicket } from '../../ui/icons.ts';
import { Button, Group, Stack, Switch, Text, TextInput, useLocalStorage } from '../../ui/kit.ts';
import { beep } from './beep.ts';
import classes from './replies.module.css';
import { useSaid } from './said.ts';
import type { Batch, Reply } from './shapes.ts';
import { Sheets } from './sheets.tsx';
import { useScanner } from './use-scanner.ts';

/** One box that takes code after code, and says of each at once, to eye and ear, whether it counts. */
export function Scan({ batch }: { batch: Batch }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [sound, setSound] = useLocalStorage({ key: 'vinculo.scan.sound', defaultValue: true, getInitialValueInEffect: false });
  const earlier = usePage<Reply>('/replies', { batch: batch.id });
  const scanner = useScanner(batch.id, (reply) => {
    if (sound) beep(reply.outcome === 'ok');
  });
  const open = !batch.closed;
  useEffect(() => {
    if (open) box.current?.focus();
  }, [open]);
  // A scanner types wherever the focus is: what comes while it is nowhere belongs into the box.
  useEffect(() => {
    const bring = () => {
      if (!document.activeElement?.matches('input, textarea, select, button, a, [role=dialog], [role=dialog] *')) box.current?.focus();
    };
    document.addEventListener('keydown', bring);
    return () => document.removeEventListener('keydown', bring);
  }, []);
  const take = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (typed.trim() !== '') scanner.scan(typed.trim());
    setTyped('');
  };
  const undo = useSend<Reply, Reply>(({ id }) => ({ path: `/replies/${id}/undo`, body: {} }), {
    onDone: async (reply) => {
      scanner.replace(reply);
      box.current?.focus();
      await refresh('/reply-batches', '/replies');
    },
  });
  const fresh = new Set(scanner.seen.map(({ id }) => id));
  const sheets = [...scanner.seen, ...earlier.rows.filter(({ id }) => !fresh.has(id))];
  const latest = sheets.find(({ undone }) => !undone);
  return (
    <div className={classes.desk}>
      <Stack gap="md">
        {open && (
          <TextInput
            ref={box}
            styles={{ input: { height: 48, fontSize: 18 } }}
            label={t('channels:replies.scan.label')}
            description={t('channels:replies.scan.help')}
            leftSection={<IconTicket size={20} />}
            value={typed}
            maxLength={200}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={take}
          />
        )}
        <Answer reply={scanner.last} />
        {scanner.lost && (
          <>
            <Text size="sm">{t('channels:replies.scan.lost', { code: scanner.lost.code })}</Text>
            <ErrorNote error={scanner.lost.error} retry={scanner.retry} />
          </>
        )}
        <Group justify="space-between">
          <Switch label={t('channels:replies.scan.sound')} checked={sound} onChange={(event) => setSound(event.currentTarget.checked)} />
          <Text size="sm" c="dimmed" role="status">
            {scanner.waiting > 0 && t('channels:replies.scan.sending', { count: scanner.waiting })}
          </Text>
          {latest && (
            <Button variant="default" size="xs" loading={undo.isPending} onClick={() => undo.mutate(latest)}>
              {t('channels:replies.scan.undoLast')}
            </Button>
          )}
        </Group>
      </Stack>
      <Sheets sheets={sheets} more={earlier.more} onMore={earlier.fetchMore} onUndo={(reply) => undo.mutate(reply)} />
    </div>
  );
}

/** Never by colour alone: a sign, a word, and why. */
function Answer({ reply }: { reply: Reply | undefined }) {
  const { t } = useTranslation();
  const said = useSaid();
  const good = reply?.outcome === 'ok';
  const Picture = !reply ? IconTicket : good ? IconCheck : IconAlertTriangle;
  return (
    <div className={classes.answer} role="status" aria-live="assertive" data-good={!reply ? undefined : good ? 'yes' : 'no'}>
      <Picture size={40} aria-hidden />
      <div style={{ minWidth: 0 }}>
        <strong>{reply ? t(`channels:replies.outcome.${reply.outcome}`) : t('channels:replies.scan.waiting')}</strong>
        {reply && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {[reply.code, said(reply)].filter(Boolean).join(' · ')}
          </Text>
        )}
      </div>
    </div>
  );
}
