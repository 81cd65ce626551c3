import type { Reason as ReasonShape } from '@vinculo/insight/api/life-cycle';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { type Format, useFormat } from '../../ui/format.ts';
import { IconTrendingDown, IconTrendingUp } from '../../ui/icons.ts';
import classes from './life-cycle.module.css';

type Reason = z.infer<typeof ReasonShape>;

/** Why the risk is what it is, in sentences, strongest first: an arrow up raises it, down lowers it. */
export function Reasons({ reasons }: { reasons: Reason[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className={classes.reasons}>
      {reasons.map((reason) => {
        const Arrow = reason.raises ? IconTrendingUp : IconTrendingDown;
        return (
          <li key={reason.key}>
            <Arrow
              size={16}
              color={reason.raises ? 'var(--v-worse)' : 'var(--v-better)'}
              aria-label={t(`lifecycle:reason.${reason.raises ? 'raises' : 'lowers'}`)}
            />
            <span>{reasonWords(reason, t, format)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function reasonWords({ key, raises, facts }: Reason, t: TFunction, format: Format): string {
  const number = (name: string) => format.number(facts[name] ?? 0, (facts[name] ?? 0) % 1 ? 1 : 0);
  const money = (name: string) => format.moneyRound(facts[name] ?? 0);
  const values: Record<string, string> = Object.fromEntries(
    Object.keys(facts).map((name) => [
      name,
      name === 'share' ? format.percent(facts[name]!, 0) : key === 'money' && name !== 'days' ? money(name) : number(name),
    ]),
  );
  return t(`lifecycle:reason.${key}.${raises ? 'raises' : 'lowers'}`, { ...values, count: facts.visits ?? facts.times ?? 0 });
}
