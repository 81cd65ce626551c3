import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useCompany } from '../../app/company.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { keepClear } from '../../ui/keep-clear.ts';
import { Badge, Button, Group, Stack, Text } from '../../ui/kit.ts';
import { Link, useGo } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tell, tellUndo } from '../../ui/tell.tsx';
import { Caller } from './caller.tsx';
import { ContactFields } from './contact-fields.tsx';
import classes from './contacts.module.css';
import { type Draft, draftOf, toContact } from './draft.ts';
import type { Contact } from './use-choices.ts';
import { type Who, WhoField } from './who-field.tsx';

/** One contact: read by all, changed and taken away by whoever may. */
export default function ContactScreen() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useGet<Contact>(`/contacts/${id}`);
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <Page title={t('channels:log.title')}>
        <BlockSkeleton height={360} />
      </Page>
    );
  return <ContactForm key={`${data.id} ${data.version}`} contact={data} />;
}

function ContactForm({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const go = useGo();
  const can = useCan();
  const format = useFormat();
  const refresh = useRefresh();
  const { timeZone, language } = useCompany();
  const [who, setWho] = useState<Who | undefined>(contact.customer ?? 'unknown');
  const [draft, setDraft] = useState<Draft>(() => draftOf(contact, timeZone));
  const [error, setError] = useState<ApiError>();
  const logged = contact.kind === 'call' || contact.kind === 'visit';
  const kind = contact.kind === 'visit' ? 'visit' : 'call';
  const again = () =>
    refresh(
      '/contacts',
      ...(contact.customer ? [`/customers/${contact.customer.id}`] : []),
      ...(who && who !== 'unknown' ? [`/customers/${who.id}`] : []),
    );
  const save = useSend<void, Contact>(
    () => {
      const { kind: _, phone, occurredAt, ...change } = toContact(draft, kind, who!, timeZone, undefined);
      // What was not touched is not sent: a number that is masked, the seconds of when it was.
      const changed = {
        ...(draft.phone === contact.phone ? {} : { phone }),
        ...(draft.at === draftOf(contact, timeZone).at ? {} : { occurredAt }),
      };
      return { method: 'PATCH', path: `/contacts/${contact.id}`, body: { ...change, ...changed, version: contact.version } };
    },
    {
      onError: setError,
      onDone: async () => {
        tell(t('channels:log.form.changed'));
        await again();
      },
    },
  );
  const remove = useSend<void, Contact>(() => ({ method: 'DELETE', path: `/contacts/${contact.id}` }), {
    onDone: async () => {
      tellUndo(t('channels:log.form.removed'), async () => {
        await call({ method: 'POST', path: `/contacts/${contact.id}/restore`, body: {} });
        await again();
      });
      await go({ to: '/contacts' });
      await again();
    },
  });
  const send = () => {
    if (who === undefined || save.isPending) return;
    setError(undefined);
    save.mutate();
  };
  const name = t(`channels:log.kind.${contact.kind}`);
  return (
    <Page
      title={
        contact.customer
          ? t('channels:log.editTitle', { kind: name, name: contact.customer.name })
          : t('channels:log.editUnknown', { kind: name })
      }
      aside={
        <Text size="sm" c="dimmed">
          {[format.dateTime(contact.occurredAt), contact.author].filter(Boolean).join(' · ')}{' '}
          {contact.deleted && (
            <Badge variant="light" color="gray" tt="none">
              {t('channels:log.form.removed')}
            </Badge>
          )}
        </Text>
      }
      actions={
        <Group gap="sm">
          {can('audit.read') && (
            <Link to="/audit" search={{ subjectId: contact.id }} size="sm">
              {t('channels:log.form.history')}
            </Link>
          )}
          {contact.editable && !contact.deleted && (
            <Button variant="default" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t('channels:log.form.delete')}
            </Button>
          )}
        </Group>
      }
    >
      <div className={classes.desk}>
        {contact.editable && !contact.deleted ? (
          <form
            aria-label={t('common:edit')}
            onSubmit={(event) => {
              event.preventDefault();
              send();
            }}
          >
            <Stack gap="lg">
              <WhoField who={who} onWho={setWho} onTyping={() => {}} phone={contact.customer ? undefined : contact.phone || undefined} />
              <ErrorNote error={error} />
              <ContactFields
                kind={kind}
                draft={draft}
                onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
                onSave={send}
              />
              <div ref={keepClear} className={classes.save}>
                <span />
                <Button type="submit" loading={save.isPending} disabled={who === undefined}>
                  {t('common:save')}
                </Button>
              </div>
            </Stack>
          </form>
        ) : (
          <Stack gap="sm">
            <Text fw={600} lang={language}>
              {[contact.topic, contact.outcome].filter(Boolean).join(' · ') || name}
            </Text>
            <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
              {contact.body}
            </Text>
            <Text size="sm" c="dimmed">
              {[logged && t(`channels:log.direction.${contact.direction}`), contact.place, contact.phone].filter(Boolean).join(' · ')}
            </Text>
          </Stack>
        )}
        <aside className={classes.side}>
          {contact.customer ? (
            <Caller id={contact.customer.id} />
          ) : (
            <Text size="sm" c="dimmed">
              {t('channels:log.form.unknownHelp')}
            </Text>
          )}
        </aside>
      </div>
    </Page>
  );
}
