import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { type Format, useFormat } from '../../ui/format.ts';
import { Group, SimpleGrid, Stack, Text, Title } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { Why } from '../../ui/why.tsx';
import { ProfitMonths } from './profit-months.tsx';
import { type OneProfit, useTermWords } from './term-words.ts';

type Term = OneProfit['terms'][number];

/** What one customer leaves, opened into its terms: how many units at which price, and the facts behind them. */
export function ProfitSection({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch, isSuccess } = useGet<OneProfit | null>(`/customers/${customerId}/profit`);
  return (
    <Stack gap="md" component="section" aria-label={t('profit:section.title')}>
      <Title order={2}>{t('profit:section.title')}</Title>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {!isSuccess && !error && <BlockSkeleton height={200} />}
      {isSuccess && !data && (
        <Text size="sm" c="dimmed">
          {t('profit:section.nothing')}
        </Text>
      )}
      {data && <Terms data={data} customerId={customerId} />}
    </Stack>
  );
}

function Terms({ data, customerId }: { data: OneProfit; customerId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const { term } = useTermWords();
  const money = (amount: number | null) => (amount === null ? '–' : format.money(amount));
  const quantity = ({ kind, quantity: many }: Pick<Term, 'kind' | 'quantity'>) => {
    if (kind === null || many === null) return null;
    return kind === 'discount' ? format.money(many) : t(`profit:unit.${kind}`, { count: many });
  };
  const sold: Term = {
    term: 'margin',
    side: 'income',
    kind: null,
    via: null,
    model: null,
    amount: data.margin ?? 0,
    quantity: null,
    prices: [],
  };
  const rows = [...(data.revenue !== 0 || data.margin === null ? [sold] : []), ...data.terms];
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="lg">
        <Figure
          label={t('profit:profit')}
          definition={t('profit:definition.profit')}
          value={money(data.profit)}
          aside={
            <Why about={t('profit:profit')}>
              <Text size="sm">
                {data.profit === null
                  ? t('profit:section.whyUnknown', { revenue: format.money(data.unknownRevenue) })
                  : t('profit:section.whyProfit', {
                      revenue: format.money(data.revenue),
                      margin: money(data.margin),
                      income: format.money(data.income),
                      cost: format.money(data.costToServe),
                    })}
              </Text>
            </Why>
          }
        />
        <Figure
          label={t('profit:margin')}
          definition={t('profit:definition.margin')}
          value={money(data.margin)}
          note={data.revenue !== 0 && t(`profit:basis.${data.marginBasis}`)}
        />
        {data.income !== 0 && (
          <Figure label={t('profit:income')} definition={t('profit:definition.income')} value={format.money(data.income)} />
        )}
        <Figure label={t('profit:costToServe')} definition={t('profit:definition.costToServe')} value={format.money(data.costToServe)} />
      </SimpleGrid>
      {data.outdated && (
        <Text size="sm" c="dimmed" role="status">
          {t('profit:outdated')}
        </Text>
      )}
      {rows.length > 0 && (
        <SimpleTable<Term>
          caption={t('profit:section.terms')}
          rows={rows}
          rowId={(row) => `${row.side} ${row.term}`}
          columns={[
            {
              id: 'term',
              header: t('profit:section.term'),
              cell: (row) => (row.term === 'margin' ? t('profit:margin') : row.model ? <ModelTerm model={row.model} /> : term(row)),
            },
            {
              id: 'quantity',
              header: t('profit:section.quantity'),
              align: 'right',
              cell: (row) => {
                const text = row.term === 'margin' ? t('profit:section.purchases') : quantity(row);
                const kinds = factsOf(row);
                return kinds ? (
                  <Link to="/customers/$id" params={{ id: customerId }} search={{ tab: 'activity', kinds }}>
                    {text}
                  </Link>
                ) : (
                  text
                );
              },
            },
            {
              id: 'price',
              header: t('profit:section.price'),
              align: 'right',
              cell: (row) => hasPrice(row) && <Prices term={row} format={format} />,
            },
            {
              id: 'amount',
              header: t('profit:section.amount'),
              align: 'right',
              cell: (row) => (row.term === 'margin' ? money(data.margin) : format.money(row.side === 'cost' ? -row.amount : row.amount)),
            },
          ]}
        />
      )}
      {data.unpriced.length > 0 && (
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {t('profit:section.unpriced', {
              list: format.list(
                data.unpriced.map(
                  ({ kind, via, quantity: many }) =>
                    `${term({ kind, via })} (${kind === 'discount' ? format.money(many) : format.number(many)})`,
                ),
              ),
            })}
          </Text>
          {can('value.write') && (
            <Link size="sm" to="/value/costs">
              {t('profit:section.setPrices')}
            </Link>
          )}
        </Group>
      )}
      {data.byMonth.length > 0 && <ProfitMonths months={data.byMonth} caption={t('profit:section.byMonth')} />}
    </>
  );
}

/** The kinds of activity behind a term, as the activity tab filters them. */
function factsOf({ term, kind }: Term): string | undefined {
  if (term === 'margin') return 'purchase';
  switch (kind) {
    case 'contact_in':
    case 'contact_out':
    case 'contact':
    case 'visit':
    case 'case':
      return 'contact';
    case 'delivery':
    case 'return':
    case 'discount':
      return 'purchase';
    case 'mailing':
      return 'campaign';
    case 'coupon':
      return 'redemption';
    default:
      return undefined;
  }
}

function ModelTerm({ model }: { model: NonNullable<Term['model']> }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap">
      <Link to="/value/models/$id" params={{ id: model.id }}>
        {t('models:termOf', { label: model.label, title: model.title })}
      </Link>
      {model.explanation && <Why about={model.label}>{model.explanation}</Why>}
    </Group>
  );
}

const hasPrice = ({ kind, prices }: Term): boolean => kind !== null && prices.length > 0;

/** A price, or those that held one after the other. */
function Prices({ term: { kind, prices }, format }: { term: Term; format: Format }) {
  const { t } = useTranslation();
  const price = (amount: number) => (kind === 'discount' ? format.percent(amount / 100) : format.money(amount));
  if (prices.length === 1) return <>{price(prices[0]!.amount)}</>;
  return (
    <Stack gap={0} align="flex-end">
      {prices.map(({ from, amount, quantity }) => (
        <Text size="sm" key={from ?? ''}>
          {kind === 'discount' ? format.money(quantity) : format.number(quantity)} ×{' '}
          {t('profit:section.priceFrom', {
            amount: price(amount),
            since: from ? t('profit:section.since', { month: format.month(from) }) : t('profit:section.always'),
          })}
        </Text>
      ))}
    </Stack>
  );
}
