import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import type { Row } from './schemas.ts';

/** «Ana: la misma y Luis: distintas», for a cell of a list. */
export function useWhoSaid(): (opinions: Row['opinions']) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (opinions) =>
    format.list(
      opinions.map(({ by, verdict, mine, settles }) =>
        t(settles ? 'review:settles' : mine ? 'review:opinionMine' : 'review:opinion', { name: by, verdict: t(`review:said.${verdict}`) }),
      ),
    );
}
