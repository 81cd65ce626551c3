import type { QuestionRow } from '@vinculo/insight/api/questions';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { Button, Drawer, Group, NumberInput, Select, Stack, Text, TextInput, useDebouncedValue } from '../../ui/kit.ts';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { MorePicker, PeriodPicker } from './board-filters.tsx';
import { CardBody } from './card-body.tsx';
import { type CardView, type Choices, type Filters, useChoices, useResults } from './use-boards.ts';

const KINDS = ['number', 'trend', 'bar', 'pareto', 'map', 'rfm', 'cohort', 'funnel', 'sankey', 'question'] as const;
const TIME = ['day', 'week', 'month', 'quarter', 'year'];
const WIDTH: Record<CardView['kind'], CardView['width']> = {
  number: 3,
  trend: 6,
  bar: 6,
  pareto: 6,
  map: 6,
  rfm: 6,
  cohort: 12,
  funnel: 6,
  sankey: 8,
  question: 6,
};

const blank = (): CardView => ({
  id: crypto.randomUUID(),
  kind: 'number',
  title: '',
  width: 3,
  measure: 'revenue',
  filters: {},
  comparison: { kind: 'previous' },
  top: 10,
});

interface EditorProps {
  /** Undefined: a new one. */
  card: CardView | undefined;
  filters: Filters;
  onSave: (card: CardView) => void;
  onClose: () => void;
}

