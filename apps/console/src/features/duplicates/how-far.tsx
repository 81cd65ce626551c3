import type { ReviewStatistics } from '@vinculo/customer-file/api/review';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';

/** How far the estimates can be trusted: they are the program's own, what people checked of them, and what is left to check. */
export function HowFar() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const { data } = useGet<z.infer<typeof ReviewStatistics>>('/review/statistics', {}, { enabled: can('review.read') });
  return (
    <Text size="xs" c="dimmed">
      {t('review:honest.estimate')}
      {data && data.model.pairs > 0 && (
        <>
          {' '}
          {t('review:honest.checked', {
            count: data.model.pairs,
            shown: format.number(data.model.pairs),
            share: format.percent(data.model.right / data.model.pairs, 0),
          })}
        </>
      )}
      {data && data.openForAll > 0 && (
        <>
          {' '}
          {t('review:honest.open', { count: data.openForAll, shown: format.number(data.openForAll) })}{' '}
          <Link to="/review" size="xs">
            {t('review:goto')}
          </Link>
        </>
      )}
    </Text>
  );
}
