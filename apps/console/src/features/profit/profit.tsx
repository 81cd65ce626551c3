import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconCoins, IconInfoCircle } from '../../ui/icons.ts';
import { Alert, Group, SimpleGrid, Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { BlockSkeleton, FigureSkeletons } from '../../ui/skeletons.tsx';
import { Caution } from '../imports/caution.tsx';
import { BelowZero } from './below-zero.tsx';
import { ProfitMonths } from './profit-months.tsx';
import { behindProfit } from './search.ts';
import type { Profit } from './term-words.ts';
import { ProfitWaterfall } from './waterfall.tsx';
import { ProfitDeciles, WhaleCurve } from './whale-curve.tsx';

/** While the figures are older than the costs, how often they are asked for again. */
const WATCH_MS = 3_000;

/** What the base leaves: from sales to profit, who is below zero and why, who brings it, month by month. */
export default function ProfitScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useGet<Profit>('/profit');
  const outdated = data?.outdated ?? false;
  useEffect(() => {
    if (!outdated) return;
    const timer = setInterval(() => void refetch(), WATCH_MS);
    return () => clearInterval(timer);
  }, [outdated, refetch]);

  return (
    <BoardPage
      title={t('profit:title')}
      aside={
        data?.computedAt && (
          <Text size="sm" c="dimmed" title={format.dateTime(data.computedAt)}>
            {t('value:computed', { when: format.relative(data.computedAt) })}
          </Text>
        )
      }
      actions={
        <Group gap="xs">
          <LinkButton to="/value/models" variant="default">
            {t('profit:openModels')}
          </LinkButton>
          <LinkButton to="/value/costs" variant="default">
            {t('profit:openCosts')}
          </LinkButton>
        </Group>
      }
    >
      {error && (
        <div style={{ gridColumn: '1 / -1' }}>
          <ErrorNote error={error} retry={() => void refetch()} />
        </div>
      )}
      {!data && !error && (
        <>
          <Card title={t('profit:sum')} span={12}>
            <FigureSkeletons figures={6} />
          </Card>
          <Card title={t('profit:waterfall.title')} span={7}>
            <BlockSkeleton />
          </Card>
          <Card title={t('profit:below.title')} span={5}>
            <BlockSkeleton />
          </Card>
        </>
      )}
      {data && <Notes data={data} />}
      {data && data.customers > 0 && <Cards data={data} />}
    </BoardPage>
  );
}

