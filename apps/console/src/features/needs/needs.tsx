import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import { useGet, useRefresh } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconPuzzle, IconRefresh } from '../../ui/icons.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Button, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tell, tellUndo } from '../../ui/tell.tsx';
import { Compare } from './compare.tsx';
import { FindAgain } from './find-again.tsx';
import { GroupCard } from './group-card.tsx';
import { HiddenGroups } from './hidden-groups.tsx';
import type { Overview } from './needs-words.ts';
import { Proposed } from './proposed.tsx';
import { PutBack } from './put-back.tsx';
import { Quality } from './quality.tsx';
import { Sizes } from './sizes.tsx';

/** Groups of customers who need alike things, found in their purchases. */
export default function Needs() {
  const { t } = useTranslation();
  const { data, error, refetch } = useGet<Overview>('/needs-groups');
  const [jobId, setJobId] = useState<string>();
  /** The finding that the job puts in use. */
  const [keeps, setKeeps] = useState<string>();
  const [asking, setAsking] = useState(false);
  const refresh = useRefresh();
  const may = useCan()('segment.write');
  const running = jobId ?? data?.jobId;
  const shown = data?.groups.filter(({ hidden }) => !hidden) ?? [];

  return (
    <BoardPage
      title={t('needs:title')}
      aside={data?.quality && <Found quality={data.quality} />}
      actions={
        may &&
        data &&
        (data.quality || data.ready.customers >= data.ready.needed) && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            disabled={running !== undefined && running !== null}
            onClick={() => setAsking(true)}
          >
            {t(data.quality ? 'needs:find.act' : 'needs:empty.find')}
          </Button>
        )
      }
    >
      <FindAgain opened={asking} onClose={() => setAsking(false)} onBegun={setJobId} />
      {running && (
        <Card title={t('needs:find.running')} span={12}>
          <JobProgress
            jobId={running}
            onOver={({ state, name }) => {
              setJobId(undefined);
              setKeeps(undefined);
              if (state === 'done' && name === 'needs.undo') tell(t('needs:proposal.undone'));
              if (state === 'done' && name === 'needs.keep') {
                if (keeps)
                  tellUndo(t('needs:proposal.kept'), async () => {
                    setJobId((await call<{ jobId: string }>({ method: 'POST', path: `/needs-findings/${keeps}/undo` })).jobId);
                  });
                else tell(t('needs:proposal.kept'));
              }
              void refresh('/needs-groups', '/customers');
            }}
          />
        </Card>
      )}
      {error && (
        <div style={{ gridColumn: '1 / -1' }}>
          <ErrorNote error={error} retry={() => void refetch()} />
        </div>
      )}
      {!data && !error && (
        <Card title={t('needs:title')} span={12}>
          <BlockSkeleton height={320} />
        </Card>
      )}
      {data?.proposal && !running && (
        <Proposed
          proposal={data.proposal}
          currency={data.currency}
          onBegun={(begun, keeping) => {
            setJobId(begun);
            setKeeps(keeping ? data.proposal?.id : undefined);
          }}
        />
      )}
      {data && !data.quality && !running && <NotYet ready={data.ready} />}
      {data?.quality && (
        <>
          {shown.map((group) => (
            <GroupCard key={group.id} group={group} currency={data.currency} span={shown.length === 2 || shown.length === 4 ? 6 : 4} />
          ))}
          {shown.length > 0 && (
            <>
              <Compare groups={shown} currency={data.currency} />
              <Sizes groups={shown} />
              <Quality quality={data.quality} orders={data.ready.orders}>
                {data.undo && !running && <PutBack undo={data.undo} onBegun={setJobId} />}
              </Quality>
            </>
          )}
          <HiddenGroups groups={data.groups.filter(({ hidden }) => hidden)} />
        </>
      )}
    </BoardPage>
  );
}

function Found({ quality: { foundAt, foundBy } }: { quality: NonNullable<Overview['quality']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Text size="sm" c="dimmed" title={format.dateTime(foundAt)}>
      {t(foundBy ? 'needs:quality.foundBy' : 'needs:quality.found', { when: format.relative(foundAt), name: foundBy })}
    </Text>
  );
}

function NotYet({ ready }: { ready: Overview['ready'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan()('import.run');
  const enough = ready.customers >= ready.needed;
  return (
    <div style={{ gridColumn: '1 / -1' }}>
      <EmptyState
        title={t('needs:empty.title')}
        icon={IconPuzzle}
        action={!enough && can && <LinkButton to="/imports/new">{t('needs:empty.action')}</LinkButton>}
      >
        {enough
          ? t('needs:empty.ready')
          : t('needs:empty.detail', {
              needed: format.number(ready.needed),
              orders: ready.orders,
              customers: format.number(ready.customers),
            })}
      </EmptyState>
    </div>
  );
}
