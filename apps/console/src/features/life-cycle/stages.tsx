import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { stageColor } from '../../ui/colors.ts';
import { Definition } from '../../ui/definition.tsx';
import { useFormat } from '../../ui/format.ts';
import { StageMark } from '../../ui/group-mark.tsx';
import { Link } from '../../ui/link.tsx';
import { behind } from './behind.ts';
import type { Summary } from './life-cycle.tsx';
import classes from './life-cycle.module.css';

/** In the order a customer goes through them: first row coming and staying, second row leaving and coming back. */
const ORDER = ['prospect', 'new', 'active', 'growing', 'at_risk', 'inactive', 'lost', 'won_back'];

export function Stages({ stages }: { stages: Summary['stages'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ol className={classes.flow} aria-label={t('lifecycle:stages.title')}>
      {ORDER.flatMap((name) => stages.filter(({ stage }) => stage === name)).map(({ stage, customers, brought, entered }) => (
        <li key={stage} className={classes.stage} style={{ '--stage': stageColor(stage) } as CSSProperties}>
          <Definition of={t(`lifecycle:definition.${stage}`)}>
            <StageMark stage={stage} />
          </Definition>
          <Link {...behind.stage(stage)} c="inherit" className={classes.count!}>
            {format.number(customers)}
          </Link>
          <span className={classes.small}>
            {stage === 'prospect' ? t('lifecycle:stages.noMoney') : t('lifecycle:stages.brought', { money: format.moneyShort(brought) })}
          </span>
          <span className={classes.small}>{t('lifecycle:stages.entered', { count: entered, customers: format.number(entered) })}</span>
        </li>
      ))}
    </ol>
  );
}
