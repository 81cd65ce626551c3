import { useTranslation } from 'react-i18next';
import { Definition } from '../../ui/definition.tsx';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { useConditionWords } from './condition-words.ts';
import type { FunnelView } from './funnel-tab.tsx';
import classes from './funnel.module.css';
import { useStepName } from './step-name.ts';

/** Steps as bars that narrow, with what share goes on from one to the next and who stays behind. */
export function FunnelSteps({ view, whose }: { view: FunnelView; whose: Record<string, string | undefined> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useStepName();
  const say = useConditionWords();
  const { definition, people, before, steps } = view;
  const target = whose.source || whose.from || whose.to ? null : definition.target;
  const widest = Math.max(target?.count ?? 0, people, 1);
  const bar = (customers: number) => ({ width: `${Math.max(0.5, (100 * customers) / widest)}%` });
  const rows = definition.steps.map((step, i) => ({
    step,
    ...steps[i]!,
    previous: i === 0 ? people : steps[i - 1]!.customers,
    number: i + 1,
  }));
  const stays = (step: number, stuck: number) =>
    t(step === rows.length ? 'funnel:arrived' : 'funnel:stuck', { count: stuck, customers: format.number(stuck) });
  return (
    <>
      <ol className={classes.funnel} aria-label={t('funnel:title')}>
        {target && (
          <li className={classes.step}>
            <div>
              <Definition of={t('funnel:definition.target', { day: format.date(`${target.statedOn}T12:00:00Z`) })}>
                {t('funnel:target')}
              </Definition>
              <div className={classes.small}>{t('funnel:stated', { day: format.date(`${target.statedOn}T12:00:00Z`) })}</div>
            </div>
            <div className={classes.track}>
              <div className={classes.bar} style={bar(target.count)} />
            </div>
            <div className={classes.count}>{format.number(target.count)}</div>
            <div />
            <div />
          </li>
        )}
        <li className={classes.step}>
          <div>
            <Definition of={t('funnel:definition.people')}>{t('funnel:people')}</Definition>
            {target && <div className={classes.small}>{t('funnel:ofTarget', { share: format.percent(people / target.count, 1) })}</div>}
          </div>
          <div className={classes.track}>
            <div className={classes.bar} style={bar(people)} />
          </div>
          <div className={classes.count}>
            <Link to="/customers">{format.number(people)}</Link>
          </div>
          <div />
          <div className={classes.stuck}>
            <Link to="/life-cycle/funnel/people" search={{ ...whose, step: 0 }} size="sm">
              {t('funnel:noStep', { count: before, customers: format.number(before) })}
            </Link>
          </div>
        </li>
        {rows.map(({ step, customers, stuck, previous, number }) => (
          <li key={step.id} className={classes.step}>
            <div>
              <Definition of={`${step.conditions.map(say).join('; ')}. ${t('funnel:definition.step')}`}>{nameOf(step)}</Definition>
              {target && (
                <div className={classes.small}>{t('funnel:ofTarget', { share: format.percent(customers / target.count, 1) })}</div>
              )}
            </div>
            <div className={classes.track}>
              <div className={classes.bar} style={bar(customers)} />
            </div>
            <div className={classes.count}>{format.number(customers)}</div>
            <div className={classes.conversion}>
              {previous > 0 ? t('funnel:conversion', { share: format.percent(customers / previous, 0) }) : ''}
            </div>
            <div className={classes.stuck}>
              {stuck === 0 ? (
                <span className={classes.small}>{stays(number, stuck)}</span>
              ) : (
                <Link to="/life-cycle/funnel/people" search={{ ...whose, step: number }} size="sm">
                  {stays(number, stuck)}
                </Link>
              )}
            </div>
          </li>
        ))}
      </ol>
      {!definition.target && (
        <Text size="sm" c="dimmed">
          {t('funnel:noTarget')}
        </Text>
      )}
    </>
  );
}
