import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import type { Change } from './change.tsx';

/** Who did what to it, and when. */
export function Steps({ steps }: { steps: Change['steps'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Text size="sm" component="ol" m={0} pl="lg">
      {steps.map(({ step, by, at, detail }) => (
        <li key={at}>
          {t(`linkage:change.step.${step}`)} · {by} · {format.dateTime(at)}
          {detail.joins !== undefined &&
            ` · ${t('linkage:effect', { joins: format.number(detail.joins), parts: format.number(detail.parts ?? 0) })}`}
        </li>
      ))}
    </Text>
  );
}

/** What came back, and what could not because somebody has worked on it since. */
export function Undone({ undone }: { undone: NonNullable<Change['undone']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const customer = ({ id, name }: { id: string; name: string }) => (
    <Link to="/customers/$id" params={{ id }} search={{ tab: 'identity' }} size="sm">
      {name || id.slice(-6)}
    </Link>
  );
  return (
    <Stack gap="md">
      <Text size="sm">
        {t('linkage:change.undoneText', { records: format.number(undone.records), customers: format.number(undone.customers) })}
      </Text>
      {undone.conflicts.length > 0 && (
        <Stack gap="xs">
          <Text size="sm" fw={600}>
            {t('linkage:change.conflicts')}
          </Text>
          <Text size="sm" c="dimmed">
            {t('linkage:change.conflictsText')}
          </Text>
          <SimpleTable
            caption={t('linkage:change.conflicts')}
            rows={undone.conflicts}
            rowId={({ from, to }) => `${from.id} ${to.id}`}
            columns={[
              { id: 'from', header: t('linkage:change.conflictFrom'), cell: ({ from }) => customer(from) },
              { id: 'to', header: t('linkage:change.conflictTo'), cell: ({ to }) => customer(to) },
              { id: 'why', header: t('linkage:change.conflictWhy'), cell: ({ because }) => t(`linkage:change.because.${because}`) },
            ]}
          />
          {undone.conflictCount > undone.conflicts.length && (
            <Text size="xs" c="dimmed">
              {t('linkage:change.conflictMore', { shown: format.number(undone.conflictCount - undone.conflicts.length) })}
            </Text>
          )}
        </Stack>
      )}
    </Stack>
  );
}
