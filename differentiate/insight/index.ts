import { composed, type Feature } from '@vinculo/http';
import { part as boards } from './boards/part.ts';
import { part as forecast } from './forecast/part.ts';
import { part as home } from './home/part.ts';
import { part as loyalty } from './loyalty/part.ts';
import { part as money } from './money/part.ts';
import { part as questions } from './questions/part.ts';
import { part as lifeCycle } from './life-cycle/part.ts';
import { part as funnel } from './funnel/part.ts';
import { part as needs } from './needs/part.ts';
import { part as report } from './report/part.ts';
import { part as scenarios } from './scenarios/part.ts';
import { part as scores } from './scores/part.ts';
import { part as tiers } from './tiers/part.ts';

export { segmentFields, segmentSources } from './segment-fields.ts';
export { ranking } from './scores/ranking.ts';
export { scoreCustomers, type ScoringFigures } from './scores/score-customers.ts';
export { valueOverview } from './scores/value-overview.ts';

/** Insight is one feature in parts, like the customer file: what is found out of every customer, and the screens that read it. */
export const feature: Feature = {
  name: 'insight',
  migrations: new URL('./migrations/', import.meta.url),
  warehouse: new URL('./warehouse/', import.meta.url),
  ...composed([scores, tiers, report, money, home, loyalty, forecast, scenarios, boards, questions, lifeCycle, funnel, needs]),
};
