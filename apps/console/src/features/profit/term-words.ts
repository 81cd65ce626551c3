import type { CustomerProfit, ProfitOverview } from '@vinculo/insight/api/profit';
import type { Costs } from '@vinculo/insight/api/costs';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';

export type Profit = z.infer<typeof ProfitOverview>;
export type OneProfit = z.infer<typeof CustomerProfit>;
export type Table = z.infer<typeof Costs>['table'];
export type Effort = z.infer<typeof Costs>['efforts'][number];
export type Kind = Effort['kind'];
type Model = Profit['steps']['terms'][number]['model'];

/** The order in which kinds of cost are shown. */
export const KINDS: readonly Kind[] = [
  'contact_in',
  'contact_out',
  'contact',
  'visit',
  'case',
  'mailing',
  'delivery',
  'return',
  'coupon',
  'discount',
  'fixed',
];
/** Kinds that have a price by channel, or, of cases, by topic. */
export const BY_VIA: readonly Kind[] = ['contact_in', 'contact_out', 'contact', 'case', 'mailing', 'delivery', 'return', 'discount'];

/** What a term is called: «Contacto entrante, teléfono». Without a channel of its own it is all of them. */
export function useTermWords() {
  const { t } = useTranslation();
  const channel = useCallback(
    (kind: Kind | null, via: string) => {
      if (kind === 'case') return via;
      return via === '' ? t('profit:channel.none') : t(`profit:channel.${via}`, { defaultValue: via });
    },
    [t],
  );
  const term = useCallback(
    ({ kind, via, model }: { kind: Kind | null; via: string | null; model?: Model }) => {
      if (model) return `${model.title}: ${model.label}`;
      if (!kind) return t('common:unknown');
      const name = t(`profit:kind.${kind}`);
      return via ? `${name}, ${channel(kind, via).toLocaleLowerCase()}` : name;
    },
    [t, channel],
  );
  const reason = useCallback(
    (why: { reason: string; kind: Kind | null; via: string | null; model?: Model }) =>
      why.reason === 'no_sales' || why.reason === 'no_margin'
        ? t(`profit:reason.${why.reason}`)
        : t('profit:reason.most', { term: term(why) }),
    [t, term],
  );
  return { term, reason, channel };
}
