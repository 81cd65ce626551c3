import type { AccountFacts, ValueModel } from '@vinculo/insight/api/value-models';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconCoins, IconPlus, IconUpload } from '../../ui/icons.ts';
import { Alert, Badge, Button, FileButton, Group, Stack, Text } from '../../ui/kit.ts';
import { Link, useGo } from '../../ui/link.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tellError } from '../../ui/tell.tsx';
import { emptyModel, type Model } from './model-draft.ts';

type Kept = z.infer<typeof ValueModel>;

/** The value models there are: formulas over balances, fees and events of contracts. */
export default function Models() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useCan()('value.write');
  const can = useCan();
  const go = useGo();
  const { data, error, refetch } = useGet<{ items: Kept[] }>('/value-models');
  const facts = useGet<z.infer<typeof AccountFacts>>('/value-models/facts');
  const [unread, setUnread] = useState(false);
  const add = useSend<Model, Kept>((content) => ({ path: '/value-models', body: { content, active: false } }), {
    refreshes: ['/value-models'],
    onDone: ({ id }) => void go({ to: '/value/models/$id', params: { id } }),
    // JSON, but of something else: there is no form here with fields to correct.
    onError: (error) => (error.code === 'VIN_REQUEST_INVALID' ? setUnread(true) : tellError(error)),
  });
  const read = async (file: File | null) => {
    if (!file) return;
    try {
      setUnread(false);
      add.mutate(JSON.parse(await file.text()) as Model);
    } catch {
      setUnread(true);
    }
  };
  const actions = may && (
    <Group gap="xs">
      <FileButton accept="application/json,.json" onChange={(file) => void read(file)}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconUpload size={16} />}>
            {t('models:import')}
          </Button>
        )}
      </FileButton>
      <Button
        leftSection={<IconPlus size={16} />}
        loading={add.isPending}
        onClick={() => add.mutate(emptyModel(t('models:new.title'), t('models:new.variable'), t('models:new.term')))}
      >
        {t('models:add')}
      </Button>
    </Group>
  );
  return (
    <Page title={t('nav:valueModels')} actions={actions}>
      <Stack gap="lg">
        <Text size="sm" c="dimmed" maw={720}>
          {t('models:lead')}
        </Text>
        {unread && (
          <Alert color="red" variant="light" role="alert">
            {t('models:unread')}
          </Alert>
        )}
        {error && <ErrorNote error={error} retry={() => void refetch()} />}
        {!data && !error && <RowSkeletons rows={3} />}
        {data?.items.length === 0 && (
          <EmptyState
            icon={IconCoins}
            title={t('models:empty.title')}
            action={
              facts.data?.measures.length === 0 &&
              can('import.run') && <LinkButton to="/imports/new">{t('models:empty.action')}</LinkButton>
            }
          >
            {t(facts.data?.measures.length === 0 ? 'models:empty.noFacts' : 'models:empty.text')}
          </EmptyState>
        )}
        {data && data.items.length > 0 && (
          <SimpleTable<Kept>
            caption={t('nav:valueModels')}
            rows={data.items}
            rowId={({ id }) => id}
            columns={[
              {
                id: 'title',
                header: t('models:title'),
                cell: ({ id, content }) => (
                  <Link to="/value/models/$id" params={{ id }}>
                    {content.title}
                  </Link>
                ),
              },
              {
                id: 'state',
                header: t('models:state.label'),
                cell: ({ active }) => (
                  <Badge variant="light" color={active ? 'accent' : 'gray'} tt="none" fw={500}>
                    {t(active ? 'models:state.active' : 'models:state.draft')}
                  </Badge>
                ),
              },
              { id: 'terms', header: t('models:terms.title'), align: 'right', cell: ({ content }) => format.number(content.terms.length) },
              {
                id: 'changed',
                header: t('models:changed'),
                align: 'right',
                cell: ({ changedBy, changedAt }) => `${changedBy}, ${format.date(changedAt)}`,
              },
            ]}
          />
        )}
      </Stack>
    </Page>
  );
}
