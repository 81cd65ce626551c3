import { applyCalibration, calibrate, type Calibration } from '../learn/calibration.ts';
import { contributionMatrix } from '../learn/classifier.ts';
import { type LogisticModel, trainLogistic } from '../learn/logistic.ts';
import { auc, brierScore, reliability, type ReliabilityBin } from '../learn/quality.ts';
import type { Table } from '../learn/table.ts';
import { CHURN_FEATURES, type ChurnColumns, type ChurnFeature } from './churn-features.ts';

/** How well something forecast who would leave, on customers and a time it had not seen. */
export interface ForecastQuality {
  auc: number;
  brier: number;
  reliability: ReliabilityBin[];
}

/** Customers as they stood on an earlier day, and whether they then bought nothing for the whole period (1). */
export interface PastCustomers {
  columns: ChurnColumns;
  left: Uint8Array;
}

/**
 * What forecasts who leaves. Plain data. `rhythm` is the rule that needs nothing but the customer's own gaps; `model` the
 * regression learned from the file's own past.
 */
export type ChurnModel =
  | { kind: 'rhythm'; calibration: Calibration | null; why: 'better' | 'too_little_history'; trial: ChurnTrial | null }
  | { kind: 'model'; model: LogisticModel; calibration: Calibration; trial: ChurnTrial };

/** The two against each other on the later time. */
export interface ChurnTrial {
  learnedFrom: number;
  judgedOn: number;
  /** Share of those judged who did leave: what somebody who knows nothing would say of everybody. */
  leftShare: number;
  model: ForecastQuality;
  rhythm: ForecastQuality;
}

/** Fewer customers, or fewer of one kind, than this teach nothing that would hold. */
const FEWEST = { rows: 200, ofEach: 20 };

/**
 * Learns who leaves from `earlier` and judges it on `later`, a period after: half of the later customers calibrate, the other half
 * judge. The rule of the rhythm is calibrated and judged on the very same halves; whichever is nearer to what happened (Brier)
 * is used. With too little past, the rule alone, uncalibrated.
 */
export function learnChurn(earlier: PastCustomers, later: PastCustomers): ChurnModel {
  if (!enough(earlier.left) || !enough(later.left)) return { kind: 'rhythm', calibration: null, why: 'too_little_history', trial: null };
  const model = trainLogistic(tableOf(earlier.columns), earlier.left, { penalty: 1 });

  const halves = [0, 1].map((half) => Int32Array.from({ length: (later.left.length + 1 - half) >> 1 }, (_, i) => 2 * i + half));
  const [tuning, judging] = halves as [Int32Array, Int32Array];
  const labels = (rows: Int32Array) => Uint8Array.from(rows, (row) => later.left[row]!);
  const compare = (said: Float64Array): { calibration: Calibration; quality: ForecastQuality } => {
    const take = (rows: Int32Array) => Float64Array.from(rows, (row) => said[row]!);
    const calibration = calibrate(take(tuning), labels(tuning));
    const told = applyCalibration(calibration, take(judging));
    const happened = labels(judging);
    return {
      calibration,
      quality: { auc: auc(told, happened), brier: brierScore(told, happened), reliability: reliability(told, happened, 10) },
    };
  };
  const byModel = compare(said(model, later.columns).probability);
  const byRhythm = compare(ruleOf(later.columns));
  const happened = labels(judging);
  const trial: ChurnTrial = {
    learnedFrom: earlier.left.length,
    judgedOn: judging.length,
    leftShare: happened.reduce((sum, one) => sum + one, 0) / judging.length,
    model: byModel.quality,
    rhythm: byRhythm.quality,
  };
  if (byModel.quality.brier < byRhythm.quality.brier) return { kind: 'model', model, calibration: byModel.calibration, trial };
  return { kind: 'rhythm', calibration: byRhythm.calibration, why: 'better', trial };
}

export interface ChurnRisks {
  /** Probability of no purchase in the period, by row. */
  risk: Float64Array;
  /** What each feature adds to the log-odds of leaving, by {@link CHURN_FEATURES} and row; undefined for the rule. */
  adds: ReadonlyMap<ChurnFeature, Float64Array> | undefined;
}

/** The risk of each row. Give some ten thousand rows at a time: it keeps what every feature adds to every one of them. */
export function churnRisks(churn: ChurnModel, columns: ChurnColumns): ChurnRisks {
  if (churn.kind === 'rhythm') {
    const rule = ruleOf(columns);
    return { risk: churn.calibration ? applyCalibration(churn.calibration, rule) : rule, adds: undefined };
  }
  const { probability, adds } = said(churn.model, columns);
  return { risk: applyCalibration(churn.calibration, probability), adds };
}

const PLACE_OF_RULE = CHURN_FEATURES.indexOf('goes_on');
const ruleOf = (columns: ChurnColumns): Float64Array => columns[PLACE_OF_RULE]!.map((logit) => 1 / (1 + Math.exp(-logit)));

function said(model: LogisticModel, columns: ChurnColumns) {
  const table = tableOf(columns);
  const { features, width, values } = contributionMatrix(model, table);
  const adds = new Map(features.map((feature) => [feature as ChurnFeature, new Float64Array(table.rows)]));
  const lists = [...adds.values()];
  const probability = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    let logit = model.intercept;
    for (let feature = 0; feature < width; feature++) {
      const adding = values[row * width + feature]!;
      lists[feature]![row] = adding;
      logit += adding;
    }
    probability[row] = 1 / (1 + Math.exp(-logit));
  }
  return { probability, adds };
}

function tableOf(columns: ChurnColumns): Table {
  return {
    rows: columns[0]!.length,
    columns: Object.fromEntries(CHURN_FEATURES.map((name, i) => [name, { kind: 'number' as const, values: columns[i]! }])),
  };
}

function enough(left: Uint8Array): boolean {
  const gone = left.reduce((sum, one) => sum + one, 0);
  return left.length >= FEWEST.rows && gone >= FEWEST.ofEach && left.length - gone >= FEWEST.ofEach;
}
