import type { ContactCount, ContactFigures } from '@vinculo/channels/api/contacts';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { address } from '../../api/client.ts';
import { useGet, usePage } from '../../api/queries.ts';
import { useCompany } from '../../app/company.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { type Icon, IconCheck, IconMail, IconMapPin, IconMessage, IconPhone, IconTicket } from '../../ui/icons.ts';
import { ActionIcon, Button, Group, Text, TextInput, Tooltip } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Link } from '../../ui/link.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import { ListPage } from '../../ui/list/list-page.tsx';
import classes from './contacts.module.css';
import { localDay } from './local-time.ts';
import type { ContactsSearch } from './search.ts';
import { useFinish } from './todo.tsx';
import { type Contact, useChoices } from './use-choices.ts';

const ICONS: Record<Contact['kind'], Icon> = {
  call: IconPhone,
  visit: IconMapPin,
  post: IconMail,
  fax: IconMail,
  email: IconMessage,
  reply: IconTicket,
};

/** Every call, visit and whatever else was written down; the figures of the day, and what there is to come back to. */
export default function Contacts() {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const { timeZone, language } = useCompany();
  const choices = useChoices();
  const [words, change] = useWords<ContactsSearch>();
  const rows = usePage<Contact>('/contacts', words);
  const count = useGet<z.infer<typeof ContactCount>>('/contacts/count', words, { keep: true });
  const write = can('contact.write');
  const nothing = <span aria-label={t('common:unknown')}>–</span>;
  const unique = (list: 'topic' | 'outcome') => [...new Set(choices.all.filter((one) => one.list === list).map(({ label }) => label))];
  const today = localDay(0, timeZone);

  const columns: ListColumn<Contact>[] = [
    {
      id: 'when',
      header: t('channels:log.column.when'),
      width: 190,
      cell: ({ kind, direction, occurredAt }) => {
        const Picture = ICONS[kind];
        return (
          <Group gap={6} wrap="nowrap">
            <Picture
              size={16}
              role="img"
              aria-label={`${t(`channels:log.kind.${kind}`)} · ${t(`channels:log.direction.${direction}`)}`}
              style={{ flex: 'none' }}
            />
            {format.dateTime(occurredAt)}
          </Group>
        );
      },
    },
    {
      id: 'customer',
      header: t('channels:log.column.customer'),
      width: 200,
      interactive: true,
      cell: ({ customer, phone }) =>
        customer ? (
          <Link to="/customers/$id" params={{ id: customer.id }}>
            {customer.name}
          </Link>
        ) : (
          <Text span size="sm" c="dimmed">
            {[t('channels:log.nobody'), phone].filter(Boolean).join(' · ')}
          </Text>
        ),
    },
    {
      id: 'outcome',
      header: t('channels:log.column.outcome'),
      width: 150,
      cell: ({ outcome }) => (outcome ? <span lang={language}>{outcome}</span> : nothing),
    },
    {
      id: 'topic',
      header: t('channels:log.column.topic'),
      width: 120,
      cell: ({ topic }) => (topic ? <span lang={language}>{topic}</span> : nothing),
    },
    {
      id: 'note',
      header: t('channels:log.column.note'),
      width: 240,
      cell: ({ body }) => body && <span title={body}>{body.slice(0, 160)}</span>,
    },
    {
      id: 'followUp',
      header: t('channels:log.column.followUp'),
      width: 190,
      interactive: true,
      cell: (row) => row.followUp && <KeepPromise contact={row} late={row.followUp.on < today} />,
    },
    { id: 'author', header: t('channels:log.column.author'), width: 130, cell: ({ author }) => author || nothing },
    {
      id: 'minutes',
      header: t('channels:log.column.minutes'),
      width: 90,
      align: 'right',
      hidden: true,
      cell: ({ minutes }) => (minutes === null ? nothing : format.number(minutes)),
    },
    { id: 'place', header: t('channels:log.column.place'), width: 140, hidden: true, cell: ({ place }) => place || nothing },
    {
      id: 'direction',
      header: t('channels:log.column.direction'),
      width: 110,
      hidden: true,
      cell: ({ direction }) => t(`channels:log.direction.${direction}`),
    },
  ];
  const clean = Object.fromEntries(Object.keys(words).map((word) => [word, undefined])) as Partial<ContactsSearch>;
  const quick: [string, Partial<ContactsSearch>][] = [
    ['all', {}],
    ['today', { from: today, to: today }],
    ...(write ? ([['mine', { from: today, to: today, author: 'me' }]] as [string, Partial<ContactsSearch>][]) : []),
    ['due', { due: 'open' }],
  ];
  const asked = JSON.stringify(
    Object.entries(words)
      .filter(([, value]) => value)
      .toSorted(),
  );
  return (
    <ListPage<Contact>
      screen="contacts"
      title={t('channels:log.title')}
      count={count.data}
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      rowName={(row) => `${t(`channels:log.kind.${row.kind}`)} · ${row.customer?.name ?? t('channels:log.nobody')}`}
      rowLink={({ id }) => ({ to: '/contacts/$id', params: { id } })}
      words={words}
      onWords={(next, options) => change(next as Partial<ContactsSearch>, options)}
      searchPlaceholder={t('channels:log.searchPlaceholder')}
      actions={
        write && (
          <Group gap="sm">
            <LinkButton to="/contacts/choices" variant="subtle">
              {t('channels:log.choices.title')}
            </LinkButton>
            <LinkButton to="/contacts/new" search={{ kind: 'visit' }} variant="default" leftSection={<IconMapPin size={16} />}>
              {t('channels:log.newVisit')}
            </LinkButton>
            <LinkButton to="/contacts/new" search={{ kind: 'call' }} leftSection={<IconPhone size={16} />}>
              {t('channels:log.newCall')}
            </LinkButton>
          </Group>
        )
      }
      filters={[
        {
          word: 'kind',
          label: t('channels:log.column.kind'),
          options: (['call', 'visit', 'post', 'fax', 'email', 'reply'] as const).map((value) => ({
            value,
            label: t(`channels:log.kind.${value}`),
          })),
        },
        {
          word: 'outcome',
          label: t('channels:log.column.outcome'),
          lang: language,
          options: unique('outcome').map((value) => ({ value, label: value })),
        },
        {
          word: 'topic',
          label: t('channels:log.column.topic'),
          lang: language,
          options: unique('topic').map((value) => ({ value, label: value })),
        },
        {
          word: 'author',
          label: t('channels:log.column.author'),
          options: [
            { value: 'me', label: t('channels:log.quick.mine') },
            ...choices.authors.map(({ id, name }) => ({ value: id, label: name })),
          ],
        },
        {
          word: 'due',
          label: t('channels:log.filter.due'),
          options: (['open', 'late', 'done'] as const).map((value) => ({ value, label: t(`channels:log.due.${value}`) })),
        },
        {
          word: 'direction',
          label: t('channels:log.column.direction'),
          options: (['in', 'out'] as const).map((value) => ({ value, label: t(`channels:log.direction.${value}`) })),
          more: true,
        },
        {
          word: 'known',
          label: t('channels:log.filter.known'),
          options: (['yes', 'no'] as const).map((value) => ({ value, label: t(`channels:log.known.${value}`) })),
          more: true,
        },
      ]}
      moreFilters={
        <Group gap="sm" wrap="nowrap">
          {(['from', 'to'] as const).map((word) => (
            <TextInput
              key={word}
              type="date"
              size="xs"
              aria-label={t(`channels:log.filter.${word}`)}
              leftSection={<Text size="xs">{t(`channels:log.filter.${word}`)}</Text>}
              leftSectionWidth={48}
              value={words[word] ?? ''}
              onChange={(event) => change({ [word]: event.currentTarget.value || undefined })}
            />
          ))}
        </Group>
      }
      views
      download={{ permission: 'customer.export', formats: ['csv'], href: () => address('/contacts/export', words) }}
      empty={
        <EmptyState
          icon={IconPhone}
          title={t('channels:log.empty.title')}
          action={
            write && (
              <LinkButton to="/contacts/new" search={{ kind: 'call' }}>
                {t('channels:log.newCall')}
              </LinkButton>
            )
          }
        >
          {t('channels:log.empty.text')}
        </EmptyState>
      }
    >
      <div>
        <div className={classes.quick} role="group" aria-label={t('channels:log.quick.label')}>
          {quick.map(([name, wanted]) => {
            const on = JSON.stringify(Object.entries(wanted).toSorted()) === asked;
            return (
              <Button
                key={name}
                size="compact-sm"
                variant={on ? 'filled' : 'default'}
                aria-pressed={on}
                onClick={() => change({ ...clean, ...wanted })}
              >
                {t(`channels:log.quick.${name}`)}
              </Button>
            );
          })}
        </div>
        <Figures words={words} today={today} />
      </div>
    </ListPage>
  );
}

