import type { Costs, CostsPreview } from '@vinculo/insight/api/costs';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useHeld } from '../../ui/held.ts';
import { keepClear } from '../../ui/keep-clear.ts';
import { IconEye, IconInfoCircle } from '../../ui/icons.ts';
import { Alert, Button, Group, Stack, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { call } from '../../api/client.ts';
import { tellUndo } from '../../ui/tell.tsx';
import { Unsaved } from '../../ui/unsaved.tsx';
import { AddCostDialog } from './add-cost.tsx';
import { differences, type Draft, draftOf, keyOf, nothing, soundDraft, tableOf } from './cost-draft.ts';
import { AddCost, CostRows } from './cost-rows.tsx';
import { CostsEffect } from './costs-effect.tsx';
import { CostsHistory } from './costs-history.tsx';
import { Margins } from './margins.tsx';
import type { Table } from './term-words.ts';

type Shown = z.infer<typeof Costs>;

const WATCH_MS = 3_000;

/** What serving costs: a table the company edits, tries before it applies, and can always take back. */
export default function CostsScreen() {
  const { t } = useTranslation();
  const { data, error, refetch } = useGet<Shown>('/costs');
  const [shown, hold] = useHeld(data);
  const may = useCan()('value.write');
  const scoring = data !== undefined && data.scoredVersion !== null && data.scoredVersion !== data.version;
  useEffect(() => {
    if (!scoring) return;
    const timer = setInterval(() => void refetch(), WATCH_MS);
    return () => clearInterval(timer);
  }, [scoring, refetch]);
  return (
    <BoardPage
      title={t('profit:costs.title')}
      aside={
        <Text size="sm" c="dimmed">
          {t('profit:costs.lead')}
        </Text>
      }
      actions={
        <LinkButton to="/value/profit" variant="default">
          {t('profit:title')}
        </LinkButton>
      }
    >
      {error && (
        <div style={{ gridColumn: '1 / -1' }}>
          <ErrorNote error={error} retry={() => void refetch()} />
        </div>
      )}
      {!data && !error && (
        <Card title={t('profit:costs.table')} span={12}>
          <BlockSkeleton height={320} />
        </Card>
      )}
      {/* Another version in force begins another draft. */}
      {shown && <Editor key={shown.version} costs={shown} may={may} scoring={scoring} hold={hold} />}
    </BoardPage>
  );
}

function Editor({ costs, may, scoring, hold }: { costs: Shown; may: boolean; scoring: boolean; hold: (on: boolean) => void }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const [draft, setDraft] = useState<Draft>(() => draftOf(costs.table, costs.efforts));
  const [adding, setAdding] = useState(false);
  const [asking, setAsking] = useState(false);
  const table = tableOf(draft);
  const changes = differences(costs.table, table);
  const sound = soundDraft(draft);
  const preview = useSend<Table, z.infer<typeof CostsPreview>>((body) => ({ path: '/costs/previews', body: { table: body } }), {
    onError: () => {},
  });
  const apply = useSend<{ table: Table; note: string }, { version: number }>(
    (body) => ({ method: 'PUT', path: '/costs', body: { ...body, basedOn: costs.version } }),
    {
      refreshes: ['/costs', '/profit'],
      onDone: () => {
        setAsking(false);
        hold(false);
        tellUndo(t('profit:costs.applied'), async () => {
          await call({ method: 'POST', path: `/costs/versions/${costs.version}/restore` });
          await refresh('/costs', '/profit');
        });
      },
    },
  );

  return (
    <>
      <Unsaved when={changes > 0} hold={hold} />
      {scoring && (
        <Alert style={{ gridColumn: '1 / -1' }} variant="light" icon={<IconInfoCircle size={18} />} role="status">
          {t('profit:costs.scoring')}
        </Alert>
      )}
      {!may && (
        <Alert style={{ gridColumn: '1 / -1' }} variant="light" icon={<IconInfoCircle size={18} />}>
          {t('profit:costs.readOnly')}
        </Alert>
      )}
      <Card title={t('profit:costs.table')} span={8}>
        <Stack gap="sm">
          {costs.efforts.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('profit:costs.empty')}
            </Text>
          )}
          <CostRows
            terms={draft.terms}
            efforts={costs.efforts}
            onChange={
              may ? (term) => setDraft({ ...draft, terms: draft.terms.map((one) => (keyOf(one) === keyOf(term) ? term : one)) }) : null
            }
          />
          {may && <AddCost onClick={() => setAdding(true)} />}
        </Stack>
      </Card>
      <Card title={t('profit:history.title')} lead={t('profit:history.lead')} span={4}>
        <CostsHistory may={may} />
      </Card>
      <Card title={t('profit:costs.margins')} lead={t('profit:costs.marginsLead')} span={8}>
        <Margins costs={costs} draft={draft} onChange={may ? (change) => setDraft({ ...draft, ...change }) : null} />
      </Card>
      {changes > 0 && (
        <div
          ref={keepClear}
          style={{
            gridColumn: '1 / -1',
            position: 'sticky',
            bottom: 0,
            zIndex: 2,
            padding: '12px 16px',
            background: 'var(--v-surface)',
            border: '1px solid var(--v-line)',
            borderRadius: 8,
          }}
        >
          <Group justify="space-between">
            <Text size="sm" role="status">
              {sound ? t('profit:costs.unsaved', { count: changes }) : t('profit:costs.wrong')}
            </Text>
            <Group gap="xs">
              <Button variant="default" onClick={() => setDraft(draftOf(costs.table, costs.efforts))}>
                {t('profit:costs.discard')}
              </Button>
              <Button
                leftSection={<IconEye size={16} />}
                disabled={!sound}
                onClick={() => {
                  setAsking(true);
                  preview.mutate(table);
                }}
              >
                {t('profit:costs.preview')}
              </Button>
            </Group>
          </Group>
        </div>
      )}
      <CostsEffect
        opened={asking}
        onClose={() => setAsking(false)}
        preview={preview.isPending ? undefined : preview.data}
        error={preview.error}
        busy={apply.isPending}
        onApply={(note) => apply.mutate({ table, note })}
      />
      <AddCostDialog
        opened={adding}
        onClose={() => setAdding(false)}
        onAdd={(kind, via) => {
          if (draft.terms.some((one) => keyOf(one) === keyOf({ kind, via }))) return;
          setDraft({ ...draft, terms: [...draft.terms, { kind, via, rates: [nothing()] }] });
        }}
      />
    </>
  );
}
