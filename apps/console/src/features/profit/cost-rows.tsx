import { useTranslation } from 'react-i18next';
import { useCompany } from '../../app/company.ts';
import { Definition } from '../../ui/definition.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconPlus, IconX } from '../../ui/icons.ts';
import { ActionIcon, Button, Group, Stack, Text, TextInput, Tooltip } from '../../ui/kit.ts';
import { NumberField } from '../../ui/number-field.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { type DraftRate, type DraftTerm, keyOf, nothing, problemOf } from './cost-draft.ts';
import { BY_VIA, type Effort, useTermWords } from './term-words.ts';

interface CostRowsProps {
  terms: DraftTerm[];
  efforts: readonly Effort[];
  /** Null where the reader may only look. */
  onChange: ((term: DraftTerm) => void) | null;
}

/** What each thing costs: one row a kind and channel, with how often it happened. */
export function CostRows({ terms, efforts, onChange }: CostRowsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useTermWords();
  const name = ({ kind, via }: DraftTerm) => {
    if (!BY_VIA.includes(kind)) return t(`profit:kind.${kind}`);
    const others = kind === 'case' ? t('profit:channel.otherTopics') : t('profit:channel.others');
    return `${t(`profit:kind.${kind}`)}, ${via === null ? others : words.channel(kind, via).toLocaleLowerCase()}`;
  };
  const recent = ({ kind, via }: DraftTerm) => {
    if (kind === 'fixed') return '–';
    const own = efforts.filter((effort) => {
      if (effort.kind !== kind) return false;
      if (!BY_VIA.includes(kind) || effort.via === via) return true;
      return (
        via === null &&
        !terms.some((term) => term.kind === kind && term.via === effort.via && term.rates.some(({ amount }) => amount !== ''))
      );
    });
    const sum = own.reduce((total, effort) => total + effort.recent, 0);
    return kind === 'discount' ? format.moneyRound(sum) : format.number(sum);
  };
  return (
    <SimpleTable<DraftTerm>
      caption={t('profit:costs.table')}
      rows={terms}
      rowId={keyOf}
      columns={[
        {
          id: 'what',
          header: t('profit:costs.what'),
          cell: (row) => <Definition of={t(`profit:help.${row.kind}`)}>{name(row)}</Definition>,
        },
        { id: 'recent', header: t('profit:costs.recent'), align: 'right', cell: recent },
        {
          id: 'amount',
          header: t('profit:costs.amount'),
          cell: (row) => <Rates term={row} name={name(row)} onChange={onChange} />,
        },
      ]}
    />
  );
}

function Rates({ term, name, onChange }: { term: DraftTerm; name: string; onChange: CostRowsProps['onChange'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency } = useCompany();
  const unit = term.kind === 'discount' ? '%' : format.money(0, currency).replace(/[\d.,\s]/g, '');
  const per = t(`profit:per.${term.kind}`);
  if (!onChange) {
    const priced = term.rates.filter(({ amount }) => amount !== '');
    if (priced.length === 0) return <>–</>;
    return (
      <Stack gap={0}>
        {priced.map(({ from, amount }) => (
          <Text size="sm" key={from ?? ''}>
            {term.kind === 'discount' ? format.percent(Number(amount) / 100) : format.money(Number(amount))} {per}
            {from && `, ${t('profit:section.since', { month: format.month(from) })}`}
          </Text>
        ))}
      </Stack>
    );
  }
  const put = (n: number, change: Partial<DraftRate>) =>
    onChange({ ...term, rates: term.rates.map((rate, at) => (at === n ? { ...rate, ...change } : rate)) });
  return (
    <Stack gap={4}>
      {term.rates.map((rate, n) => {
        const problem = problemOf(rate, term);
        return (
          <Group key={n} gap={6} wrap="wrap" align="flex-start">
            <NumberField
              size="xs"
              w={120}
              aria-label={n === 0 ? name : `${name} (${n + 1})`}
              value={rate.amount}
              onChange={(amount) => put(n, { amount })}
              decimalScale={4}
              thousandSeparator={format.number(1.5, 1).includes(',') ? '.' : ','}
              suffix={` ${unit}`}
              placeholder={unit}
              error={problem === 'amount' && t(term.kind === 'discount' ? 'profit:costs.wrongPercent' : 'profit:costs.wrongAmount')}
            />
            <Text size="xs" c="dimmed" pt={6} w={104} ta="start">
              {per}
            </Text>
            {(n > 0 || term.rates.length > 1 || rate.from !== null) && (
              <TextInput
                size="xs"
                type="month"
                w={150}
                aria-label={`${t('profit:costs.from')}: ${name} (${n + 1})`}
                value={rate.from ?? ''}
                onChange={({ currentTarget }) => put(n, { from: currentTarget.value || null })}
                error={problem === 'month' && t('profit:costs.wrongMonth')}
              />
            )}
            {term.rates.length > 1 && (
              <Tooltip label={t('profit:costs.removePrice')}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`${t('profit:costs.removePrice')}: ${name} (${n + 1})`}
                  onClick={() => onChange({ ...term, rates: term.rates.filter((_, at) => at !== n) })}
                >
                  <IconX size={14} />
                </ActionIcon>
              </Tooltip>
            )}
            {n === term.rates.length - 1 && rate.amount !== '' && (
              <Tooltip label={t('profit:costs.addPrice')}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`${t('profit:costs.addPrice')}: ${name}`}
                  onClick={() => onChange({ ...term, rates: [...term.rates, { ...nothing(), from: nextMonth() }] })}
                >
                  <IconPlus size={14} />
                </ActionIcon>
              </Tooltip>
            )}
          </Group>
        );
      })}
    </Stack>
  );
}

/** The month that begins next, 2026-04: when a new price usually begins. */
function nextMonth(): string {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth() + 1, 1)).toISOString().slice(0, 7);
}

/** A link-like button for one more cost. */
export function AddCost({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Button size="xs" variant="subtle" px={0} style={{ alignSelf: 'flex-start' }} leftSection={<IconPlus size={14} />} onClick={onClick}>
      {t('profit:costs.add')}
    </Button>
  );
}
