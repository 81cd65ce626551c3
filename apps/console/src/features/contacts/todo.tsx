import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useCompany } from '../../app/company.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconCheck } from '../../ui/icons.ts';
import { ActionIcon, Group, Stack, Text, Tooltip } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tellUndo } from '../../ui/tell.tsx';
import classes from './contacts.module.css';
import { localDay } from './local-time.ts';
import type { Contact } from './use-choices.ts';

/** What was promised and is due: the most overdue first. A click begins the call that keeps the promise. */
export function Todo() {
  const { t } = useTranslation();
  const { timeZone } = useCompany();
  const { data, error, refetch } = useGet<{ items: Contact[] }>('/contacts', { due: 'open', limit: 30 });
  const today = localDay(0, timeZone);
  const due = (data?.items ?? []).filter(({ followUp }) => followUp !== null && followUp.on <= today).slice(0, 8);
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <h2>{t('channels:log.todo.title')}</h2>
        <Link to="/contacts" search={{ due: 'open' }} size="sm">
          {t('channels:log.todo.all')}
        </Link>
      </Group>
      {error ? (
        <ErrorNote error={error} retry={() => void refetch()} />
      ) : !data ? (
        <RowSkeletons rows={3} />
      ) : due.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('channels:log.todo.empty')}
        </Text>
      ) : (
        <ul className={classes.todo}>
          {due.map((contact) => (
            <TodoRow key={contact.id} contact={contact} late={contact.followUp!.on < today} />
          ))}
        </ul>
      )}
      <Text size="sm" c="dimmed">
        {t('channels:log.who.waiting')}
      </Text>
    </Stack>
  );
}

function TodoRow({ contact, late }: { contact: Contact; late: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const finish = useFinish();
  const kind = contact.kind === 'visit' ? 'visit' : 'call';
  const name = contact.customer?.name ?? (contact.phone || t('channels:log.nobody'));
  return (
    <li>
      <div style={{ minWidth: 0 }}>
        <Link
          to="/contacts/new"
          search={{
            kind,
            direction: 'out',
            answers: contact.id,
            ...(contact.customer ? { customer: contact.customer.id } : { phone: contact.phone }),
          }}
          size="sm"
        >
          {name}
        </Link>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {[late ? t('channels:log.todo.late') : '', format.date(contact.followUp!.on), contact.followUp!.note || contact.outcome]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </div>
      <Tooltip label={t('channels:log.todo.done')}>
        <ActionIcon
          variant="default"
          aria-label={`${t('channels:log.todo.done')}: ${name}`}
          loading={finish.isPending}
          onClick={() => finish.mutate(contact.id)}
        >
          <IconCheck size={16} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

/** Marks a promise as kept, for ten seconds taken back. */
export function useFinish() {
  const { t } = useTranslation();
  const refresh = useRefresh();
  return useSend<string, Contact>((id) => ({ method: 'PUT', path: `/contacts/${id}/follow-up`, body: { done: true } }), {
    refreshes: ['/contacts'],
    onDone: (_, id) =>
      tellUndo(t('channels:log.todo.doneTold'), async () => {
        await call({ method: 'PUT', path: `/contacts/${id}/follow-up`, body: { done: false } });
        await refresh('/contacts');
      }),
  });
}
