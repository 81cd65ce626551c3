import type { MarketFact, MarketFactKind, MarketFactList, MarketSubjects } from '@vinculo/insight/api/loyalty';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Autocomplete, Button, Select, Stack, Text, TextInput, useDebouncedValue } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { type SimpleColumn, SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tellUndo } from '../../ui/tell.tsx';

type Fact = z.infer<typeof MarketFact>;
type Kind = z.infer<typeof MarketFactKind>;
const KINDS: Kind[] = [
  'exclusive_category',
  'exclusive_product',
  'contract_category',
  'contract_product',
  'no_rival_province',
  'no_rival_store',
];
const REFRESHES = ['/loyalty', '/customers'];

/** What the company states of its market: added, ended, put back; nothing is lost. */
export default function Market() {
  const { t } = useTranslation();
  const can = useCan()('value.write');
  const { data, error, refetch } = useGet<z.infer<typeof MarketFactList>>('/loyalty/market-facts');
  const inForce = data?.items.filter(({ endedAt }) => endedAt === null) ?? [];
  const ended = data?.items.filter(({ endedAt }) => endedAt !== null) ?? [];
  return (
    <BoardPage
      title={t('loyalty:market.title')}
      actions={
        <Link to="/loyalty" size="sm">
          {t('loyalty:back')}
        </Link>
      }
    >
      {can && (
        <Card title={t('loyalty:market.add')} span={4} lead={t('loyalty:market.lead')}>
          <AddFact />
        </Card>
      )}
      <Card title={t('loyalty:market.list')} span={can ? 8 : 12} lead={can ? undefined : t('loyalty:market.readOnly')}>
        {error ? (
          <ErrorNote error={error} retry={() => void refetch()} />
        ) : !data ? (
          <RowSkeletons rows={4} height={36} />
        ) : inForce.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('loyalty:market.none')}
          </Text>
        ) : (
          <Facts facts={inForce} />
        )}
      </Card>
      {ended.length > 0 && (
        <Card title={t('loyalty:market.history')} span={12}>
          <Facts facts={ended} />
        </Card>
      )}
    </BoardPage>
  );
}

function AddFact() {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const [kind, setKind] = useState<Kind>('exclusive_category');
  const [subject, setSubject] = useState('');
  const [note, setNote] = useState('');
  const [search] = useDebouncedValue(subject, 250);
  const found = useGet<z.infer<typeof MarketSubjects>>('/loyalty/market-subjects', { kind, search }, { keep: true });
  const items = found.data?.items ?? [];
  // What people choose is a name; what is kept is the key of the product.
  const keyOf = (name: string) => items.find((item) => item.name === name)?.subject ?? name;
  const add = useSend<void, { id: string }>(
    () => ({ path: '/loyalty/market-facts', body: { kind, subject: keyOf(subject.trim()), note } }),
    {
      refreshes: REFRESHES,
      onDone: ({ id }) => {
        setSubject('');
        setNote('');
        tellUndo(t('loyalty:market.added'), async () => {
          await call({ method: 'POST', path: `/loyalty/market-facts/${id}/end` });
          await refresh(...REFRESHES);
        });
      },
    },
  );
  return (
    <Stack
      gap="sm"
      component="form"
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        if (subject.trim()) add.mutate();
      }}
    >
      <Select
        label={t('loyalty:market.kind')}
        value={kind}
        allowDeselect={false}
        onChange={(value) => {
          if (!value) return;
          setKind(value as Kind);
          setSubject('');
        }}
        data={KINDS.map((value) => ({ value, label: t(`loyalty:kind.${value}`) }))}
      />
      <Autocomplete
        label={t(`loyalty:kindSubject.${kind}`)}
        placeholder={t('loyalty:market.search')}
        value={subject}
        onChange={setSubject}
        data={[...new Set(items.map(({ name }) => name))]}
        filter={({ options }) => options}
        maxLength={200}
        required
      />
      <TextInput
        label={t('loyalty:market.note')}
        value={note}
        maxLength={300}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      <Button type="submit" loading={add.isPending} disabled={!subject.trim()} style={{ alignSelf: 'flex-start' }}>
        {t('loyalty:market.addButton')}
      </Button>
    </Stack>
  );
}

function Facts({ facts }: { facts: Fact[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan()('value.write');
  const refresh = useRefresh();
  const turn = async (id: string, verb: 'end' | 'resume') => {
    await call({ method: 'POST', path: `/loyalty/market-facts/${id}/${verb}` });
    await refresh(...REFRESHES);
  };
  const end = useSend<string>((id) => ({ path: `/loyalty/market-facts/${id}/end` }), {
    refreshes: REFRESHES,
    onDone: (_, id) => tellUndo(t('loyalty:market.ended'), () => turn(id, 'resume')),
  });
  const resume = useSend<string>((id) => ({ path: `/loyalty/market-facts/${id}/resume` }), {
    refreshes: REFRESHES,
    onDone: (_, id) => tellUndo(t('loyalty:market.resumed'), () => turn(id, 'end')),
  });
  const columns: SimpleColumn<Fact>[] = [
    {
      id: 'what',
      header: t('loyalty:market.what'),
      cell: ({ kind, name, note }) => (
        <>
          {name}
          <Text size="xs" c="dimmed">
            {t(`loyalty:kind.${kind}`)}
          </Text>
          {note && <Text size="xs">{note}</Text>}
        </>
      ),
    },
    {
      id: 'stated',
      header: t('loyalty:market.stated'),
      cell: ({ statedBy, statedAt }) => t('loyalty:weights.by', { name: statedBy, when: format.date(statedAt) }),
    },
    {
      id: 'ended',
      header: t('loyalty:market.endedBy'),
      cell: ({ endedBy, endedAt }) => (endedAt ? t('loyalty:weights.by', { name: endedBy, when: format.date(endedAt) }) : null),
    },
    {
      id: 'act',
      header: '',
      align: 'right' as const,
      cell: ({ id, name, endedAt }: Fact) => {
        if (!can) return null;
        const verb = endedAt ? resume : end;
        return (
          <Button
            size="compact-sm"
            variant="default"
            loading={verb.isPending && verb.variables === id}
            aria-label={t(endedAt ? 'loyalty:market.resumeLabel' : 'loyalty:market.endLabel', { name })}
            onClick={() => verb.mutate(id)}
          >
            {t(endedAt ? 'loyalty:market.resume' : 'loyalty:market.end')}
          </Button>
        );
      },
    },
  ];
  const shown = columns.filter(({ id }) => (id === 'ended' ? facts.some(({ endedAt }) => endedAt !== null) : id === 'act' ? can : true));
  return <SimpleTable caption={t('loyalty:market.title')} rows={facts} rowId={({ id }) => id} columns={shown} />;
}
