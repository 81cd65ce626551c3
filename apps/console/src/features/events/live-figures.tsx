import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { Group } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { Minutes } from './minutes.tsx';
import type { Figures } from './schemas.ts';

/** How long the oldest may wait before it is worth a word. */
const SLOW_SECONDS = 5;

/** How much arrives, waits and is rejected: of the source that was chosen, or of all. */
export function LiveFigures({ paused, source }: { paused: boolean; source: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useGet<Figures>('/events/figures', {}, { every: paused ? false : 2_000, staleTime: 0 });
  if (!data) return <div style={{ height: 52 }} />;
  const of = source ? data.sources.find(({ sourceId }) => sourceId === source) : data;
  const number = (count: number | undefined) => format.number(count ?? 0);
  return (
    <Group gap="xl" align="flex-start" pb="sm" role="group" aria-label={t('events:figure.all')}>
      <Figure label={t('events:figure.minute')} value={number(of?.minute)} definition={t('events:figure.minuteHelp')} />
      <Figure label={t('events:figure.hour')} value={number(of?.hour)} aside={source ? undefined : <Minutes values={data.minutes} />} />
      <Figure
        label={t('events:figure.waiting')}
        value={number(of?.waiting)}
        definition={t('events:figure.waitingHelp')}
        note={
          data.oldestSeconds > SLOW_SECONDS
            ? t('events:figure.oldest', { time: format.duration(Math.round(data.oldestSeconds)) })
            : undefined
        }
      />
      <Figure
        label={t('events:figure.rejected')}
        value={number(of?.rejected)}
        to={{ to: '/events/rejected', search: source ? { source } : {} }}
        note={
          data.open > 0 && (
            <Link to="/events/rejected" size="xs">
              {t('events:figure.open', { count: data.open, shown: format.number(data.open) })}
            </Link>
          )
        }
      />
    </Group>
  );
}
