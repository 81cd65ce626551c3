import type { Suggestions, SegmentRow } from '@vinculo/segments/api';
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useGet } from '../../api/queries.ts';
import { useFormat } from '../../ui/format.ts';
import { eventName } from '../events/event-words.ts';
import type { Rule, RuleCatalogue, RuleNode } from './rule-shapes.ts';
import type { Words } from './sentence.ts';

/** The catalogue changes only when the product does. */
export const useCatalogue = () => useGet<RuleCatalogue>('/segments/catalogue', {}, { staleTime: 300_000 });
/** Segments and lists by name, to choose from. */
export const useSegmentNames = () =>
  useGet<{ items: z.infer<typeof SegmentRow>[] }>('/segments', { sort: 'name', limit: 200 }, { staleTime: 30_000 });

/** Everything the sentences of these rules need; undefined until it is there. */
export function useWordsOf(rules: readonly Rule[]): Words | undefined {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: catalogue } = useCatalogue();
  const { data: segments } = useSegmentNames();
  const asked = useMemo(() => [...valuesIn(rules)], [rules]);
  const answers = useQueries({
    queries: asked.map(([of, values]) => ({
      queryKey: ['/segments/suggestions', { of, values }],
      queryFn: () => call<z.infer<typeof Suggestions>>({ path: '/segments/suggestions', query: { of, values } }),
      staleTime: 300_000,
    })),
  });
  if (!catalogue || !segments) return undefined;
  const labels = new Map(
    answers.flatMap(({ data }, n) => (data?.items ?? []).map(({ value, label }) => [`${asked[n]![0]} ${value}`, label] as const)),
  );
  const names = new Map(segments.items.map(({ id, name }) => [id, name]));
  return {
    t,
    format,
    catalogue,
    segmentName: (id) => names.get(id) ?? t('common:unknown'),
    label: (of, value) => labelOf(t, catalogue, of, value) ?? labels.get(`${of} ${value}`) ?? value,
  };
}

/** What is called something by the catalogues themselves: closed choices, purposes, channels. */
export function labelOf(t: Words['t'], catalogue: RuleCatalogue, of: string, value: string): string | undefined {
  const field = catalogue.fields.find(({ id }) => id === of);
  if (field?.choices) return t(`${field.choicesAs}.${value}`);
  if (of === 'consent' || of === 'refused') {
    const [purpose = '', channel] = value.split('/');
    const said = t(`customers:purpose.${purpose}`, { defaultValue: purpose });
    return channel ? `${said} (${t(`customers:channel.${channel}`, { defaultValue: channel })})` : said;
  }
  if (of === 'event.name') return eventName(t, value);
  if (of === 'event.type') return t(`events:type.${value}`);
  if (of.endsWith('.direction')) return t(`segments:choice.direction.${value}`);
  if (of.endsWith('.channel')) return t(`customers:channel.${value}`, { defaultValue: value });
  return undefined;
}

/** The values that have labels of their own, by what they are values of, comma-separated. */
function valuesIn(rules: readonly Rule[]): Map<string, string> {
  const found = new Map<string, Set<string>>();
  const note = (of: string, values: readonly unknown[]) => {
    const known = found.get(of) ?? new Set();
    for (const value of values) if (typeof value === 'string') known.add(value);
    found.set(of, known);
  };
  const look = (node: RuleNode): void => {
    if (node.kind === 'group') node.of.forEach(look);
    if (node.kind === 'field' && (node.field === 'source' || node.field === 'score.needs_group') && Array.isArray(node.value))
      note(node.field, node.value);
    if (node.kind === 'fact')
      for (const { by, is } of node.which ?? []) if (by === 'product' || by === 'campaign') note(`${node.fact}.${by}`, is);
  };
  for (const { where } of rules) look(where);
  return new Map([...found].filter(([, values]) => values.size > 0).map(([of, values]) => [of, [...values].join(',')]));
}
