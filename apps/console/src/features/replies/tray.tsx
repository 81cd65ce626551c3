import type { Resolution } from '@vinculo/channels/api/replies';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useGet, usePage, useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconInbox } from '../../ui/icons.ts';
import { Button, Group, Modal, Select, Stack, Text } from '../../ui/kit.ts';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tell, tellUndo } from '../../ui/tell.tsx';
import { type Who, WhoField } from '../contacts/who-field.tsx';
import classes from './replies.module.css';
import { useSaid } from './said.ts';
import type { Issue, Reply } from './shapes.ts';

type Decision = z.input<typeof Resolution>;

/** Coupons that do not count by themselves: somebody says whose they are, that they count, or that they are nothing. */
export function Tray() {
  const { t } = useTranslation();
  const can = useCan();
  const said = useSaid();
  const format = useFormat();
  const refresh = useRefresh();
  const [asked, setAsked] = useState<Reply>();
  const page = usePage<Reply>('/replies', { tray: 'yes' });
  const decide = useSend<{ reply: Reply; decision: Decision }, Reply>(
    ({ reply, decision }) => ({ path: `/replies/${reply.id}/resolve`, body: decision }),
    {
      refreshes: ['/replies', '/reply-batches', '/customers'],
      onDone: (_, { reply, decision }) => {
        setAsked(undefined);
        if (!('discard' in decision)) return tell(t('channels:replies.tray.resolved'));
        tellUndo(t('channels:replies.tray.discardedTold'), async () => {
          await call({ method: 'POST', path: `/replies/${reply.id}/resolve`, body: { discard: false } });
          await refresh('/replies', '/reply-batches');
        });
      },
    },
  );
  if (page.error) return <ErrorNote error={page.error} retry={page.retry} />;
  if (page.loading) return <RowSkeletons />;
  if (page.rows.length === 0)
    return (
      <EmptyState icon={IconInbox} title={t('channels:replies.tray.empty')}>
        {t('channels:replies.tray.emptyText')}
      </EmptyState>
    );
  return (
    <>
      <ul className={classes.tray} aria-label={t('channels:replies.tab.tray')}>
        {page.rows.map((reply) => {
          const code = reply.code || t('channels:replies.tray.noCode');
          return (
            <li key={reply.id} className={classes.trayHead}>
              <div style={{ flex: '1 1 260px', minWidth: 0 }}>
                <Text size="sm" fw={600}>
                  {code} · {t(`channels:replies.outcome.${reply.outcome}`)}
                </Text>
                <Text size="sm" c="dimmed">
                  {[said(reply), reply.campaign, reply.customer?.name, format.dateTime(reply.at)].filter(Boolean).join(' · ')}
                </Text>
              </div>
              {can('contact.write') && (
                <Group gap="sm">
                  {reply.outcome === 'expired' && reply.customer ? (
                    <Button size="xs" variant="default" onClick={() => decide.mutate({ reply, decision: { accept: true } })}>
                      {t('channels:replies.tray.accept')}
                    </Button>
                  ) : (
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={`${t('channels:replies.tray.who')}: ${code}`}
                      onClick={() => setAsked(reply)}
                    >
                      {t('channels:replies.tray.who')}
                    </Button>
                  )}
                  <Button
                    size="xs"
                    variant="subtle"
                    color="gray"
                    aria-label={`${t('channels:replies.tray.discard')}: ${code}`}
                    onClick={() => decide.mutate({ reply, decision: { discard: true } })}
                  >
                    {t('channels:replies.tray.discard')}
                  </Button>
                </Group>
              )}
            </li>
          );
        })}
      </ul>
      {page.more && (
        <Button variant="default" mt="md" onClick={page.fetchMore}>
          {t('common:more')}
        </Button>
      )}
      {asked && (
        <Whose
          reply={asked}
          busy={decide.isPending}
          onClose={() => setAsked(undefined)}
          onDecide={(decision) => decide.mutate({ reply: asked, decision })}
        />
      )}
    </>
  );
}

interface WhoseProps {
  reply: Reply;
  busy: boolean;
  onClose: () => void;
  onDecide: (decision: Decision) => void;
}

function Whose({ reply, busy, onClose, onDecide }: WhoseProps) {
  const { t } = useTranslation();
  const [who, setWho] = useState<Who>();
  const [issue, setIssue] = useState<string | null>(null);
  const known = reply.outcome === 'nobody' || reply.outcome === 'expired';
  const { data } = useGet<{ items: Issue[] }>('/reply-issues', { limit: 100 }, { enabled: !known });
  const ready = who !== undefined && who !== 'unknown' && (known || issue !== null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('channels:replies.tray.resolve', { code: reply.code || t('channels:replies.tray.noCode') })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        <WhoField who={who} onWho={setWho} onTyping={() => {}} certain />
        {!known && (
          <Select
            label={t('channels:replies.tray.issue')}
            data={(data?.items ?? []).map(({ id, name, campaign }) => ({ value: id, label: `${name} · ${campaign.name}` }))}
            value={issue}
            onChange={setIssue}
            searchable
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            loading={busy}
            disabled={!ready}
            onClick={() => {
              if (who !== undefined && who !== 'unknown') onDecide({ customer: who.id, ...(issue ? { issue } : {}) });
            }}
          >
            {t('channels:replies.tray.assign')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