/** What is missing before the figures say all they can, each with the way to put it right. */
function Notes({ data }: { data: Profit }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const wide = { gridColumn: '1 / -1' };
  if (data.customers === 0 && data.unknown.customers === 0) {
    return (
      <div style={wide}>
        <EmptyState
          icon={IconCoins}
          title={t('profit:empty.title')}
          action={can('import.run') && <LinkButton to="/imports/new">{t('profit:empty.action')}</LinkButton>}
        >
          {t('profit:empty.text')}
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      {data.outdated && (
        <Alert style={wide} variant="light" icon={<IconInfoCircle size={18} />} role="status">
          {t('profit:outdated')}
        </Alert>
      )}
      {data.unknown.customers > 0 && (
        <div style={wide}>
          <Caution title={t('profit:unknown.title', { count: data.unknown.customers })}>
            <Stack gap="xs" align="flex-start">
              <Text size="sm">{t('profit:unknown.text', { revenue: format.moneyRound(data.unknown.revenue) })}</Text>
              <Group gap="md">
                <LinkButton size="xs" to="/value/costs">
                  {t('profit:unknown.action')}
                </LinkButton>
                <Link size="sm" {...behindProfit.unknown()}>
                  {t('profit:unknown.list')}
                </Link>
              </Group>
            </Stack>
          </Caution>
        </div>
      )}
      {data.customers > 0 && data.steps.terms.every(({ side }) => side === 'income') && !data.outdated && (
        <Alert style={wide} variant="light" icon={<IconInfoCircle size={18} />} title={t('profit:noCosts.title')}>
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{t('profit:noCosts.text')}</Text>
            {can('value.write') && (
              <LinkButton size="xs" to="/value/costs">
                {t('profit:noCosts.action')}
              </LinkButton>
            )}
          </Stack>
        </Alert>
      )}
    </>
  );
}

function Cards({ data }: { data: Profit }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { steps, belowZero, customers, curve, deciles, byMonth } = data;
  const sum = (side: 'income' | 'cost') => steps.terms.reduce((total, one) => total + (one.side === side ? one.amount : 0), 0);
  const income = sum('income');
  const cost = sum('cost');
  const best = byMonth.reduce((top, month) => (month.profit > (top?.profit ?? -Infinity) ? month : top), byMonth[0]);
  return (
    <>
      <Card title={t('profit:sum')} span={12}>
        <SimpleGrid cols={{ base: 2, sm: 3, lg: income ? 7 : 6 }} spacing="lg">
          <Figure
            label={t('profit:profit')}
            definition={t('profit:definition.profit')}
            value={format.moneyShort(steps.profit)}
            note={t('profit:perCustomer', { amount: format.money(steps.profit / customers) })}
            to={behindProfit.everyone()}
          />
          <Figure
            label={t('profit:margin')}
            definition={t('profit:definition.margin')}
            value={format.moneyShort(steps.margin)}
            note={t('value:ofRevenue', { share: format.percent(steps.revenue ? steps.margin / steps.revenue : 0) })}
            to={behindProfit.everyone()}
          />
          {income !== 0 && (
            <Figure
              label={t('profit:income')}
              definition={t('profit:definition.income')}
              value={format.moneyShort(income)}
              to={behindProfit.everyone()}
            />
          )}
          <Figure
            label={t('profit:costToServe')}
            definition={t('profit:definition.costToServe')}
            value={format.moneyShort(cost)}
            note={steps.margin > 0 && income === 0 && t('profit:ofMargin', { share: format.percent(cost / steps.margin) })}
            to={behindProfit.everyone()}
          />
          <Figure
            label={t('profit:customers')}
            definition={t('profit:definition.customers')}
            value={format.number(customers)}
            to={behindProfit.everyone()}
          />
          <Figure
            label={t('profit:belowZero')}
            definition={t('profit:definition.belowZero')}
            value={format.number(belowZero.customers)}
            note={
              belowZero.neverBought > 0
                ? t('profit:neverBought', { count: belowZero.neverBought })
                : t('profit:ofCustomers', { share: format.percent(belowZero.customers / customers) })
            }
            to={behindProfit.below()}
          />
          <Figure
            label={t('profit:loss')}
            definition={t('profit:definition.loss')}
            value={format.moneyShort(belowZero.loss)}
            to={behindProfit.below()}
          />
        </SimpleGrid>
      </Card>
      <Card title={t('profit:waterfall.title')} definition={t('profit:definition.waterfall')} span={7}>
        <ProfitWaterfall steps={steps} />
      </Card>
      <Card title={t('profit:below.title')} lead={t('profit:below.lead')} span={5}>
        <BelowZero below={belowZero} />
      </Card>
      <Card title={t('profit:curve.title')} definition={t('profit:definition.curve')} span={6}>
        <WhaleCurve curve={curve} />
      </Card>
      <Card title={t('profit:deciles.title')} definition={t('profit:definition.deciles')} span={6}>
        <ProfitDeciles deciles={deciles} />
      </Card>
      {byMonth.length > 1 && best && (
        <Card title={t('profit:byMonth.title')} definition={t('profit:definition.byMonth')} span={12}>
          <ProfitMonths
            months={byMonth}
            caption={t('profit:byMonth.caption', { month: format.month(best.month), profit: format.moneyRound(best.profit) })}
          />
        </Card>
      )}
    </>
  );
}
