import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';
import classes from './review.module.css';
import type { Pair } from './schemas.ts';
import { useReviewWords } from './use-review-words.ts';

/** Less than this would read as nothing. */
const UNSEEN = 0.05;

/** The waterfall in plain words: what each field adds or takes, from where we start to what comes out. */
export function Reasons({ pair }: { pair: Pair }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useReviewWords();
  const widest = Math.max(1, Math.abs(pair.prior), ...pair.terms.map(({ weight }) => Math.abs(weight)));
  const signed = (bits: number) => `${bits < 0 ? '' : '+'}${format.number(bits, 1)}`;
  const lines = [
    { key: 'prior', said: t('review:waterfall.prior'), bits: pair.prior },
    ...pair.terms
      .filter(({ weight }) => Math.abs(weight) >= UNSEEN)
      .toSorted((a, b) => b.weight - a.weight)
      .map(({ field, level, weight }) => ({ key: `${field} ${level}`, said: words.term(field, level), bits: weight })),
  ];
  return (
    <section className={classes.panel} aria-label={t('review:waterfall.title')}>
      <h3>{t('review:waterfall.title')}</h3>
      <Text size="xs" c="dimmed">
        {t('review:waterfall.text')}
      </Text>
      <ol className={classes.reasons}>
        {lines.map(({ key, said, bits }) => (
          <li key={key}>
            <span className={classes.reason}>
              {said}: <b>{signed(bits)}</b>
            </span>
            <span className={classes.track} aria-hidden>
              <span className={bits < 0 ? classes.takes : classes.adds} style={{ inlineSize: `${(Math.abs(bits) / widest) * 50}%` }} />
            </span>
          </li>
        ))}
        <li className={classes.total}>
          <span className={classes.reason}>
            {t('review:waterfall.sum')}: <b>{signed(pair.prior + pair.weight)}</b>
          </span>
        </li>
      </ol>
      <Text size="sm" fw={600}>
        {t('review:waterfall.probability', { probability: format.percent(pair.probability, pair.probability > 0.99 ? 1 : 0) })}
      </Text>
    </section>
  );
}
