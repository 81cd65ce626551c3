import type { FileOptions } from '@vinculo/files';
import type { BlockingReport, ComparisonName, Evaluation, PairExplanation, Refusal, TrainingSession } from '@vinculo/matching';

/** What is asked of a linkage, checked only in its form. Paths are absolute. */
export interface LinkTask {
  files: InputFile[];
  /** Where the clusters are written before they take the place of `out`. */
  draft: string;
  out: string;
  /** Column with the id of each record; recognised where absent. */
  id?: string;
  /** False: the first row is a record, and columns are called by their place. */
  header: boolean;
  settings?: string;
  saveSettings?: string;
  /** A column of the files, or a file, with the entity of each record. */
  truth?: string;
  explain?: [string, string];
  /** An empty folder for what workbooks and Parquet files are unfolded to. */
  folder: string;
}

export interface InputFile {
  path: string;
  /** As the person wrote it. */
  shown: string;
  /** Short, and different for each file: what its records are told apart by. */
  label: string;
}

export const PHASES = ['read', 'propose', 'train', 'predict', 'cluster', 'write'] as const;
export type Phase = (typeof PHASES)[number];

/** How far the work has come: rows, or steps of the phase; `total` 0 where nobody knows. */
export interface LinkProgress {
  phase: Phase | 'unfold';
  done: number;
  total: number;
}

/** What was done and why, as `--json` prints it. Stable: fields may be added. */
export interface LinkReport {
  version: 1;
  out: string;
  records: number;
  files: FileReport[];
  id: IdReport;
  columns: ColumnReport[];
  settings: { from: 'proposed' | 'file'; file?: string; savedTo?: string };
  fields: FieldReport[];
  /** `onlyEdges`: likely pairs that no other rule brings. `missed`: expected share of the pairs of one entity that none brings. */
  blocking: { rules: (BlockingReport & { onlyEdges: number })[]; candidates: number; missed?: number };
  training: { prior: number; converged: boolean; sessions: TrainingSession[]; untrained: string[] };
  /**
   * Precision and recall expected of the pairs of records that share a cluster; recall counts in what blocking misses.
   * `missing`: pairs of one entity expected not to share one.
   */
  threshold: { probability: number; chosen: 'estimate' | 'settings'; precision: number; recall: number; missing: number };
  edges: { count: number; taken: number; refused: Partial<Record<Refusal['reason'], number>> };
  clusters: {
    count: number;
    /** Clusters of more than one record, and the records in them. */
    joined: number;
    joinedRecords: number;
    /** How many clusters have that many records. */
    sizes: { size: number; clusters: number }[];
    largest: { size: number; ids: string[] };
  };
  truth?: { from: 'column' | 'pairs' | 'entities'; name: string; known: number; edge: Score; pairwise: Score; bcubed: Score };
  explanation?: { ids: [string, string]; together: boolean; pair: PairExplanation };
  seconds: Record<Phase | 'total', number>;
  /** MB of 1,000,000 bytes, the highest of the whole process. */
  peakMegabytes: number;
}

export type Score = Evaluation['edge'];

export interface FileReport {
  file: string;
  label: string;
  format: FileOptions['format'];
  compression: FileOptions['compression'];
  encoding?: FileOptions['encoding'];
  delimiter?: string;
  records: number;
  columns: number;
  /** Rows with more or fewer values than there are columns, and the first of them as a person counts. */
  uneven: { rows: number; first: number };
  /** Rows whose quotes are broken, read without quotes. */
  brokenQuotes: { rows: number; first: number };
}

export interface IdReport {
  /** `option`: as asked; `recognised`: by its name and because no value comes twice; `position`: rows counted from 0. */
  from: 'option' | 'recognised' | 'position';
  /** The column of each file, in their order; null where records are counted. */
  columns: (string | null)[];
  /** Ids are written as `label:id`, because several files use the same ones. */
  prefixed: boolean;
  /** Columns called like an id in which values are missing or repeated. */
  rejected: string[];
}

export interface ColumnReport {
  column: string;
  meaning: string;
  because: string;
  filled: number;
  distinct: number;
  /** Fields that compare it. */
  fields: string[];
  /** Whether a blocking rule reads it. */
  blocks: boolean;
}

export interface FieldReport {
  name: string;
  /** Of the files, also where what is compared has been made from them. */
  columns: string[];
  comparison: ComparisonName;
  levels: { is: string; m: number; u: number; bits: number }[];
}
