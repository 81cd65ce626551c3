import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconDatabase, IconFileImport, IconPlus } from '../../ui/icons.ts';
import { Button, Group } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Link } from '../../ui/link.tsx';
import { ListPage } from '../../ui/list/list-page.tsx';
import type { Sender } from '../events/schemas.ts';
import { useCountries } from './countries.ts';
import type { SourcesSearch } from './search.ts';
import { SourceForm } from './source-form.tsx';
import { type Source, useSources } from './use-sources.ts';

export default function Sources() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const countries = useCountries();
  const [words, change] = useWords<SourcesSearch>();
  const { data, error, isPending, refetch } = useSources();
  const senders = useGet<{ items: Sender[] }>('/event-sources');
  const sources = data?.items ?? [];
  const edited = sources.find(({ id }) => id === words.edit);
  const close = () => change({ create: undefined, edit: undefined }, { replace: true });

  const load = can('import.run') && (
    <LinkButton to="/imports/new" leftSection={<IconFileImport size={16} />}>
      {t('sources:load')}
    </LinkButton>
  );
  return (
    <>
      <ListPage<Source>
        screen="sources"
        title={t('nav:sources')}
        count={data && { count: sources.length, exact: true }}
        actions={
          <>
            {can('source.write') && (
              <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => change({ create: 'yes' })}>
                {t('sources:new')}
              </Button>
            )}
            {sources.length > 0 && load}
          </>
        }
        rows={{
          rows: sources,
          loading: isPending,
          stale: false,
          error: error ?? null,
          more: false,
          fetchingMore: false,
          fetchMore: () => {},
          retry: () => void refetch(),
        }}
        rowId={({ id }) => id}
        rowName={({ label }) => label}
        {...(can('customer.read') ? { rowLink: ({ id }: Source) => ({ to: '/customers', search: { source: id } }) } : {})}
        words={{}}
        onWords={() => {}}
        empty={
          <EmptyState icon={IconDatabase} title={t('sources:empty.title')} action={load}>
            {t('sources:empty.text')}
          </EmptyState>
        }
        columns={[
          { id: 'label', header: t('sources:column.label'), width: 200, cell: ({ label }) => label },
          { id: 'kind', header: t('sources:column.kind'), width: 120, cell: ({ kind }) => t(`sources:kind.${kind}`) },
          {
            id: 'country',
            header: t('sources:column.country'),
            width: 120,
            definition: t('sources:form.countryHelp'),
            cell: ({ country }) => countries.nameOf(country),
          },
          {
            id: 'trust',
            header: t('sources:trust.label'),
            width: 110,
            align: 'right',
            definition: t('sources:trust.definition'),
            cell: ({ trust }) => format.number(trust),
          },
          {
            id: 'records',
            header: t('sources:column.records'),
            width: 110,
            align: 'right',
            definition: t('sources:definition.records'),
            cell: ({ records }) => format.number(records),
          },
          {
            id: 'lastImportAt',
            header: t('sources:column.lastImport'),
            width: 160,
            align: 'right',
            interactive: true,
            cell: ({ id, lastImportAt, label }) =>
              lastImportAt ? (
                <Link
                  to="/imports"
                  search={{ source: id }}
                  aria-label={t('sources:importsOf', { when: format.relative(lastImportAt), name: label })}
                  title={format.dateTime(lastImportAt)}
                >
                  {format.relative(lastImportAt)}
                </Link>
              ) : (
                t('sources:never')
              ),
          },
          {
            id: 'name',
            header: t('sources:column.name'),
            width: 140,
            hidden: true,
            definition: t('sources:definition.name'),
            cell: ({ name }) => name,
          },
          {
            id: 'actions',
            header: t('people:list.actions'),
            width: 260,
            align: 'right',
            interactive: true,
            cell: (source) => (
              <Group gap={4} justify="flex-end" wrap="nowrap">
                {can('source.write') && (
                  <Button
                    size="xs"
                    variant="subtle"
                    color="gray"
                    onClick={() => change({ edit: source.id })}
                    aria-label={t('sources:form.edit', { name: source.label })}
                  >
                    {t('common:edit')}
                  </Button>
                )}
                {(source.kind === 'api' || senders.data?.items.some(({ sourceId }) => sourceId === source.id)) && (
                  <LinkButton
                    to="/sources/$id/events"
                    params={{ id: source.id }}
                    size="xs"
                    variant="subtle"
                    aria-label={t('events:source.openOf', { name: source.label })}
                  >
                    {t('events:source.open')}
                  </LinkButton>
                )}
                {can('import.run') && (
                  <LinkButton
                    to="/imports/new"
                    search={{ source: source.id }}
                    size="xs"
                    variant="subtle"
                    aria-label={t('sources:loadInto', { name: source.label })}
                  >
                    {t('sources:loadHere')}
                  </LinkButton>
                )}
              </Group>
            ),
          },
        ]}
      />
      <SourceForm opened={words.create === 'yes' || edited !== undefined} onClose={close} source={edited} sources={sources} />
    </>
  );
}
