import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';
import type { Row } from './schemas.ts';

/** What people have said of a pair so far, the first first. */
export function Opinions({ opinions }: { opinions: Row['opinions'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (opinions.length === 0) return null;
  return (
    <Text size="sm" component="ul" m={0} pl="lg" aria-label={t('review:opinions')}>
      {opinions.map(({ id, verdict, by, mine, settles, note, at }) => (
        <li key={id} title={format.dateTime(at)}>
          {settles
            ? t('review:settles', { name: by, verdict: t(`review:said.${verdict}`) })
            : t(mine ? 'review:opinionMine' : 'review:opinion', { name: by, verdict: t(`review:said.${verdict}`) })}{' '}
          · {format.relative(at)}
          {note && <> · {t('review:noted', { note })}</>}
        </li>
      ))}
    </Text>
  );
}
