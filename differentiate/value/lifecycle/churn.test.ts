// A model of leaving that is learned, judged on a later time and chosen only where it beats the rule.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../arithmetic/sample.ts';
import { CHURN_FEATURES, churnColumns, churnRow, trendOn } from './churn-features.ts';
import { churnRisks, learnChurn, type PastCustomers } from './churn-model.ts';
import { rhythmOf } from './rhythm.ts';
import { visitsOf } from './visits.ts';

const weekly = { mean: Math.log(7), between: 0.3, within: 0.2, degrees: 20, customers: 1000 };

/** Customers of whom those who complained leave, whatever their rhythm says. */
function past(rows: number, seed: number, complainersLeave: boolean): PastCustomers {
  const random = seededRandom(seed);
  const columns = churnColumns(rows);
  const left = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const complained = random() < 0.3;
    const days = Array.from({ length: 10 }, (_, i) => i * 7);
    const silent = Math.floor(random() * 20);
    const day = 63 + silent;
    const history = visitsOf(
      days,
      days.map(() => 10),
    );
    const log = Math.log(7);
    const rhythm = rhythmOf(weekly, 9, 9 * log, 9 * log * log);
    churnRow(
      columns,
      row,
      rhythm,
      silent,
      30,
      trendOn(history, rhythm, day, 30),
      { visits: 10, money: 100, tenure: day },
      {
        returned: 0,
        saved: random() / 5,
        complaints: complained ? 1 : 0,
        contacts: 0,
        lines: 3,
        channels: 1,
      },
    );
    const leaving = (silent > 12 ? 0.5 : 0.1) + (complained && complainersLeave ? 0.4 : 0);
    left[row] = random() < leaving ? 1 : 0;
  }
  return { columns, left };
}

describe('who is going to leave', () => {
  const learned = learnChurn(past(6000, 1, true), past(6000, 2, true));
  it('is learned from the file’s own past where that says more than the rhythm', () => {
    expect(learned.kind).toBe('model');
    expect(learned.trial!.model.auc).toBeGreaterThan(learned.trial!.rhythm.auc + 0.05);
    expect(learned.trial!.model.brier).toBeLessThan(learned.trial!.rhythm.brier);
  });
  it('is calibrated: of those told so much, so many left', () => {
    for (const { said, happened } of learned.trial!.model.reliability) expect(Math.abs(said - happened)).toBeLessThan(0.09);
  });
  it('is explained: the complaint raises it', () => {
    const { columns } = past(400, 3, true);
    const { risk, adds } = churnRisks(learned, columns);
    const complained = columns[CHURN_FEATURES.indexOf('complaints')]!;
    for (let row = 0; row < 400; row++) expect(Math.sign(adds!.get('complaints')![row]!)).toBe(complained[row]! > 0 ? 1 : -1);
    expect(Math.min(...risk)).toBeGreaterThan(0);
    expect(Math.max(...risk)).toBeLessThan(1);
  });
  it('is the rhythm’s word alone where there is too little past, and says so', () => {
    const rule = learnChurn(past(150, 1, true), past(150, 2, true));
    expect(rule).toMatchObject({ kind: 'rhythm', why: 'too_little_history', trial: null });
    const { risk, adds } = churnRisks(rule, past(50, 4, true).columns);
    expect(adds).toBeUndefined();
    expect(risk.every((p) => p >= 0 && p <= 1)).toBe(true);
  });
});
