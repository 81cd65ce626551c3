import type { LoyaltyPreview } from '@vinculo/insight/api/loyalty';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { type ApiError, call } from '../../api/client.ts';
import { Card } from '../../ui/board-page.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { LoyaltyMark } from '../../ui/group-mark.tsx';
import { Stack, Text, useDebouncedValue } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import type { Model } from './weights.tsx';

type Preview = z.infer<typeof LoyaltyPreview>;
const PAUSE_MS = 500;
const SHOWN = 6;

/** Whom another model would give another type, counted of everybody while somebody edits. */
export function ModelPreview({ model }: { model: Model | undefined }) {
  const { t } = useTranslation();
  const [asked] = useDebouncedValue(model, PAUSE_MS);
  const { data, error, refetch } = useQuery<Preview, ApiError>({
    queryKey: ['/loyalty/model/preview', asked],
    queryFn: ({ signal }) => call({ method: 'POST', path: '/loyalty/model/preview', body: asked, signal }),
    enabled: asked !== undefined,
    placeholderData: (before) => before,
  });
  return (
    <Card title={t('loyalty:weights.preview')} span={5}>
      <div aria-live="polite">
        {!model ? (
          <Text size="sm" c="dimmed">
            {t('loyalty:weights.previewNone')}
          </Text>
        ) : error ? (
          <ErrorNote error={error} retry={() => void refetch()} />
        ) : data ? (
          <Effect preview={data} />
        ) : (
          <RowSkeletons rows={6} height={28} />
        )}
      </div>
    </Card>
  );
}

function Effect({ preview: { customers, changed, types, moves, sample } }: { preview: Preview }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (changed === 0) return <Text size="sm">{t('loyalty:weights.previewSame')}</Text>;
  return (
    <Stack gap="md">
      <Text size="sm" fw={600}>
        {t('loyalty:weights.previewSome', { count: changed, changed: format.number(changed), customers: format.number(customers) })}
      </Text>
      <SimpleTable
        caption={t('loyalty:weights.preview')}
        rows={types.filter(({ before, after }) => before > 0 || after > 0)}
        rowId={({ type }) => type}
        columns={[
          { id: 'type', header: t('loyalty:types.type'), cell: ({ type }) => <LoyaltyMark type={type} /> },
          { id: 'before', header: t('loyalty:weights.before'), align: 'right', cell: ({ before }) => format.number(before) },
          { id: 'after', header: t('loyalty:weights.after'), align: 'right', cell: ({ after }) => format.number(after) },
        ]}
      />
      <div>
        <Text size="sm" fw={600}>
          {t('loyalty:weights.moves')}
        </Text>
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {moves.slice(0, SHOWN).map(({ from, to, customers: moved, revenue }) => (
            <li key={`${from}.${to}`}>
              <Text size="sm">
                {t('loyalty:weights.move', { from: t(`value:loyalty.${from}`), to: t(`value:loyalty.${to}`) })}: {format.number(moved)} (
                {format.moneyRound(revenue)})
              </Text>
            </li>
          ))}
        </ul>
      </div>
      <div>
        <Text size="sm" fw={600}>
          {t('loyalty:weights.sample')}
        </Text>
        {sample.slice(0, SHOWN).map(({ customerId, name, from, to }) => (
          <Text size="sm" key={customerId}>
            <Link to="/customers/$id" params={{ id: customerId }} search={{ tab: 'value' }} size="sm">
              {name}
            </Link>
            : {t('loyalty:weights.move', { from: t(`value:loyalty.${from}`), to: t(`value:loyalty.${to}`) })}
          </Text>
        ))}
      </div>
    </Stack>
  );
}
