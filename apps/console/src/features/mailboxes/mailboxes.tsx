import type { Mailbox as MailboxSchema, MailboxList } from '@vinculo/channels/api/mailboxes';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconEdit, IconMail, IconPlus, IconRefresh, IconTrash } from '../../ui/icons.ts';
import { ActionIcon, Badge, Button, Group, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tellUndo } from '../../ui/tell.tsx';
import { MailboxForm } from './mailbox-form.tsx';
import type { MailboxesSearch } from './search.ts';

export type Mailbox = z.infer<typeof MailboxSchema>;
export const MAILBOXES = '/mailboxes';

const COLOR: Record<Mailbox['state'], string> = {
  new: 'gray',
  reading: 'gray',
  connected: 'teal',
  failing: 'orange',
  refused: 'red',
  off: 'gray',
};

/** Mailboxes that are read, how they are, and where a scanner puts what it scans. */
export default function Mailboxes() {
  const { t } = useTranslation();
  const can = useCan();
  const [{ create, edit }, change] = useWords<MailboxesSearch>();
  const { data, error, refetch } = useGet<z.infer<typeof MailboxList>>(MAILBOXES, {}, { every: 4_000 });
  const write = can('connection.write');
  const edited = data?.items.find(({ id }) => id === edit);
  const close = () => change({ create: undefined, edit: undefined }, { replace: true });
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => change({ create: 'yes' })}>
      {t('channels:mailbox.add')}
    </Button>
  );
  return (
    <BoardPage
      title={t('channels:mailbox.title')}
      actions={
        <Group gap="xs">
          <LinkButton to="/inbox" variant="default">
            {t('channels:post.title')}
          </LinkButton>
          {write && add}
        </Group>
      }
    >
      <Card title={t('channels:mailbox.boxes')} span={12} lead={t('channels:mailbox.lead')}>
        <ErrorNote error={error} retry={() => void refetch()} />
        {!data && !error && <RowSkeletons rows={2} />}
        {data?.items.length === 0 && (
          <EmptyState icon={IconMail} title={t('channels:mailbox.empty')} action={write && add}>
            {t('channels:mailbox.emptyText')}
          </EmptyState>
        )}
        {data && data.items.length > 0 && <MailboxTable items={data.items} onEdit={(id) => change({ edit: id })} />}
      </Card>
      {data && (
        <Card title={t('channels:mailbox.scans')} span={12} lead={t('channels:mailbox.scansLead')}>
          {(['post', 'fax'] as const).map((kind) => (
            <div key={kind}>
              <Text size="sm" fw={600}>
                {t(kind === 'post' ? 'channels:mailbox.scanPost' : 'channels:mailbox.scanFax')}
              </Text>
              <CopyText text={data.scanFolders[kind]} />
            </div>
          ))}
        </Card>
      )}
      {write && (create || edited) && <MailboxForm key={edited?.id ?? 'new'} mailbox={edited} onClose={close} />}
    </BoardPage>
  );
}

function MailboxTable({ items, onEdit }: { items: readonly Mailbox[]; onEdit: (id: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <SimpleTable
      caption={t('channels:mailbox.title')}
      rows={items}
      rowId={({ id }) => id}
      columns={[
        {
          id: 'name',
          header: t('channels:mailbox.name'),
          cell: ({ name, username, host, folder }) => (
            <>
              <b>{name}</b>
              <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {username} · {host} · {folder}
              </Text>
            </>
          ),
        },
        { id: 'state', header: t('channels:mailbox.column.state'), prose: true, cell: (mailbox) => <State mailbox={mailbox} /> },
        { id: 'mails', header: t('channels:mailbox.column.mails'), align: 'right', cell: ({ mails }) => format.number(mails) },
        {
          id: 'last',
          header: t('channels:mailbox.column.last'),
          align: 'right',
          cell: ({ lastMailAt }) => (lastMailAt ? format.relative(lastMailAt) : t('channels:mailbox.never')),
        },
        {
          id: 'actions',
          header: t('channels:mailbox.column.actions'),
          align: 'right',
          cell: (mailbox) => <Acts mailbox={mailbox} onEdit={() => onEdit(mailbox.id)} />,
        },
      ]}
    />
  );
}

/** How it is; when it fails, why, what to do, and when it is tried again. */
function State({ mailbox: { state, error, nextTryAt } }: { mailbox: Mailbox }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Badge variant="light" color={COLOR[state]} tt="none" fw={500}>
        {t(`channels:mailbox.state.${state}`)}
      </Badge>
      {error && (
        <Text size="sm" maw={460} style={{ overflowWrap: 'anywhere' }}>
          {error.detail}{' '}
          {nextTryAt
            ? t('channels:mailbox.nextTry', { when: format.relative(nextTryAt) })
            : state === 'refused' && t('channels:mailbox.noTry')}{' '}
          <Text span size="xs" c="dimmed">
            {error.code}
          </Text>
        </Text>
      )}
    </>
  );
}

function Acts({ mailbox, onEdit }: { mailbox: Mailbox; onEdit: () => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const refresh = useRefresh();
  const path = `${MAILBOXES}/${mailbox.id}`;
  const again = useSend(() => ({ method: 'PATCH', path, body: {} }), { refreshes: [MAILBOXES] });
  const remove = useSend(() => ({ method: 'DELETE', path }), {
    refreshes: [MAILBOXES],
    onDone: () =>
      tellUndo(t('channels:mailbox.deleted', { name: mailbox.name }), async () => {
        await call({ method: 'POST', path: `${path}/restore` });
        await refresh(MAILBOXES);
      }),
  });
  if (!can('connection.write')) return null;
  const { name } = mailbox;
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      {mailbox.error && (
        <Button size="xs" variant="subtle" leftSection={<IconRefresh size={14} />} loading={again.isPending} onClick={() => again.mutate()}>
          {t('channels:mailbox.tryNow')}
        </Button>
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={t('channels:mailbox.editOf', { name })} onClick={onEdit}>
        <IconEdit size={16} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('channels:mailbox.deleteOf', { name })}
        loading={remove.isPending}
        onClick={() => remove.mutate()}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}
