import type { Costs } from '@vinculo/insight/api/costs';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Definition } from '../../ui/definition.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, Stack, Text } from '../../ui/kit.ts';
import { NumberField } from '../../ui/number-field.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { type Draft, soundMargin } from './cost-draft.ts';

type Category = z.infer<typeof Costs>['categories'][number];

interface MarginsProps {
  costs: z.infer<typeof Costs>;
  draft: Draft;
  onChange: ((change: Partial<Pick<Draft, 'company' | 'categories'>>) => void) | null;
}

/** The margins used where a product has no cost. What the other sales leave is offered, and used only when accepted. */
export function Margins({ costs, draft, onChange }: MarginsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const stated = Object.keys(draft.categories);
  // A category stays while it has a stated margin, also when all its sales have a cost by now.
  const rows: Category[] = [
    ...costs.categories.filter(({ uncosted, category }) => category !== '' && (uncosted !== 0 || stated.includes(category))),
    ...stated
      .filter((category) => !costs.categories.some((one) => one.category === category))
      .map((category) => ({ category, revenue: 0, uncosted: 0, observed: null })),
  ];
  if (costs.uncosted === 0 && rows.length === 0 && draft.company === '') return <Text size="sm">{t('profit:costs.allCosted')}</Text>;
  return (
    <Stack gap="md">
      <Margin
        label={t('profit:costs.company')}
        help={t('profit:costs.companyHelp')}
        value={draft.company}
        observed={costs.observedMargin}
        onChange={onChange && ((company) => onChange({ company }))}
      />
      {rows.length > 0 && (
        <SimpleTable<Category>
          caption={t('profit:costs.margins')}
          rows={rows}
          rowId={({ category }) => category}
          columns={[
            { id: 'category', header: t('profit:costs.category'), cell: ({ category }) => category || t('profit:costs.noCategory') },
            { id: 'uncosted', header: t('profit:costs.uncosted'), align: 'right', cell: ({ uncosted }) => format.moneyRound(uncosted) },
            {
              id: 'margin',
              header: t('profit:costs.margin'),
              cell: ({ category, observed }) => (
                <Margin
                  label={category || t('profit:costs.noCategory')}
                  hideLabel
                  value={draft.categories[category] ?? ''}
                  observed={observed}
                  onChange={onChange && ((margin) => onChange({ categories: { ...draft.categories, [category]: margin } }))}
                />
              ),
            },
          ]}
        />
      )}
    </Stack>
  );
}

interface MarginProps {
  label: string;
  hideLabel?: boolean;
  help?: string;
  value: number | '';
  observed: number | null;
  onChange: ((value: number | '') => void) | null;
}

function Margin({ label, hideLabel, help, value, observed, onChange }: MarginProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const proposed = observed === null ? undefined : Math.max(-100, Math.round(observed * 1000) / 10);
  return (
    <Group gap="sm" align="flex-end">
      {onChange ? (
        <NumberField
          size="xs"
          w={hideLabel ? 110 : 280}
          {...(hideLabel ? { 'aria-label': label } : { label, description: help })}
          value={value}
          onChange={onChange}
          decimalScale={2}
          error={!soundMargin(value) && t('profit:costs.wrongMargin')}
          suffix=" %"
          placeholder="%"
        />
      ) : (
        <Text size="sm">
          {!hideLabel && `${label}: `}
          {value === '' ? '–' : format.percent(value / 100, 1)}
        </Text>
      )}
      {proposed !== undefined && value === '' && (
        <Group gap={6}>
          <Text size="xs" c="dimmed" component="div">
            <Definition of={t('profit:costs.proposalDefinition')}>
              {t('profit:costs.proposal', { margin: format.percent(proposed / 100, 1) })}
            </Definition>
          </Text>
          {onChange && (
            <Button
              size="compact-xs"
              variant="light"
              aria-label={`${label}: ${t('profit:costs.accept', { margin: format.percent(proposed / 100, 1) })}`}
              onClick={() => onChange(proposed)}
            >
              {t('profit:costs.accept', { margin: format.percent(proposed / 100, 1) })}
            </Button>
          )}
        </Group>
      )}
    </Group>
  );
}
