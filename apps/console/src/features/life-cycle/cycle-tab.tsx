import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/board-page.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { SimpleGrid } from '../../ui/kit.ts';
import board from '../../ui/page.module.css';
import { behind } from './behind.ts';
import { ChurnCards } from './churn-cards.tsx';
import type { Summary } from './life-cycle.tsx';
import { Moves } from './moves.tsx';
import { Stages } from './stages.tsx';

/** The stages as a way through, who moved in the last month, and who was lost month by month. */
export function CycleTab({ summary }: { summary: Summary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const at = (...names: string[]) => summary.stages.filter(({ stage }) => names.includes(stage));
  const sum = (of: 'customers' | 'brought' | 'expectedLoss', ...names: string[]) =>
    at(...names).reduce((total, stage) => total + stage[of], 0);
  const alive = ['new', 'active', 'growing', 'won_back', 'at_risk', 'inactive'];
  return (
    <div className={board.board}>
      <Card title={t('lifecycle:sum.title')} span={12}>
        <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="lg">
          <Figure
            label={t('lifecycle:sum.rhythm')}
            definition={t('lifecycle:definition.rhythm')}
            value={t('lifecycle:days', { count: Math.round(summary.rhythm.days) })}
            note={t('lifecycle:sum.learnedFrom', {
              count: summary.rhythm.learnedFrom,
              customers: format.number(summary.rhythm.learnedFrom),
            })}
          />
          <Figure
            label={t('lifecycle:sum.atRisk')}
            definition={t('lifecycle:definition.at_risk')}
            value={format.number(sum('customers', 'at_risk'))}
            note={t('lifecycle:sum.theyBrought', { money: format.moneyRound(sum('brought', 'at_risk')) })}
            to={behind.stage('at_risk')}
          />
          <Figure
            label={t('lifecycle:sum.lost')}
            definition={t('lifecycle:definition.lost')}
            value={format.number(sum('customers', 'lost'))}
            note={t('lifecycle:sum.theyBrought', { money: format.moneyRound(sum('brought', 'lost')) })}
            to={behind.stage('lost')}
          />
          <Figure
            label={t('lifecycle:sum.expectedLoss')}
            definition={t('lifecycle:definition.expectedLoss', { days: summary.periodDays })}
            value={format.moneyShort(sum('expectedLoss', ...alive))}
            note={t('lifecycle:sum.inPeriod', { days: summary.periodDays })}
            to={behind.risk()}
          />
        </SimpleGrid>
      </Card>
      <Card title={t('lifecycle:stages.title')} definition={t('lifecycle:definition.stages')} lead={t('lifecycle:stages.lead')} span={7}>
        <Stages stages={summary.stages} />
      </Card>
      <Card title={t('lifecycle:moves.title')} definition={t('lifecycle:definition.moves')} lead={t('lifecycle:moves.lead')} span={5}>
        <Moves moves={summary.moves} />
      </Card>
      <ChurnCards />
    </div>
  );
}
