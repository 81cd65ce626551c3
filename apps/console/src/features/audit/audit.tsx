import type { Person } from '@vinculo/access/api';
import type { AuditLine } from '@vinculo/audit/api';
import { useTranslation } from 'react-i18next';
import { useGet, usePage } from '../../api/queries.ts';
import { useCompany } from '../../app/company.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { Group, Text, TextInput } from '../../ui/kit.ts';
import { IconHistory } from '../../ui/icons.ts';
import { Link } from '../../ui/link.tsx';
import { ListPage } from '../../ui/list/list-page.tsx';
import { Why } from '../../ui/why.tsx';
import { dayAfter, startOfDay } from './business-day.ts';
import type { AuditSearch } from './search.ts';

/** An area of the log, and within it the actions that are looked for most. */
const ACTIONS = [
  'customer',
  'customer.read',
  'import',
  'user',
  'user.signed_in',
  'user.sign_in_failed',
  'review',
  'invitation',
  'api_key',
  'setting',
  'audit',
];

export default function Audit() {
  const { t } = useTranslation();
  const format = useFormat();
  const { timeZone } = useCompany();
  const can = useCan();
  const [words, change] = useWords<AuditSearch>();
  const { from, to, ...asked } = words;
  const rows = usePage<AuditLine>('/audit', {
    ...asked,
    from: from && startOfDay(from, timeZone),
    to: to && startOfDay(dayAfter(to), timeZone),
  });
  const people = useGet<{ items: Person[] }>('/people', { limit: 200 }, { enabled: can('people.manage'), staleTime: 300_000 });
  const names = new Map((people.data?.items ?? []).map(({ id, name }) => [id, name]));
  const said = (action: string) => t(`audit:action.${action}`, { defaultValue: t(`shell:audit.area.${action}`, { defaultValue: action }) });

  return (
    <ListPage<AuditLine>
      screen="audit"
      title={t('nav:audit')}
      rows={rows}
      rowId={({ id }) => id}
      rowName={({ action }) => said(action)}
      words={words}
      onWords={change as never}
      filters={[
        {
          word: 'action',
          label: t('audit:what'),
          options: ACTIONS.map((action) => ({ value: action, label: t(`shell:audit.area.${action}`, { defaultValue: said(action) }) })),
        },
        ...(can('people.manage')
          ? [
              {
                word: 'actor',
                label: t('audit:who'),
                options: (people.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
              },
            ]
          : []),
        ...(words.subjectId
          ? [{ word: 'subjectId', label: t('audit:about'), options: [{ value: words.subjectId, label: words.subjectId.slice(0, 8) }] }]
          : []),
      ]}
      moreFilters={
        <Group gap="sm" wrap="nowrap">
          <TextInput
            type="date"
            size="xs"
            aria-label={t('shell:audit.from')}
            leftSection={<Text size="xs">{t('shell:audit.from')}</Text>}
            leftSectionWidth={48}
            value={from ?? ''}
            max={to}
            onChange={(event) => change({ from: event.currentTarget.value || undefined })}
          />
          <TextInput
            type="date"
            size="xs"
            aria-label={t('shell:audit.to')}
            leftSection={<Text size="xs">{t('shell:audit.to')}</Text>}
            leftSectionWidth={48}
            value={to ?? ''}
            min={from}
            onChange={(event) => change({ to: event.currentTarget.value || undefined })}
          />
        </Group>
      }
      empty={
        <EmptyState title={t('shell:audit.emptyTitle')} icon={IconHistory}>
          {t('audit:empty')}
        </EmptyState>
      }
      columns={[
        { id: 'at', header: t('audit:when'), width: 180, cell: ({ at }) => <span title={format.relative(at)}>{format.dateTime(at)}</span> },
        {
          id: 'actor',
          header: t('audit:who'),
          width: 160,
          cell: ({ actor }) => (
            <>
              {actor.name || t(`audit:actorKind.${actor.kind}`)}
              {actor.kind === 'api-key' && actor.name && (
                <Text span size="xs" c="dimmed">
                  {' '}
                  · {t(`audit:actorKind.${actor.kind}`)}
                </Text>
              )}
            </>
          ),
        },
        { id: 'action', header: t('audit:what'), width: 240, cell: ({ action }) => said(action) },
        { id: 'subject', header: t('audit:about'), width: 180, interactive: true, cell: (line) => <Subject line={line} names={names} /> },
        {
          id: 'detail',
          header: t('audit:detail'),
          width: 110,
          interactive: true,
          cell: (line) => Object.keys(line.detail).length > 0 && <Detail line={line} about={said(line.action)} />,
        },
        { id: 'ip', header: t('audit:address'), width: 130, cell: ({ ip }) => ip },
      ]}
    />
  );
}

const UUID = /^[0-9a-f-]{36}$/;

/** What it was about; a customer leads to the customer. */
function Subject({ line: { subject }, names }: { line: AuditLine; names: Map<string, string> }) {
  const { t } = useTranslation();
  const can = useCan();
  const kind = t(`shell:audit.subject.${subject.kind}`, { defaultValue: subject.kind });
  const short = names.get(subject.id) ?? (UUID.test(subject.id) ? subject.id.slice(-8) : '');
  if (subject.kind === 'customer' && can('customer.read') && UUID.test(subject.id)) {
    return (
      <Link to="/customers/$id" params={{ id: subject.id }}>
        {kind} {short}
      </Link>
    );
  }
  return `${kind} ${short}`;
}

function Detail({ line: { detail, requestId }, about }: { line: AuditLine; about: string }) {
  const { t } = useTranslation();
  return (
    <Why about={about} label={t('shell:audit.see')}>
      <dl style={{ margin: 0, fontSize: 14 }}>
        {Object.entries(detail).map(([name, value]) => (
          <div key={name}>
            <Text component="dt" size="xs" c="dimmed">
              {name}
            </Text>
            <dd style={{ margin: '0 0 8px', overflowWrap: 'anywhere' }}>
              {typeof value === 'object' ? JSON.stringify(value) : String(value)}
            </dd>
          </div>
        ))}
      </dl>
      {requestId && (
        <Text size="xs" c="dimmed">
          {t('shell:audit.request', { id: requestId })}
        </Text>
      )}
    </Why>
  );
}
