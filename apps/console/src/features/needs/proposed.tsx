import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { Card } from '../../ui/board-page.tsx';
import { useFormat } from '../../ui/format.ts';
import { Badge, Button, Group as Row, Stack, Text } from '../../ui/kit.ts';
import { ShareBar } from '../../ui/share-bar.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { tell } from '../../ui/tell.tsx';
import { mainDifferences, type Proposal, useNeedsWords } from './needs-words.ts';
import { apartWord, stableWord } from './quality.tsx';
import { Typical } from './typical.tsx';

interface ProposedProps {
  proposal: Proposal;
  currency: string;
  /** @param keeps whether it puts these groups in use. */
  onBegun: (jobId: string, keeps?: boolean) => void;
}

/** Groups found anew: what they would be, which of the present ones they continue, and how other numbers would do. */
export function Proposed({ proposal, currency, onBegun }: ProposedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useNeedsWords(currency);
  const may = useCan()('segment.write');
  const keep = useSend<void, { jobId: string }>(() => ({ path: `/needs-findings/${proposal.id}/keep` }), {
    onDone: ({ jobId }) => onBegun(jobId, true),
  });
  const look = useSend<number, { jobId: string }>((count) => ({ path: '/needs-findings', body: { count } }), {
    onDone: ({ jobId }) => onBegun(jobId),
  });
  const discard = useSend<void>(() => ({ path: `/needs-findings/${proposal.id}/discard` }), {
    refreshes: ['/needs-groups'],
    onDone: () => tell(t('needs:proposal.discarded')),
  });
  return (
    <Card
      title={t('needs:proposal.title')}
      span={12}
      lead={`${t('needs:proposal.lead', { count: proposal.groups.length })} ${t(`needs:quality.apart.${apartWord(proposal.silhouette)}`)} ${t(`needs:quality.stable.${stableWord(proposal.stability)}`)}`}
    >
      <SimpleTable
        caption={t('needs:proposal.title')}
        rows={proposal.groups}
        rowId={({ name }) => name}
        columns={[
          { id: 'group', header: t('needs:proposal.group'), cell: ({ name }) => <b>{name}</b> },
          {
            id: 'size',
            header: t('needs:proposal.size'),
            definition: t('needs:definition.customers'),
            align: 'right',
            cell: ({ customers, share }) => (
              <span style={{ whiteSpace: 'nowrap' }}>
                {format.number(customers)} · {format.percent(share)}
              </span>
            ),
          },
          {
            id: 'apart',
            header: t('needs:proposal.apart'),
            prose: true,
            cell: ({ differences, typical }) => (
              <>
                <Text size="sm">
                  {mainDifferences(differences, 2)
                    .map((difference) => words.sentence(difference))
                    .join(' ')}
                </Text>
                <Typical customers={typical} />
              </>
            ),
          },
          {
            id: 'silhouette',
            header: t('needs:quality.silhouette'),
            definition: t('needs:definition.silhouette'),
            align: 'right',
            cell: ({ silhouette }) => format.number(silhouette, 2),
          },
          {
            id: 'was',
            header: t('needs:proposal.was'),
            cell: ({ continues }) =>
              continues ? (
                <Text size="sm">{t('needs:proposal.continues', { name: continues.name })}</Text>
              ) : (
                <Badge variant="light" tt="none" fw={500}>
                  {t('needs:proposal.new')}
                </Badge>
              ),
          },
        ]}
      />
      {proposal.lost.length > 0 && (
        <Text size="sm">
          {t('needs:proposal.lost', { count: proposal.lost.length, names: format.list(proposal.lost.map(({ name }) => `«${name}»`)) })}
        </Text>
      )}
      {may && (
        <Row gap="sm">
          <Button onClick={() => keep.mutate()} loading={keep.isPending}>
            {t('needs:proposal.keep')}
          </Button>
          <Button variant="default" onClick={() => discard.mutate()} loading={discard.isPending}>
            {t('needs:proposal.discard')}
          </Button>
        </Row>
      )}
      {proposal.trials.length > 1 && (
        <Stack gap="xs">
          <Text size="sm" fw={600}>
            {t('needs:proposal.trials')}
          </Text>
          <Text size="sm" c="dimmed">
            {t('needs:proposal.trialsLead')}
          </Text>
          <SimpleTable
            caption={t('needs:proposal.trials')}
            rows={proposal.trials}
            rowId={({ count }) => String(count)}
            columns={[
              {
                id: 'count',
                header: t('needs:proposal.group'),
                cell: ({ count }) =>
                  count === proposal.groups.length || !may ? (
                    <Text size="sm" fw={count === proposal.groups.length ? 600 : 400}>
                      {t('needs:proposal.trial', { count })} {count === proposal.groups.length && `· ${t('needs:proposal.chosen')}`}
                    </Text>
                  ) : (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      px={0}
                      loading={look.isPending && look.variables === count}
                      onClick={() => look.mutate(count)}
                    >
                      {t('needs:proposal.trial', { count })}
                    </Button>
                  ),
              },
              {
                id: 'stability',
                header: t('needs:quality.stability'),
                definition: t('needs:definition.stability'),
                align: 'right',
                cell: ({ stability }) => <ShareBar share={stability} />,
              },
              {
                id: 'silhouette',
                header: t('needs:quality.silhouette'),
                definition: t('needs:definition.silhouette'),
                align: 'right',
                cell: ({ silhouette }) => format.number(silhouette, 2),
              },
              {
                id: 'smallest',
                header: t('needs:proposal.smallest'),
                align: 'right',
                cell: ({ smallest }) => format.percent(smallest),
              },
            ]}
          />
        </Stack>
      )}
    </Card>
  );
}