/** What a card shows, chosen; how it will look, below. */
export function CardEditor({ card: given, filters, onSave, onClose }: EditorProps) {
  const { t } = useTranslation();
  const [card, setCard] = useState(given ?? blank());
  const { data: choices } = useChoices();
  const put = (change: Partial<CardView>) => setCard((before) => fitting({ ...before, ...change }, choices));
  const [settled] = useDebouncedValue(card, 300);
  const cards = useMemo(() => (settled.kind === 'question' && !settled.question ? [] : [settled]), [settled]);
  const results = useResults(cards, filters);
  const result = results.data?.cards[0];
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={t(given ? 'boards:editCard' : 'boards:addCard')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSave(card);
        }}
      >
        <Stack gap="md">
          <Select
            label={t('boards:kindWord')}
            description={t(`boards:kindAbout.${card.kind}`)}
            value={card.kind}
            data={KINDS.map((kind) => ({ value: kind, label: t(`boards:kind.${kind}`) }))}
            onChange={(kind) =>
              kind && put({ kind: kind as CardView['kind'], ...(given ? {} : { width: WIDTH[kind as CardView['kind']] }) })
            }
            data-autofocus
          />
          {card.kind === 'question' ? <QuestionChoice card={card} put={put} /> : <WhatChoice card={card} put={put} choices={choices} />}
          {card.kind !== 'question' && <ComparisonChoice card={card} put={put} choices={choices} />}
          <TextInput
            label={t('boards:titleWord')}
            description={t('boards:titleNote')}
            maxLength={120}
            value={card.title}
            onChange={(event) => put({ title: event.currentTarget.value })}
          />
          <Group align="flex-end" gap="sm">
            <Select
              label={t('boards:width')}
              value={String(card.width)}
              data={[3, 4, 6, 8, 12].map((width) => ({ value: String(width), label: t(`boards:widths.${width}`) }))}
              onChange={(width) => width && put({ width: Number(width) as CardView['width'] })}
            />
            {card.kind !== 'question' && (
              <>
                <PeriodPicker
                  filters={card.filters}
                  onChange={(own) => put({ filters: own })}
                  choices={choices}
                  none={t('boards:period.board')}
                />
                <MorePicker filters={card.filters} onChange={(own) => put({ filters: own })} choices={choices} all />
              </>
            )}
          </Group>
          <section aria-label={t('boards:preview')} style={{ border: '1px solid var(--v-line)', borderRadius: 8, padding: 12 }}>
            <Text size="xs" c="dimmed" mb="xs">
              {t('boards:preview')}
            </Text>
            {result ? (
              <>
                <Text fw={600} mb="xs">
                  {card.title || result.title}
                </Text>
                <CardBody card={settled} result={result} onPress={() => undefined} />
              </>
            ) : (
              cards.length > 0 && <BlockSkeleton height={160} />
            )}
          </section>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" disabled={card.kind === 'question' && !card.question}>
              {t('boards:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}

/** What no longer fits together is put right at once: a trend is told apart by time, a map by province. */
function fitting(card: CardView, choices: Choices | undefined): CardView {
  const measure = choices?.measures.find(({ key }) => key === card.measure);
  const possible: readonly string[] = measure?.dimensions ?? [];
  const fits = (name: string | undefined, list: readonly string[]) =>
    (name && list.includes(name) ? name : list[0]) as CardView['dimension'];
  const parts = possible.filter((name) => !TIME.includes(name));
  switch (card.kind) {
    case 'trend':
      return {
        ...card,
        dimension: fits(
          card.dimension && TIME.includes(card.dimension) ? card.dimension : 'month',
          possible.filter((name) => TIME.includes(name)),
        ),
      };
    case 'bar':
    case 'pareto':
      return {
        ...card,
        dimension: fits(card.dimension, card.kind === 'bar' ? [...parts, ...possible.filter((name) => TIME.includes(name))] : parts),
      };
    case 'sankey': {
      const dimension = fits(card.dimension, parts);
      return {
        ...card,
        dimension,
        second: fits(
          card.second,
          parts.filter((name) => name !== dimension),
        ),
      };
    }
    case 'funnel':
      return { ...card, measure: card.measure === 'campaign_contacts' ? card.measure : 'customers' };
    case 'rfm':
      return { ...card, measure: card.measure === 'revenue' ? 'revenue' : 'customers' };
    default:
      return card;
  }
}

interface ChoiceProps {
  card: CardView;
  put: (change: Partial<CardView>) => void;
  choices?: Choices | undefined;
}

function WhatChoice({ card, put, choices }: ChoiceProps) {
  const { t } = useTranslation();
  if (card.kind === 'cohort') return null;
  const measure = choices?.measures.find(({ key }) => key === card.measure);
  const own = (name: string) => choices?.dimensions.find(({ key }) => key === name)?.label ?? name;
  const dimensions: readonly string[] = (measure?.dimensions ?? []).filter((name) =>
    card.kind === 'trend' ? TIME.includes(name) : card.kind === 'bar' || !TIME.includes(name),
  );
  const allowed = (choices?.measures ?? []).filter(({ key, additive, dimensions: possible }) => {
    if (card.kind === 'funnel') return key === 'customers' || key === 'campaign_contacts';
    if (card.kind === 'rfm') return key === 'customers' || key === 'revenue';
    if (card.kind === 'trend') return possible.some((name) => TIME.includes(name));
    return card.kind === 'pareto' || card.kind === 'sankey' ? additive : true;
  });
  return (
    <>
      <Select
        label={t('boards:measureWord')}
        description={measure?.advice ? t(`boards:advice.${measure.advice}`) : measure?.definition}
        searchable
        value={card.measure ?? null}
        data={allowed.map(({ key, label }) => ({ value: key, label }))}
        onChange={(key) => key && put({ measure: key as NonNullable<CardView['measure']> })}
      />
      {['trend', 'bar', 'pareto', 'sankey'].includes(card.kind) && (
        <Select
          label={t(card.kind === 'sankey' ? 'boards:fromWord' : 'boards:dimensionWord')}
          searchable
          value={card.dimension ?? null}
          data={dimensions.map((name) => ({ value: name, label: own(name) }))}
          onChange={(name) => name && put({ dimension: name as NonNullable<CardView['dimension']> })}
        />
      )}
      {card.kind === 'sankey' && (
        <Select
          label={t('boards:secondWord')}
          searchable
          value={card.second ?? null}
          data={dimensions.filter((name) => name !== card.dimension).map((name) => ({ value: name, label: own(name) }))}
          onChange={(name) => name && put({ second: name as NonNullable<CardView['second']> })}
        />
      )}
      {['bar', 'pareto'].includes(card.kind) && (
        <NumberInput
          label={t('boards:topWord')}
          min={3}
          max={50}
          value={card.top}
          onChange={(top) => put({ top: Math.max(3, Math.min(50, Number(top) || 10)) })}
        />
      )}
    </>
  );
}

function ComparisonChoice({ card, put, choices }: ChoiceProps) {
  const { t } = useTranslation();
  if (!['number', 'trend', 'bar'].includes(card.kind)) return null;
  const measure = choices?.measures.find(({ key }) => key === card.measure);
  const timeless = measure ? !measure.dimensions.some((name) => TIME.includes(name)) : false;
  const kinds = (['none', 'previous', 'last_year', 'plan', 'store', 'average_store', 'figure'] as const).filter(
    (kind) =>
      !(timeless && ['previous', 'last_year', 'plan'].includes(kind)) &&
      !(card.kind === 'bar' && ['plan', 'average_store', 'figure'].includes(kind)) &&
      !(card.kind === 'trend' && kind === 'average_store') &&
      !(kind === 'average_store' && !measure?.dimensions.includes('store')) &&
      !(['store', 'average_store'].includes(kind) && (choices?.values.store?.length ?? 0) < 2),
  );
  const stores = choices?.values.store ?? [];
  const { comparison } = card;
  const typed = t('boards:figureTyped');
  return (
    <>
      <Select
        label={t('boards:compareWord')}
        value={comparison.kind}
        data={kinds.map((kind) => ({ value: kind, label: t(`boards:compare.${kind}`) }))}
        onChange={(kind) => {
          if (kind === 'store') put({ comparison: { kind, store: stores[0]?.key ?? '' } });
          else if (kind === 'figure') put({ comparison: { kind, value: 0, source: typed } });
          else if (kind) put({ comparison: { kind } as CardView['comparison'] });
        }}
      />
      {comparison.kind === 'store' && (
        <Select
          label={t('boards:compare.store')}
          searchable
          value={comparison.store}
          data={stores.map(({ key, label }) => ({ value: key, label }))}
          onChange={(store) => store && put({ comparison: { kind: 'store', store } })}
        />
      )}
      {comparison.kind === 'figure' && (
        <Group grow align="flex-start">
          <NumberInput
            label={t('boards:figureValue')}
            description={measure?.unit === 'share' ? t('boards:figureShareNote') : undefined}
            value={comparison.value}
            decimalScale={4}
            onChange={(value) => put({ comparison: { ...comparison, value: Number(value) || 0 } })}
          />
          <TextInput
            label={t('boards:figureSource')}
            maxLength={200}
            value={comparison.source === typed ? '' : comparison.source}
            onChange={(event) => put({ comparison: { ...comparison, source: event.currentTarget.value || typed } })}
          />
        </Group>
      )}
    </>
  );
}

function QuestionChoice({ card, put }: ChoiceProps) {
  const { t } = useTranslation();
  const { data } = useGet<{ items: z.infer<typeof QuestionRow>[] }>('/questions/shared');
  if (data?.items.length === 0) return <Text size="sm">{t('boards:noQuestions')}</Text>;
  return (
    <Select
      label={t('boards:question')}
      searchable
      value={card.question ?? null}
      data={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(question) => question && put({ question })}
    />
  );
}
