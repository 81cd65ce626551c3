export { type Column, fold, intern, type Table, tableOf } from './table.ts';
export { type ByteInterner, byteInterner } from './byte-interner.ts';
export { type TableBuilder, tableBuilder } from './table-builder.ts';
export {
  type BlockingKey,
  type BlockingRule,
  type ComparisonName,
  type Constraints,
  type DeterministicRule,
  type Field,
  type Level,
  parseSettings,
  type Preparation,
  type Settings,
  type SettingsInput,
  settingsSchema,
} from './settings.ts';
export { type Model, modelSchema, type TrainingSession } from './model.ts';
export { companySettings, personSettings } from './person-settings.ts';
export type { Progress, RunOptions } from './progress.ts';
export { type TrainOptions, train } from './train.ts';
export { type BlockingReport, type Edges, mergeEdges, type PredictOptions, predict } from './predict.ts';
export { type ClusterOptions, type Clusters, cluster, NO_EDGE, type Refusal } from './cluster.ts';
export { type ExplanationTerm, explainer, explainPair, type PairExplanation } from './explain.ts';
export { type ClusterExplanation, explainCluster, type GiantCluster, giantClusters } from './explain-cluster.ts';
export { type BlockingExplanation, explainBlocking } from './explain-blocking.ts';
export { explainModel, type LevelExplanation, type ModelExplanation } from './explain-model.ts';
export type { LabelledPair } from './labels.ts';
export { chooseThreshold, type ThresholdChoice } from './threshold.ts';
export { type ClusterEstimate, estimateClusters, type Tree } from './estimate.ts';
export { type Evaluation, evaluate, type Score } from './evaluate.ts';
export { buildIndex, type LinkIndex } from './link-index.ts';
export { type Candidate, type Linked, linkNew, lookup, type LookupOptions, relink, remove } from './link-new.ts';
export {
  addRow,
  buildGraph,
  clusterRows,
  edgesOf,
  explainRows,
  type GraphEdge,
  type LinkGraph,
  putBack,
  refusalBetween,
  removeRow,
} from './link-graph.ts';
export { type ColumnProfile, type Meaning } from './column-meaning.ts';
export { propose, type Proposal, type ProposalHints, proposeWithReasons } from './propose.ts';
