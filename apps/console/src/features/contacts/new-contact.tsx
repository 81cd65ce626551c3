import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useCompany } from '../../app/company.ts';
import { useWords } from '../../app/search.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconPhone, IconMapPin } from '../../ui/icons.ts';
import { keepClear } from '../../ui/keep-clear.ts';
import { Alert, Button, Stack, Text } from '../../ui/kit.ts';
import { useGo } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { usePhone } from '../../ui/screen-size.ts';
import { tellUndo } from '../../ui/tell.tsx';
import { Caller } from './caller.tsx';
import type { ChoiceGroup } from './choice-keys.tsx';
import { ContactFields } from './contact-fields.tsx';
import classes from './contacts.module.css';
import { emptyDraft, toContact } from './draft.ts';
import type { NewContactSearch } from './search.ts';
import { Todo } from './todo.tsx';
import { type Contact, type Kind, useChoices } from './use-choices.ts';
import { type Who, WhoField } from './who-field.tsx';

export default function NewContactScreen() {
  const [words] = useWords<NewContactSearch>();
  // Another call in comes with another number: it begins anew.
  return <NewContactForm key={JSON.stringify(words)} words={words} />;
}

/** Three letters, Enter, a number, Enter: written down, and ready for the next one. */
function NewContactForm({ words }: { words: NewContactSearch }) {
  const { t } = useTranslation();
  const go = useGo();
  const small = usePhone();
  const refresh = useRefresh();
  const { timeZone } = useCompany();
  const kind: Kind = words.kind ?? 'call';
  // In a URL a plus is a space.
  const phone = words.phone === undefined ? undefined : words.phone.replace(/^\s+(?=\d)/, '+').trim();
  const direction = words.direction ?? (kind === 'visit' ? 'out' : 'in');
  const [picked, setPicked] = useState<{ who: Who | undefined }>();
  const [draft, setDraft] = useState(() => emptyDraft(direction, phone));
  const [began, setBegan] = useState<number | undefined>(() => (kind === 'call' ? Date.now() : undefined));
  const [error, setError] = useState<ApiError>();
  const [turn, setTurn] = useState(0);
  const outcomes = useRef<ChoiceGroup>(null);
  const named = useGet<{ id: string; name: string }>(
    `/customers/${words.customer}`,
    {},
    { enabled: words.customer !== undefined && picked === undefined },
  );

  const given = words.customer !== undefined && named.data ? { id: named.data.id, name: named.data.name } : undefined;
  const who = picked ? picked.who : given;
  const known = who !== undefined;
  const setWho = useCallback((next: Who | undefined) => setPicked({ who: next }), []);
  const { loaded } = useChoices();
  const ahead = useRef(0);
  useEffect(() => {
    if (!known || !loaded) return;
    outcomes.current?.focus();
    if (ahead.current > 0) outcomes.current?.press(ahead.current);
    ahead.current = 0;
  }, [known, loaded]);

  const save = useSend<void, Contact>(
    () => ({
      path: '/contacts',
      body: toContact(draft, kind, who!, timeZone, began === undefined ? undefined : Date.now() - began),
    }),
    {
      onError: setError,
      onDone: async (contact) => {
        const name = contact.customer?.name ?? t('channels:log.nobody');
        const customer = contact.customer && `/customers/${contact.customer.id}`;
        const again = () => refresh('/contacts', ...(customer ? [customer] : []));
        tellUndo(t(kind === 'visit' ? 'channels:log.form.savedVisit' : 'channels:log.form.savedCall', { name }), async () => {
          await call({ method: 'DELETE', path: `/contacts/${contact.id}` });
          if (words.answers) await call({ method: 'PUT', path: `/contacts/${words.answers}/follow-up`, body: { done: false } });
          await again();
        });
        if (words.answers)
          await call({ method: 'PUT', path: `/contacts/${words.answers}/follow-up`, body: { done: true } }).catch(() => {});
        void again();
        if (words.customer && !words.answers) return void go({ to: '/customers/$id', params: { id: words.customer } });
        if (words.customer || words.phone || words.answers) return void go({ to: '/contacts/new', search: { kind } }, { replace: true });
        setWho(undefined);
        setDraft(emptyDraft(direction));
        // The next call begins when somebody types.
        setBegan(undefined);
        setTurn((now) => now + 1);
      },
    },
  );
  const send = () => {
    if (who === undefined || save.isPending) return;
    setError(undefined);
    save.mutate();
  };
  const side = who !== undefined && who !== 'unknown' ? <Caller id={who.id} brief={small} /> : <Todo />;
  const aside = <aside className={classes.side}>{side}</aside>;
  return (
    <Page
      title={t(kind === 'visit' ? 'channels:log.newVisit' : 'channels:log.newCall')}
      actions={
        <Button
          variant="default"
          size="xs"
          leftSection={kind === 'visit' ? <IconPhone size={16} /> : <IconMapPin size={16} />}
          onClick={() =>
            void go(
              {
                to: '/contacts/new',
                search: { kind: kind === 'visit' ? 'call' : 'visit', customer: who === 'unknown' ? undefined : who?.id },
              },
              { replace: true },
            )
          }
        >
          {t(kind === 'visit' ? 'channels:log.form.anotherKindCall' : 'channels:log.form.anotherKind')}
        </Button>
      }
    >
      <div className={classes.desk}>
        <form
          aria-label={t(kind === 'visit' ? 'channels:log.newVisit' : 'channels:log.newCall')}
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <Stack gap="lg">
            {words.answers && <Answers id={words.answers} />}
            {phone && (
              <Text fw={600} role="status">
                {t('channels:log.form.incoming', { phone })}
              </Text>
            )}
            <WhoField
              key={turn}
              who={who}
              onWho={setWho}
              phone={turn === 0 ? phone : undefined}
              onAhead={(number) => {
                ahead.current = number;
              }}
              onTyping={() => {
                if (kind === 'call') setBegan((at) => at ?? Date.now());
              }}
            />
            {small && who !== undefined && who !== 'unknown' && aside}
            {who !== undefined && (
              <>
                <ErrorNote error={error} />
                <ContactFields
                  kind={kind}
                  draft={draft}
                  began={draft.at === '' ? began : undefined}
                  outcomes={outcomes}
                  onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
                  onSave={send}
                />
                <div ref={keepClear} className={classes.save}>
                  <Text size="xs" c="dimmed">
                    {!small && t('channels:log.form.keys')}
                  </Text>
                  <Button type="submit" loading={save.isPending}>
                    {t('channels:log.form.save')}
                  </Button>
                </div>
              </>
            )}
          </Stack>
        </form>
        {(!small || who === undefined || who === 'unknown') && aside}
      </div>
    </Page>
  );
}

/** The promise this call keeps. */
function Answers({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useGet<Contact>(`/contacts/${id}`);
  if (!data?.followUp || data.followUp.doneAt) return null;
  const { on, note } = data.followUp;
  return (
    <Alert variant="light">
      {note
        ? t('channels:log.form.answers', { date: format.date(on), note })
        : t('channels:log.form.answersPlain', { date: format.date(on) })}
    </Alert>
  );
}
