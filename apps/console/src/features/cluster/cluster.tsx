import type { CustomerCluster, MergePreview } from '@vinculo/customer-file/api/relink';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconArrowLeft, IconArrowsSplit, IconGitMerge } from '../../ui/icons.ts';
import { Button, Text } from '../../ui/kit.ts';
import { useGo } from '../../ui/link.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { SplitAndMerge } from '../customers/split-and-merge.tsx';
import { Waterfall } from '../customers/waterfall.tsx';
import { useLinkageWords } from '../relink/use-linkage-words.ts';
import { ClusterGraph } from './cluster-graph.tsx';
import { ClusterHistory } from './cluster-history.tsx';
import { ClusterRecords } from './cluster-records.tsx';

export type Cluster = z.infer<typeof CustomerCluster>;
export type Merged = z.infer<typeof MergePreview>;

/** The records of a customer as a map: what holds them together and how well; take some out, bring others in, take it back. */
export default function ClusterExplorer() {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const words = useLinkageWords();
  const go = useGo();
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useGet<Cluster>(`/customers/${id}/cluster`);
  const [picked, setPicked] = useState<number | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [asking, setAsking] = useState<'split' | 'merge' | null>(null);

  if (error || !data) {
    return (
      <Page title={t('linkage:cluster.graph')}>
        {error ? <ErrorNote error={error} retry={() => void refetch()} /> : <BlockSkeleton height={480} />}
      </Page>
    );
  }
  const { customer, records, edges, weakest } = data;
  const labels = new Map(records.map((record) => [record.id, `${record.sourceLabel} ${record.key}`]));
  const nameOf = (record: string) => labels.get(record) ?? record;
  const shown = picked ?? weakest;
  const edge = shown === null ? undefined : edges[shown];
  return (
    <BoardPage
      title={t('linkage:cluster.title', { name: customer.name })}
      actions={
        <>
          <LinkButton
            to="/customers/$id"
            params={{ id: customer.id }}
            search={{ tab: 'identity' }}
            variant="default"
            leftSection={<IconArrowLeft size={16} />}
          >
            {t('linkage:cluster.back')}
          </LinkButton>
          {can('customer.merge') && (
            <Button leftSection={<IconGitMerge size={16} />} onClick={() => setAsking('merge')}>
              {t('customers:identity.merge')}
            </Button>
          )}
        </>
      }
    >
      <Card title={t('linkage:cluster.graph')} lead={records.length > 1 ? t('linkage:cluster.graphLead') : undefined} span={7}>
        {records.length > 1 ? (
          <ClusterGraph cluster={data} nameOf={nameOf} picked={shown} onPick={setPicked} />
        ) : (
          <Text size="sm">{t('linkage:cluster.alone')}</Text>
        )}
        {data.more > 0 && (
          <Text size="sm" c="dimmed">
            {t('linkage:cluster.more', { shown: format.number(data.more) })}
          </Text>
        )}
      </Card>
      <Card title={t('linkage:cluster.edge')} span={5}>
        {edge && shown === weakest && (
          <Text size="sm">
            {t('linkage:cluster.weakestOf', { a: nameOf(edge.a), b: nameOf(edge.b), probability: format.percent(edge.probability, 1) })}
          </Text>
        )}
        {edge?.decided && <Text size="sm">{t(`linkage:cluster.decided.${edge.decided}`)}</Text>}
        {edge?.apart && <Text size="sm">{t('linkage:change.apart', { rule: words.apart(edge.apart) })}</Text>}
        {edge ? <Waterfall pair={edge} nameOf={nameOf} /> : <Text size="sm">{t('linkage:cluster.alone')}</Text>}
      </Card>
      <Card
        title={t('linkage:cluster.records')}
        lead={can('customer.merge') && records.length > 1 ? t('linkage:cluster.choose') : undefined}
        span={12}
        aside={
          can('customer.merge') &&
          records.length > 1 && (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconArrowsSplit size={14} />}
              disabled={chosen.length === 0 || chosen.length === records.length}
              onClick={() => setAsking('split')}
            >
              {chosen.length > 0 ? t('customers:identity.split', { count: chosen.length }) : t('customers:identity.splitNone')}
            </Button>
          )
        }
      >
        <ClusterRecords records={records} chosen={chosen} onChosen={setChosen} mayChoose={can('customer.merge') && records.length > 1} />
      </Card>
      <Card title={t('customers:identity.history')} span={12}>
        <ClusterHistory history={data.history} />
      </Card>
      <SplitAndMerge
        customer={customer}
        chosen={chosen}
        asking={asking}
        onClose={() => setAsking(null)}
        onDone={(left) => {
          setChosen([]);
          setPicked(null);
          if (left !== id) void go({ to: '/customers/$id/cluster', params: { id: left } });
        }}
      />
    </BoardPage>
  );
}
