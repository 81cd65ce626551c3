export { bestShare, type Curve, concentrationCurve, curveFromTotals, gini } from './concentration.ts';
export { quantiles, RFM_GROUPS, RFM_MAP, type RfmGroup, rfmGroup } from './rfm.ts';
export {
  CHURN_FEATURES,
  type ChurnColumns,
  churnColumns,
  type ChurnFeature,
  churnRow,
  type Circumstances,
  type Trend,
  trendOn,
} from './lifecycle/churn-features.ts';
export {
  type ChurnModel,
  churnRisks,
  type ChurnTrial,
  type ForecastQuality,
  learnChurn,
  type PastCustomers,
} from './lifecycle/churn-model.ts';
export { type GapModel, learnGaps, UNLEARNED as UNLEARNED_GAPS } from './lifecycle/gap-model.ts';
export { lnDays } from './lifecycle/ln-days.ts';
export { gapDays, gapDeviate, gapQuantile, type Rhythm, rhythmDays, rhythmOf, silenceGoesOn } from './lifecycle/rhythm.ts';
export { type Spell, spellsOf } from './lifecycle/spells.ts';
export {
  type Stage,
  STAGE_RULES,
  type StageRules,
  STAGES,
  type Standing,
  standingOn,
  type Thresholds,
  thresholdsOf,
} from './lifecycle/stage.ts';
export { boughtBetween, type Visits, visitsOf, visitsUntil } from './lifecycle/visits.ts';
export { LOYALTY_TYPES, type LoyaltyType, type LoyaltyVerdict } from './loyalty/loyalty-types.ts';
export { DEFAULT_LOYALTY_MODEL, type LoyaltyModel, type LoyaltyWeights, startRow, WEIGHT_LIMIT, weightRows } from './loyalty/model.ts';
export {
  AREA_LEAST,
  type LoyaltyFacts,
  type LoyaltyHistory,
  type LoyaltyLine,
  type LoyaltyMarket,
  type LoyaltyVisit,
  type MarketFacts,
  measureMarket,
  ONE_FOR_ALL,
  observeLoyalty,
} from './loyalty/observe.ts';
export { calibrationError, confusionOf, recovered, type Told, tellTypes } from './loyalty/recovery.ts';
export {
  calibrateTemperature,
  type LoyaltyBase,
  type LoyaltyResult,
  type LoyaltyTerm,
  SMALLEST,
  scoreLoyalty,
  signsOf,
  termsOf,
  usualOf,
} from './loyalty/score.ts';
export { LOYALTY_SIGNS, type LoyaltySign, SIGN_NAMES, type SignReading } from './loyalty/signs.ts';
export { simulateTown, type SimulatedCustomer, type SimulatedTown } from './loyalty/simulate-town.ts';
export { type BoostedModel, type BoostedOptions, trainBoosted } from './learn/boosted.ts';
export { applyCalibration, type Calibration, calibrate } from './learn/calibration.ts';
export {
  baseline,
  type Classifier,
  type Contribution,
  type ContributionMatrix,
  contributionMatrix,
  contributions,
  logOdds,
  probabilities,
} from './learn/classifier.ts';
export type { Importance } from './learn/labels.ts';
export { type LogisticModel, type LogisticOptions, trainLogistic } from './learn/logistic.ts';
export { outOfFold } from './learn/out-of-fold.ts';
export { auc, brierScore, lift, logLoss, type ReliabilityBin, reliability } from './learn/quality.ts';
export {
  type CategoryColumn,
  type Column,
  categoryColumn,
  type NumberColumn,
  numberColumn,
  type Table,
  tableOfColumns,
  takeRows,
} from './learn/table.ts';
export { type Cohort, fitBdw, fitSbg, residualPayments, type RetentionFit, retentionRate, survival } from './contract/retention.ts';
export { kaplanMeier, type SurvivalCurve, type SurvivalStep } from './contract/kaplan-meier.ts';
export { bgNbd, mbgCnbd, mbgNbd } from './purchase/beta-geometric.ts';
export { bgBbAlive, bgBbExpected, type BgBbFit, type BgBbParameters, fitBgBb, type OpportunityColumns } from './purchase/bg-bb.ts';
export {
  type Candidate,
  CANDIDATES as PURCHASE_CANDIDATES,
  type Choice,
  chooseModel,
  type HoldOutGroup,
  purchaseModel,
  type SplitPurchases,
} from './purchase/choose-model.ts';
export { fitPurchases, purchaseCovariance, type PurchaseFit } from './purchase/fit-purchases.ts';
export {
  expectedSpend,
  fitGammaGamma,
  type GammaGammaFit,
  gammaGammaLogLikelihood,
  type GammaGammaParameters,
} from './purchase/gamma-gamma.ts';
export { type Histories, histories, type PurchaseColumns } from './purchase/histories.ts';
export {
  type LifetimeValue,
  lifetimeValue,
  type Residual,
  residualPurchases,
  type ResidualSettings,
  spendError,
} from './purchase/lifetime-value.ts';
export { byCustomer, discountedPurchases, type Outlook, outlook, purchasesWithin, type Question } from './purchase/outlook.ts';
export { paretoNbd } from './purchase/pareto-nbd.ts';
export { type Predictor, PURCHASE_MODELS, type PurchaseModel, type PurchaseModelName } from './purchase/purchase-model.ts';
export { simulatePurchases, type SimulatedPurchases, type SimulateSettings } from './purchase/simulate.ts';
export { simulatedWorlds, type World } from './purchase/worlds.ts';
export { adjustedRand } from './groups/adjusted-rand.ts';
export { type Assignment, assignGroups, typicalRows } from './groups/assign-groups.ts';
export { APART, describeGroups, type Difference } from './groups/describe-groups.ts';
export { findGroups, type GroupModel, type GroupOptions, type GroupTrial } from './groups/find-groups.ts';
export { matchGroups } from './groups/match-groups.ts';
export { predictUplift, trainUplift, type UpliftModel, type UpliftOptions, upliftOutOfFold } from './uplift/uplift-model.ts';
export { averageEffect, type Effect, type QiniCurve, qini, qiniCurve, upliftAt } from './uplift/uplift-quality.ts';
export { random, type Random } from './arithmetic/random.ts';
export {
  type Lever,
  LEVERS,
  NO_CHANGE,
  type ScenarioBase,
  type ScenarioLevers,
  type ScenarioOutcome,
  scenario,
} from './scenario/scenario.ts';
