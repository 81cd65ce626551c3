import { bgNbd, mbgCnbd, mbgNbd } from './beta-geometric.ts';
import { fitPurchases, type PurchaseFit } from './fit-purchases.ts';
import { type Histories, histories, type PurchaseColumns } from './histories.ts';
import { outlook, purchasesWithin } from './outlook.ts';
import { paretoNbd } from './pareto-nbd.ts';
import type { PurchaseModel, PurchaseModelName } from './purchase-model.ts';

/** Purchases seen until a day, and what the same customers bought after it. */
export interface SplitPurchases {
  /** Of customers who first bought before the day, as known on it. */
  calibration: PurchaseColumns;
  /** By line of `calibration`: purchases after it. */
  heldOut: ArrayLike<number>;
  /** How long after it they were counted, in the same unit of time. */
  length: number;
}

/** Customers who had bought again equally often: what the next ones of them were to be, and were. */
export interface HoldOutGroup {
  /** Repeat purchases until the day; the last group is this many or more. */
  purchases: number;
  customers: number;
  actual: number;
  expected: number;
}

export interface Candidate {
  fit: PurchaseFit;
  actual: number;
  expected: number;
  groups: HoldOutGroup[];
  /** Σ over groups of |expected − actual|, as a share of all purchases held out: what decides. */
  error: number;
  /** Mean of |expected − actual| of a customer. */
  customerError: number;
}

export interface Choice {
  /** Best first. */
  candidates: Candidate[];
  /** Models whose search did not end, and so do not stand for choice. */
  failed: PurchaseModel[];
}

export const CANDIDATES: readonly PurchaseModel[] = [bgNbd, mbgNbd, paretoNbd, mbgCnbd(2), mbgCnbd(3), mbgCnbd(4)];

/** A model by what it is kept as. */
export function purchaseModel(name: PurchaseModelName, k: number): PurchaseModel {
  return name === 'bg_nbd' ? bgNbd : name === 'mbg_nbd' ? mbgNbd : name === 'pareto_nbd' ? paretoNbd : mbgCnbd(k);
}

/** Groups by repeat purchases: 0, 1, … and this many or more. */
const LAST_GROUP = 7;

/**
 * Fits every model to the past and asks it for what was then held out. The one that came nearest is the one for this company's
 * own customers, however famous the others are. To forecast, fit it again to everything.
 *
 * @throws RangeError where nobody bought again before the day, or nobody at all after it.
 */
export function chooseModel({ calibration, heldOut, length }: SplitPurchases, models: readonly PurchaseModel[] = CANDIDATES): Choice {
  const known = histories(calibration);
  const failed: PurchaseModel[] = [];
  const candidates: Candidate[] = [];
  for (const model of models) {
    const fit = fitPurchases(model, known);
    if (fit.converged) candidates.push(judge(fit, known, heldOut, length));
    else failed.push(model);
  }
  // A tie goes to the simpler of the two.
  candidates.sort((a, b) => a.error - b.error || a.fit.model.k - b.fit.model.k);
  return { candidates, failed };
}

function judge(fit: PurchaseFit, known: Histories, heldOut: ArrayLike<number>, length: number): Candidate {
  const predictor = fit.model.predictor(fit.parameters);
  const expected = outlook(predictor, known, [purchasesWithin(predictor, length)]).answers[0]!;
  const groups: HoldOutGroup[] = Array.from({ length: LAST_GROUP + 1 }, (_, purchases) => ({
    purchases,
    customers: 0,
    actual: 0,
    expected: 0,
  }));
  let absolute = 0;
  for (let i = 0; i < known.rowOf.length; i++) {
    const row = known.rowOf[i]!;
    const group = groups[Math.min(LAST_GROUP, known.xs[known.x[row]!]!)]!;
    group.customers++;
    group.actual += heldOut[i]!;
    group.expected += expected[row]!;
    absolute += Math.abs(heldOut[i]! - expected[row]!);
  }
  const actual = groups.reduce((sum, group) => sum + group.actual, 0);
  if (actual === 0) throw new RangeError('Nobody bought in the time held out: no forecast can be judged by it.');
  return {
    fit,
    actual,
    expected: groups.reduce((sum, group) => sum + group.expected, 0),
    groups: groups.filter(({ customers }) => customers > 0),
    error: groups.reduce((sum, group) => sum + Math.abs(group.expected - group.actual), 0) / actual,
    customerError: absolute / known.rowOf.length,
  };
}