/** How the days asked for went; without days, today. */
function Figures({ words, today }: { words: ContactsSearch; today: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { language } = useCompany();
  const days = words.from || words.to ? {} : { from: today, to: today };
  const { search: _, due: __, ...rest } = words;
  const { data } = useGet<z.infer<typeof ContactFigures>>('/contacts/figures', { ...rest, ...days }, { keep: true });
  if (!data) return null;
  const period = t(words.from || words.to ? 'channels:log.figures.days' : 'channels:log.figures.today');
  const common = data.outcomes[0];
  return (
    <section className={classes.figures} aria-label={t('channels:log.figures.label')}>
      <Figure
        label={t('channels:log.figures.calls')}
        value={format.number(data.calls)}
        note={period}
        to={{ to: '/contacts', search: { ...rest, ...days, kind: 'call' } }}
      />
      <Figure
        label={t('channels:log.figures.visits')}
        value={format.number(data.visits)}
        note={period}
        to={{ to: '/contacts', search: { ...rest, ...days, kind: 'visit' } }}
      />
      {data.others > 0 && <Figure label={t('channels:log.figures.others')} value={format.number(data.others)} note={period} />}
      <Figure label={t('channels:log.figures.minutes')} value={format.number(data.minutes)} note={period} />
      {common && (
        <Figure
          label={t('channels:log.figures.outcome')}
          value={<span lang={language}>{common.outcome}</span>}
          note={format.number(common.count)}
          to={{ to: '/contacts', search: { ...rest, ...days, outcome: common.outcome } }}
        />
      )}
      <Figure
        label={t('channels:log.figures.due')}
        value={format.number(data.due)}
        definition={t('channels:log.figures.dueDefinition')}
        note={data.late > 0 ? t('channels:log.figures.late', { count: data.late }) : undefined}
        to={{ to: '/contacts', search: { due: 'open', author: words.author } }}
      />
    </section>
  );
}

/** The day to come back to it, and a tick for when it is done. */
function KeepPromise({ contact, late }: { contact: Contact; late: boolean }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const finish = useFinish();
  const { on, note, doneAt } = contact.followUp!;
  return (
    <Group gap={4} wrap="nowrap">
      {!doneAt && can('contact.write') && (
        <Tooltip label={t('channels:log.todo.done')}>
          <ActionIcon
            size="sm"
            variant="subtle"
            aria-label={`${t('channels:log.todo.done')}: ${contact.customer?.name ?? t('channels:log.nobody')}`}
            loading={finish.isPending}
            onClick={() => finish.mutate(contact.id)}
          >
            <IconCheck size={14} />
          </ActionIcon>
        </Tooltip>
      )}
      <Text span size="sm" {...(doneAt ? { td: 'line-through', c: 'dimmed' } : {})} title={note} {...(late && !doneAt ? { fw: 600 } : {})}>
        {format.date(on)}
        {late && !doneAt && (
          <Text span size="xs" c="dimmed">
            {' '}
            {t('channels:log.todo.late')}
          </Text>
        )}
      </Text>
    </Group>
  );
}
